import type { AnyClaim, PrimaryRegion } from './claims';
import type { Estate } from './estate';
import type { Facts } from './facts';
import type { Service } from './service';
import type { Waiver } from './waivers';

/** Everything under `estates/<name>/`, valid and defaulted: the only thing the model is built from. */
export interface EstateInput {
  readonly estate: Estate;
  /** Sorted by name. */
  readonly services: readonly Service[];
  /** Sorted by team, then name. */
  readonly claims: readonly AnyClaim[];
  readonly primaryRegion: PrimaryRegion;
  /** By cluster name, `<environment>-<region>`. */
  readonly facts: Readonly<Record<string, Facts>>;
  /** Findings of the review that are accepted; changes nothing that is rendered. */
  readonly waivers: readonly Waiver[];
}
