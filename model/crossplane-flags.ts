/**
 * Flags of Crossplane's core beside its defaults.
 *
 * Its circuit breaker listens to a claim only every 30 s, for five minutes, after some fifty updates of what it is
 * composed of. A Site of forty records passes that at birth, and a flip waited 35 s for its Job in the lab. The flags:
 * https://github.com/crossplane/crossplane/blob/v2.3.4/cmd/crossplane/core/core.go
 */
export const CROSSPLANE_FLAGS = {
  'circuit-breaker-burst': 1_000,
  'circuit-breaker-refill-rate': 20,
  'circuit-breaker-cooldown': '30s',
} as const;
