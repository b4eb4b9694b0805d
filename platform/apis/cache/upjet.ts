/** The plan of a cache as managed resources of provider-aws, and what those say about AWS. */
import { ParameterGroup, SubnetGroup } from '../../../imports/elasticache';
import { CACHE_PORT, CACHE_TOKEN_LENGTH } from '../../../model/cache-engine';
import type { Manifest, Observed } from '../../kind';
import { atProvider, hasCondition, managed } from '../../managed';
import { deliveredSecret, generatedSecret } from '../../secret';
import { globalGroup, group } from './_groups';
import type { CachePlan } from './plan';
import type { CacheSeen } from './seen';

/** Reads the observed managed resources. */
export function seenIn(observed: Observed): CacheSeen {
  const own = atProvider(observed['group']);
  const shared = atProvider(observed['global-group']);
  const delivered = deliveredData(observed['connection']);
  const globalPrimary = text(shared['primaryReplicationGroupId']);
  // Once delivered an address stays: an answer that lacks it for a moment must not take it from the application.
  const host =
    text(own['configurationEndpointAddress']) ??
    text(own['primaryEndpointAddress']) ??
    text(delivered['HOST']);
  const readerHost = text(own['readerEndpointAddress']) ?? text(delivered['READER_HOST']);
  return {
    found: text(own['arn']) !== undefined,
    composed: observed['group'] !== undefined,
    groupReady: hasCondition(observed['group'], 'Ready'),
    globalComposed: observed['global-group'] !== undefined,
    globalFound: text(shared['arn']) !== undefined,
    tokenDelivered: hasCondition(observed['token'], 'Ready'),
    ...(globalPrimary && { globalPrimary }),
    ...(host && { host }),
    ...(readerHost && { readerHost }),
  };
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

function deliveredData(connection: Manifest | undefined): Readonly<Record<string, unknown>> {
  const spec = connection?.spec as { target?: { template?: { data?: Record<string, unknown> } } } | undefined;
  return spec?.target?.template?.data ?? {};
}

/**
 * The managed resources of the plan. A group is composed once what it needs stands, and never withdrawn again: what
 * it waited for may be out of reach when the other region is.
 */
export function manifestsOf(plan: CachePlan, seen: CacheSeen, observed: Observed): Record<string, Manifest> {
  if (plan.adopted && !seen.found) return { group: group(plan, 'observe') };
  return {
    'subnet-group': subnetGroup(plan),
    ...(plan.role !== 'joiner' && { 'parameter-group': parameterGroup(plan) }),
    ...token(plan, observed),
    ...(plan.global && globalDue(plan, seen) && { 'global-group': globalGroup(plan, plan.global, seen) }),
    ...((seen.composed || groupDue(plan, seen)) && { group: group(plan, 'keep') }),
    ...(seen.host && { connection: connection(plan, seen, seen.host) }),
  };
}

/**
 * A group without its token would be born without AUTH, because the provider reads a missing Secret as no token. The
 * group that joins inherits AUTH and needs only something to join.
 */
const groupDue = ({ role }: CachePlan, { tokenDelivered, globalPrimary }: CacheSeen) =>
  role === 'joiner' ? globalPrimary !== undefined : tokenDelivered;

/** A global datastore is born from a group that stands. */
const globalDue = ({ role, adoptedGlobal }: CachePlan, { globalComposed, groupReady }: CacheSeen) =>
  role === 'joiner' || adoptedGlobal || globalComposed || groupReady;

function subnetGroup({ name, place, description, tags }: CachePlan): Manifest {
  const manifest = SubnetGroup.manifest({
    metadata: {},
    spec: {
      forProvider: {
        region: place.region,
        description,
        subnetIds: [...place.facts.subnets.data],
        tags: { ...tags },
      },
    },
  });
  return managed(manifest, { policy: 'keep', externalName: name });
}

/** Only for the group it is born with: the one that joins a global datastore gets AWS's copy. */
function parameterGroup({ name, place, description, engine, eviction, tags }: CachePlan): Manifest {
  const manifest = ParameterGroup.manifest({
    metadata: {},
    spec: {
      forProvider: {
        region: place.region,
        name,
        description,
        family: engine.family,
        parameter: [
          { name: 'cluster-enabled', value: 'yes' },
          { name: 'maxmemory-policy', value: eviction },
        ],
        tags: { ...tags },
      },
    },
  });
  return managed(manifest, { policy: 'keep', externalName: name });
}

/** The AUTH token: generated once in the home region, read in each region from its own Secrets Manager. */
function token(plan: CachePlan, observed: Observed): Record<string, Manifest> {
  const { role, token: names } = plan;
  return {
    ...(!names.adopted && tokenSource(plan, observed)),
    ...(role !== 'joiner' && {
      token: deliveredSecret({ name: names.secret, target: names.target, properties: ['token'] }),
    }),
  };
}

const tokenSource = ({ placement, tags, description, token: names }: CachePlan, observed: Observed) =>
  generatedSecret({
    name: names.secret,
    placement,
    observed,
    tags,
    description: `AUTH token of cache ${description}`,
    generatorName: names.generator,
    properties: ['token'],
    length: CACHE_TOKEN_LENGTH,
  });

function connection(
  { token: names, connection: target }: CachePlan,
  seen: CacheSeen,
  host: string,
): Manifest {
  return deliveredSecret({
    name: names.secret,
    target,
    properties: ['token'],
    data: {
      HOST: host,
      PORT: String(CACHE_PORT),
      TLS: 'true',
      TOKEN: '{{ .token }}',
      URL: `rediss://:{{ .token }}@${host}:${CACHE_PORT}`,
      ...(seen.readerHost && { READER_HOST: seen.readerHost }),
    },
  });
}
