/** Every question that the review asks of an estate. */
import type { Check } from '../check';
import type { CheckOptions } from './_ledger';
import { argoOwnCluster } from './argo-own-cluster';
import { autoscalerOwnsReplicas } from './autoscaler-owns-replicas';
import { backupsKept } from './backups-kept';
import { bothRegions } from './both-regions';
import { bucketReplicationTime } from './bucket-replication-time';
import { certificates } from './certificates';
import { crossRegionPaths } from './cross-region-paths';
import { dataPlanesOnly } from './data-planes-only';
import { dataResidency } from './data-residency';
import { defaultDeny } from './default-deny';
import { deletionProtection } from './deletion-protection';
import { departures } from './departures';
import { disruptionBudgets } from './disruption-budgets';
import { distantRegions } from './distant-regions';
import { encryptionAtRest } from './encryption-at-rest';
import { encryptionInTransit } from './encryption-in-transit';
import { equalEngineVersions } from './equal-engine-versions';
import { equalImages } from './equal-images';
import { equalParameters } from './equal-parameters';
import { equalSizes } from './equal-sizes';
import { failoverCapacity } from './failover-capacity';
import { fixedTraffic } from './fixed-traffic';
import { flipAwsPermissions } from './flip-aws-permissions';
import { flipPermissions } from './flip-permissions';
import { flipPlan } from './flip-plan';
import { globalDbRpo } from './global-db-rpo';
import { globalWriterEndpoint } from './global-writer-endpoint';
import { healthCheckInterval } from './health-check-interval';
import { knownFacts } from './known-facts';
import { kubernetesSupport } from './kubernetes-support';
import { logRetention } from './log-retention';
import { missingDataKeepsTraffic } from './missing-data-keeps-traffic';
import { noOtherRegion } from './no-other-region';
import { noSingleZone } from './no-single-zone';
import { noWildcardPermissions } from './no-wildcard-permissions';
import { notChecked } from './not-checked';
import { nothingPublic } from './nothing-public';
import { numberChecks } from './numbers';
import { oneFailoverLayer } from './one-failover-layer';
import { oneManager } from './one-manager';
import { onePrimaryRegion } from './one-primary-region';
import { ownRegistry } from './own-registry';
import { ownSecrets } from './own-secrets';
import { ownServiceAccount } from './own-service-account';
import { patternMatches } from './pattern-matches';
import { pinnedImages } from './pinned-images';
import { plainHttpHops } from './plain-http-hops';
import { promotionSafeFields } from './promotion-safe-fields';
import { recentDrill } from './recent-drill';
import { recordsFollowHealth } from './records-follow-health';
import { regionalKeys } from './regional-keys';
import { regionalLoginState } from './regional-login-state';
import { releasedImages } from './released-images';
import { replicatedSecrets } from './replicated-secrets';
import { separateWindows } from './separate-windows';
import { shortTtl } from './short-ttl';
import { stackSize } from './stack-size';
import { storesStay } from './stores-stay';
import { symmetricRegions } from './symmetric-regions';
import { testedRestores } from './tested-restores';
import { triggerAcceptsLoss } from './trigger-accepts-loss';
import { twoCopies } from './two-copies';
import { unlistedDepartures } from './unlisted-departures';
import { writerReachable } from './writer-reachable';
import { writesNotByOriginGroup } from './writes-not-by-origin-group';
import { zoneSpread } from './zone-spread';

export type { CheckOptions, Ledger } from './_ledger';

/** Questions that rendered files alone answer. */
const CHECKS: readonly Check[] = [
  argoOwnCluster,
  autoscalerOwnsReplicas,
  backupsKept,
  bothRegions,
  bucketReplicationTime,
  certificates,
  crossRegionPaths,
  dataPlanesOnly,
  dataResidency,
  defaultDeny,
  deletionProtection,
  departures,
  disruptionBudgets,
  distantRegions,
  encryptionAtRest,
  encryptionInTransit,
  equalEngineVersions,
  equalImages,
  equalParameters,
  equalSizes,
  failoverCapacity,
  fixedTraffic,
  flipAwsPermissions,
  flipPermissions,
  flipPlan,
  globalDbRpo,
  globalWriterEndpoint,
  healthCheckInterval,
  knownFacts,
  logRetention,
  missingDataKeepsTraffic,
  noOtherRegion,
  noSingleZone,
  noWildcardPermissions,
  notChecked,
  nothingPublic,
  oneFailoverLayer,
  oneManager,
  onePrimaryRegion,
  ownRegistry,
  ownSecrets,
  ownServiceAccount,
  patternMatches,
  pinnedImages,
  plainHttpHops,
  promotionSafeFields,
  recordsFollowHealth,
  regionalKeys,
  regionalLoginState,
  releasedImages,
  replicatedSecrets,
  separateWindows,
  shortTtl,
  stackSize,
  storesStay,
  symmetricRegions,
  triggerAcceptsLoss,
  twoCopies,
  unlistedDepartures,
  writerReachable,
  writesNotByOriginGroup,
  zoneSpread,
];

/** Questions that need to know the day, or what has been tried. */
const DATED: readonly ((options: CheckOptions) => Check)[] = [kubernetesSupport, recentDrill, testedRestores];

/** Every check, in the order of the report; without a day, those that depend on none. */
export const checksFor = ({ today, ledger }: Partial<CheckOptions>): readonly Check[] => [
  ...CHECKS,
  ...numberChecks,
  ...(today === undefined ? [] : dated({ today, ...(ledger && { ledger }) })),
];

const dated = (options: CheckOptions) => DATED.map((check) => check(options));

/** Ids of the checks that depend on the day. */
export const datedChecks = (): ReadonlySet<string> =>
  new Set(dated({ today: '0000-01-01' }).map(({ id }) => id));
