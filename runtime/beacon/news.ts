/**
 * What of an answer is told at once. The regional claim's status reads it from a ConfigMap that Crossplane watches, and
 * Crossplane stops listening to an object that changes more often than once a second for minutes (its circuit breaker:
 * https://github.com/crossplane/crossplane/blob/v2.3.4/cmd/crossplane/core/core.go). Lags and reasons can wait.
 */
import type { Answer } from './observe';

/** Equal for two answers of which the second is no news. */
export const newsIn = ({ primary, claimed, peerReady, stores }: Answer): string =>
  JSON.stringify({
    primary,
    claimed,
    peerReady,
    writers: stores.map(({ name, writer }) => [name, writer]),
  });
