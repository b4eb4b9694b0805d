/**
 * Flags of Crossplane's core beside its defaults.
 *
 * Its circuit breaker stops listening to a claim for five minutes after some fifty updates of what it is composed of: a
 * Site of forty records passes that at birth, and a flip would wait for nothing. Measured in the lab; the flags:
 * https://github.com/crossplane/crossplane/blob/v2.3.4/cmd/crossplane/core/core.go
 */
export const CROSSPLANE_FLAGS = {
  'circuit-breaker-burst': 1_000,
  'circuit-breaker-refill-rate': 20,
  'circuit-breaker-cooldown': '30s',
} as const;
