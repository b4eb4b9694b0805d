/** Route 53 records as managed resources. */
import { AwsRecord, type RecordSpecForProvider } from '../../../imports/route53';
import type { Observed } from '../../kind';
import { atProvider, managed } from '../../managed';
import type { Answers, Spelled } from './answers';
import { DISTRIBUTION } from './distribution';
import { ACCELERATOR } from './accelerator';
import type { SitePlan } from './plan';
import type { AddressRecord, Routing, Target } from './routing';

/**
 * Hosted zones of the services that records are aliases of.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html (2026-11)
 */
export const ALIAS_ZONES = {
  distribution: 'Z2FDTNDATAQYW2',
  /** https://docs.aws.amazon.com/general/latest/gr/global_accelerator.html (2026-11) */
  accelerator: 'Z2BJ6XQ5FK7U4H',
} as const;

/** Seconds. The proof of a name never changes, so resolvers may keep it. */
const VALIDATION_TTL = 300;

/**
 * The address records by key. They are aliases, whose time to live is that of their target: 60 seconds for a load
 * balancer. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html (2026-11)
 */
export const addressRecords = (plan: SitePlan, answers: Answers): Record<string, Spelled> =>
  Object.fromEntries(plan.records.map((record) => [record.key, addressRecord(record, plan, answers)]));

function addressRecord(record: AddressRecord, plan: SitePlan, answers: Answers): Spelled {
  const alias = aliasOf(record.target, plan, answers);
  if (typeof alias === 'string') return alias;
  const healthCheckId = record.check && answers(record.check, 'id');
  if (record.check && !healthCheckId) return 'waiting for health checks';
  return spelled(plan, {
    name: record.host,
    type: record.type,
    alias,
    ...(record.choice && { setIdentifier: record.choice.region, ...policyOf(record.choice.routing) }),
    ...(healthCheckId && { healthCheckId }),
  });
}

/** The id that Terraform gives a record is made of its fields, so a record that exists is taken over by it. */
function spelled({ zoneId }: SitePlan, record: RecordSpecForProvider): Spelled {
  const externalName = [zoneId, record.name, record.type, record.setIdentifier].filter(Boolean).join('_');
  return managed(AwsRecord.manifest({ metadata: {}, spec: { forProvider: { zoneId, ...record } } }), {
    policy: 'own',
    externalName,
  });
}

type Alias = NonNullable<RecordSpecForProvider['alias']>;

function aliasOf(target: Target, plan: SitePlan, answers: Answers): Alias | string {
  if (target.to === 'load-balancer') {
    const { dnsName, zoneId } = target.place.facts.loadBalancer;
    return { name: dnsName, zoneId, evaluateTargetHealth: target.evaluated };
  }
  if (target.to === 'host') return { name: target.host, zoneId: plan.zoneId, evaluateTargetHealth: false };
  const name =
    target.to === 'accelerator' ? answers(ACCELERATOR, 'dnsName') : answers(DISTRIBUTION, 'domainName');
  if (!name) return `waiting for ${target.to}`;
  return { name, zoneId: ALIAS_ZONES[target.to], evaluateTargetHealth: false };
}

function policyOf(routing: Routing): Partial<RecordSpecForProvider> {
  if (routing.by === 'failover') return { failoverRoutingPolicy: { type: routing.type } };
  if (routing.by === 'latency') return { latencyRoutingPolicy: { region: routing.region } };
  return { weightedRoutingPolicy: { weight: routing.weight } };
}

interface Proof {
  readonly domainName?: string;
  readonly resourceRecordName?: string;
  readonly resourceRecordType?: string;
  readonly resourceRecordValue?: string;
}

/**
 * The records that prove the names of all certificates. ACM asks for the same record in every region of an account,
 * so those of the home region serve the peer region's certificate too.
 * https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html (2026-11)
 */
export function validationRecords(plan: SitePlan, observed: Observed): Record<string, Spelled> {
  const proofs = plan.certificates.flatMap(({ key }) => proofsOf(observed, key));
  return Object.fromEntries(
    plan.validations.map((name) => [`validation-${name}`, validationRecord(name, proofs, plan)]),
  );
}

const proofsOf = (observed: Observed, key: string) =>
  (atProvider(observed[key]).domainValidationOptions ?? []) as readonly Proof[];

function validationRecord(name: string, proofs: readonly Proof[], plan: SitePlan): Spelled {
  const proof = proofs.find(({ domainName }) => domainName === name || domainName === `*.${name}`);
  if (!proof?.resourceRecordName || !proof.resourceRecordValue) return 'waiting for certificate';
  return spelled(plan, {
    name: proof.resourceRecordName.replace(/\.$/, ''),
    type: proof.resourceRecordType ?? 'CNAME',
    ttl: VALIDATION_TTL,
    records: [proof.resourceRecordValue],
  });
}
