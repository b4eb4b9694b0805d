/** What a `Bucket` becomes in one region, in no controller's words. */
import { boundaryArn } from '../../../model/boundary';
import { bucketNameOf } from '../../../model/bucket-name';
import { identityOf, nameFor } from '../../../model/names';
import { tagsFor } from '../../../model/tags';
import type { Bucket } from '../../../spec/claims/bucket';
import { here, type Place, type Placement, there } from '../../../spec/placement';
import {
  bucketPolicy,
  type PolicyDocument,
  replicationPolicy,
  replicationTrust,
  type Side,
} from './policies';

/** The role that S3 takes to copy objects; one for both directions. */
export interface RolePlan {
  readonly name: string;
  readonly arn: string;
  /** False in the peer region, which only observes it: IAM belongs to the account. */
  readonly managed: boolean;
  /** ARN of the permissions boundary; without it the provider may not make the role. */
  readonly boundary: string;
  readonly trust: PolicyDocument;
  readonly permissions: PolicyDocument;
}

/** The rule of this region's bucket. */
export interface CopyPlan {
  readonly to: Side;
  readonly role: RolePlan;
}

/** One name for the buckets of all regions. */
export interface AccessPointPlan {
  readonly name: string;
  /** False in the peer region, which only observes it: it belongs to the account. */
  readonly managed: boolean;
  readonly buckets: readonly string[];
}

/** What exists in this region. */
export interface BucketPlan {
  readonly account: string;
  readonly own: Side;
  readonly other?: Side;
  /** True for an existing bucket, which must be found before anything about it is changed. */
  readonly adopted: boolean;
  readonly encryption: 'kms' | 'aes256';
  readonly policy: PolicyDocument;
  readonly versionDays: number;
  readonly tiering: boolean;
  readonly expireDays?: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Absent where nothing is copied from. */
  readonly copy?: CopyPlan;
  readonly accessPoint?: AccessPointPlan;
}

/** The plan of a claim in the placement's region. Depends on home and peer, never on who is primary. */
export function planOf(claim: Bucket, placement: Placement): BucketPlan {
  const { content, encryption, versions, lifecycle, accessPoint } = claim.spec;
  const { account } = placement;
  const own = sideOf(claim, placement, here(placement));
  const far = there(placement);
  const other = far && sideOf(claim, placement, far);
  const copy = other && copyOf(claim, placement, own, other);
  return {
    account,
    own,
    ...(other && { other }),
    adopted: adoptedName(claim, placement, own.region) !== undefined,
    encryption,
    policy: bucketPolicy({ side: own, account, encryption, content }),
    versionDays: versions.expireDays,
    tiering: lifecycle.intelligentTiering,
    ...(lifecycle.expireDays && { expireDays: lifecycle.expireDays }),
    tags: tagsFor(identityOf(claim, placement)),
    ...(copy && { copy }),
    ...(accessPoint && { accessPoint: accessPointOf(claim, placement, own, other) }),
  };
}

function sideOf(claim: Bucket, placement: Placement, { region, facts }: Place): Side {
  const name =
    adoptedName(claim, placement, region) ??
    bucketNameOf(identityOf(claim, placement), region, placement.account);
  return { region, name, arn: `arn:aws:s3:::${name}`, key: facts.keys.data };
}

/** Adopted buckets are production's: a smaller environment of the same claim gets buckets of its own. */
function adoptedName({ spec }: Bucket, placement: Placement, region: string): string | undefined {
  if (placement.environment !== 'prod') return undefined;
  return region === placement.home.region ? spec.adopt?.home : spec.adopt?.peer;
}

function copyOf(claim: Bucket, placement: Placement, own: Side, other: Side): CopyPlan | undefined {
  const { replication } = claim.spec;
  const copies = replication === 'both' || (replication === 'to-peer' && placement.position === 'home');
  return copies ? { to: other, role: roleOf(claim, placement, own, other) } : undefined;
}

/** The same in both regions: sides in the order home, peer. */
function roleOf(claim: Bucket, placement: Placement, own: Side, other: Side): RolePlan {
  const { environment, estate, namespace, name: claimName } = identityOf(claim, placement);
  const name = nameFor('iam', [environment, estate, namespace, claimName, 'replication']);
  const managed = placement.position === 'home';
  const [home, peer] = managed ? [own, other] : [other, own];
  const both = claim.spec.replication === 'both';
  return {
    name,
    arn: `arn:aws:iam::${placement.account}:role/${name}`,
    managed,
    boundary: boundaryArn(placement),
    trust: replicationTrust,
    permissions: replicationPolicy({
      sources: both ? [home, peer] : [home],
      destinations: both ? [home, peer] : [peer],
      encryption: claim.spec.encryption,
    }),
  };
}

function accessPointOf(
  claim: Bucket,
  placement: Placement,
  own: Side,
  other: Side | undefined,
): AccessPointPlan {
  const { environment, estate, namespace, name } = identityOf(claim, placement);
  return {
    // 40 characters, the closest limit below the 50 of an access point.
    name: nameFor('elasticache', [environment, estate, namespace, name]),
    managed: placement.position === 'home',
    buckets: (placement.position === 'home' ? [own, other] : [other, own]).flatMap(
      (side) => side?.name ?? [],
    ),
  };
}
