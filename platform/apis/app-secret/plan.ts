/** What an `AppSecret` becomes in one region, in no controller's words. */
import { connectionSecret } from '../../../model/connection';
import { globalNameOf, identityOf } from '../../../model/names';
import { tagsFor } from '../../../model/tags';
import type { AppSecret } from '../../../spec/claims/app-secret';
import { here, type Placement } from '../../../spec/placement';

/** When and by what the values are replaced. */
export interface RotationPlan {
  readonly everyDays: number;
  readonly functionArn: string;
}

/** What exists in this region. */
export interface AppSecretPlan {
  /** Name in Secrets Manager, the same in both regions. */
  readonly name: string;
  /** Kubernetes Secret in the team's namespace. */
  readonly target: string;
  readonly generatorName: string;
  /** True for an existing secret, which must be found before anything about it is changed. */
  readonly adopted: boolean;
  /** False in the peer region, which reads the replica that AWS keeps there. */
  readonly managed: boolean;
  readonly generated: boolean;
  readonly keys: readonly string[];
  readonly length: number;
  readonly tags: Readonly<Record<string, string>>;
  /**
   * Only where the secret itself is: a replica cannot rotate, so rotation stays in the home region. Where the home
   * region is lost for good, it moves with the secret, by a runbook and after the flip.
   */
  readonly rotation?: RotationPlan;
}

/** The plan of a claim in the placement's region. Depends on home and peer, never on who is primary. */
export function planOf(claim: AppSecret, placement: Placement): AppSecretPlan {
  const id = identityOf(claim, placement);
  const adopted = adoptedName(claim, placement);
  const managed = placement.position === 'home';
  const functionArn = here(placement).facts.rotation?.functionArn;
  const { rotation, source, keys, length } = claim.spec;
  return {
    name: adopted ?? globalNameOf('secret', id),
    target: connectionSecret(claim.metadata.name),
    generatorName: `${claim.metadata.name}-password`,
    adopted: adopted !== undefined,
    managed,
    generated: source === 'generate',
    keys,
    length,
    tags: tagsFor(id),
    ...(managed && rotation && functionArn && { rotation: { everyDays: rotation.every, functionArn } }),
  };
}

/** The adopted secret is production's: a smaller environment of the same claim gets a secret of its own. */
const adoptedName = ({ spec }: AppSecret, { environment }: Placement) =>
  environment === 'prod' ? spec.adopt?.secret : undefined;
