/** What the programs of the flip, and what delivers secrets, may do in AWS. */
import { BEACON_CALLS, PROMOTE_CALLS, WATCH_CALLS } from '../../model/calls';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { flipPlanOf } from '../../model/flip';
import { type Account, BEACON, EXTERNAL_SECRETS, PROMOTE, WATCH } from '../../model/identities';
import { globalNameOf, identityOf } from '../../model/names';
import type { AnyClaim } from '../../spec/claims';
import type { FlipPlan, Store } from '../../spec/flip';
import type { Statement } from '../_policies';

/** A service account of the platform and what it may do. */
export interface Program {
  readonly account: Account;
  readonly statements: readonly Statement[];
}

/** The programs of a cluster; those of the flip only where there is another region. */
export function programsOf(model: EstateModel, cluster: Cluster, keyArn: string): Program[] {
  const secrets = { account: EXTERNAL_SECRETS, statements: secretStatements(model, cluster, keyArn) };
  const plan = flipPlanOf(model, cluster);
  if (!plan) return [secrets];
  const program = (account: Account, calls: readonly string[]): Program => ({
    account,
    statements: callStatements(calls, plan),
  });
  const { automatic } = model.primaryRegion.spec.trigger;
  return [
    program(PROMOTE, PROMOTE_CALLS),
    program(BEACON, BEACON_CALLS),
    ...(automatic ? [program(WATCH, WATCH_CALLS)] : []),
    secrets,
  ];
}

/** Calls that AWS cannot narrow to a resource. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html (2026-11) */
const WIDE: ReadonlySet<string> = new Set(['cloudwatch:GetMetricData', 'sts:GetCallerIdentity']);

/** Marks are set on the own region's member alone: the other region writes its own. */
const OWN_ONLY: ReadonlySet<string> = new Set(['elasticache:AddTagsToResource', 'rds:AddTagsToResource']);

/**
 * Each call on exactly the stores that a flip moves: their global part and their members in both regions, as a
 * switchover is sent to the region of the writer. A service without such a store gets no call of it.
 */
export function callStatements(calls: readonly string[], plan: FlipPlan): Statement[] {
  const groups = new Map<string, Statement>();
  for (const call of calls) {
    const resource = resourcesOf(call, plan);
    if (resource.length === 0) continue;
    const key = resource.join();
    const before = groups.get(key)?.Action ?? [];
    groups.set(key, { Effect: 'Allow', Action: [...before, call], Resource: unwrapped(resource) });
  }
  return [...groups.values()];
}

const unwrapped = (resources: readonly string[]) => (resources[0] === '*' ? '*' : resources);

function resourcesOf(call: string, plan: FlipPlan): string[] {
  if (WIDE.has(call)) return ['*'];
  const kind = call.startsWith('rds:') ? 'PostgresDatabase' : 'Cache';
  const stores = plan.stores.filter((store) => store.kind === kind);
  if (OWN_ONLY.has(call)) return stores.flatMap((store) => membersOf(store, plan, [plan.region]));
  if (call.endsWith(':ListTagsForResource'))
    return stores.flatMap((store) => membersOf(store, plan, bothOf(plan)));
  return stores.flatMap((store) => [globalArn(store, plan), ...membersOf(store, plan, bothOf(plan))]);
}

const bothOf = ({ region, other }: FlipPlan) => [region, other];

const membersOf = (store: Store, { account }: FlipPlan, regions: readonly string[]): string[] =>
  regions.map((region) =>
    store.kind === 'PostgresDatabase'
      ? `arn:aws:rds:${region}:${account}:cluster:${store.members[region]}`
      : `arn:aws:elasticache:${region}:${account}:replicationgroup:${store.members[region]}`,
  );

const globalArn = ({ kind, globalId }: Store, { account }: FlipPlan) =>
  kind === 'PostgresDatabase'
    ? `arn:aws:rds::${account}:global-cluster:${globalId}`
    : `arn:aws:elasticache::${account}:globalreplicationgroup:${globalId}`;

/**
 * Secrets of the estate's claims in the own region. Home writes each value once; the peer has replicas, which nobody
 * writes. https://external-secrets.io/latest/provider/aws-secrets-manager/ (2026-11)
 */
function secretStatements({ claims, estate }: EstateModel, cluster: Cluster, keyArn: string): Statement[] {
  const { region, account, environment, position } = cluster;
  const names = claims
    .filter(({ kind }) => SECRET_KINDS.has(kind))
    .map((claim) => secretName(claim, { estate: estate.name, environment }));
  if (names.length === 0) return [];
  const Resource = names.map((name) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}-??????`);
  const read = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'];
  const write = [
    'secretsmanager:PutSecretValue',
    'secretsmanager:TagResource',
    'secretsmanager:UntagResource',
  ];
  return [
    { Effect: 'Allow', Action: position === 'home' ? [...read, ...write] : read, Resource },
    {
      Effect: 'Allow',
      Action: position === 'home' ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'],
      Resource: keyArn,
      Condition: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` } },
    },
  ];
}

/** Kinds that keep a password or a token in Secrets Manager. */
const SECRET_KINDS: ReadonlySet<string> = new Set(['PostgresDatabase', 'Cache', 'AppSecret']);

/** A secret that prod took over keeps its name; a smaller environment has one of its own. */
function secretName(
  claim: AnyClaim,
  where: { readonly estate: string; readonly environment: string },
): string {
  const adopt = 'adopt' in claim.spec ? claim.spec.adopt : undefined;
  const adopted = where.environment === 'prod' && adopt && 'secret' in adopt ? adopt.secret : undefined;
  return adopted ?? globalNameOf('secret', identityOf(claim, where));
}
