/** The kind `Cache` as the registry lists it. */
import { createHash } from 'node:crypto';
import { CACHE_ENGINE, CACHE_PORT } from '../../../model/cache-engine';
import type { Cache } from '../../../spec/claims/cache';
import { here, type Placement } from '../../../spec/placement';
import type { Kind, Manifest } from '../../kind';
import { EXTERNAL_NAME } from '../../managed';
import { text } from '../../status';
import { composeCache } from './compose';

/** A Valkey replication group in each region, on its own or as one global datastore. */
export const cacheKind: Kind<Cache> = {
  kind: 'Cache',
  plural: 'caches',
  columns: [
    { name: 'Size', type: 'string', jsonPath: '.spec.size' },
    { name: 'Scope', type: 'string', jsonPath: '.spec.scope' },
    { name: 'Primary', type: 'string', jsonPath: '.status.primary' },
    { name: 'Reason', type: 'string', jsonPath: '.status.reason' },
  ],
  status: {
    group: text('Id of the replication group in this region'),
    globalGroup: text('Full id of the global datastore; empty with scope regional'),
    region: text('This region'),
    primary: text('Region whose group takes writes; this region with scope regional'),
    endpoint: text('Address that clients connect to; empty until AWS has given one'),
    secret: text('Name of the AUTH token in the Secrets Manager of each region'),
  },
  compose: composeCache,
  activates: [
    'globalreplicationgroups.elasticache.aws.m.upbound.io',
    'parametergroups.elasticache.aws.m.upbound.io',
    'replicationgroups.elasticache.aws.m.upbound.io',
    'secrets.secretsmanager.aws.m.upbound.io',
    'subnetgroups.elasticache.aws.m.upbound.io',
  ],
  example,
};

function example(key: string, manifest: Manifest, placement: Placement): Record<string, unknown> {
  const { region } = here(placement);
  const name = manifest.metadata.annotations?.[EXTERNAL_NAME] ?? '';
  const arn = (resource: string) => `arn:aws:elasticache:${region}:${placement.account}:${resource}:${name}`;
  if (key === 'secret') {
    return { arn: `arn:aws:secretsmanager:${region}:${placement.account}:secret:${name}-${digest(name, 6)}` };
  }
  if (key === 'subnet-group') return { arn: arn('subnetgroup'), id: name };
  if (key === 'parameter-group') return { arn: arn('parametergroup'), id: name };
  if (key === 'global-group') return globalExample(name, manifest, placement);
  if (key !== 'group') return {};
  return {
    arn: arn('replicationgroup'),
    id: name,
    clusterEnabled: true,
    configurationEndpointAddress: `clustercfg.${name}.${digest(name, 6)}.${shortOf(region)}.cache.amazonaws.com`,
    engineVersionActual: `${CACHE_ENGINE.version}.1`,
    port: CACHE_PORT,
  };
}

/** The observed datastore does not say who founded it, so the peer region is answered with the founder's plain name. */
function globalExample(id: string, manifest: Manifest, { account }: Placement): Record<string, unknown> {
  const { initProvider } = (manifest.spec ?? {}) as { initProvider?: { primaryReplicationGroupId?: string } };
  return {
    arn: `arn:aws:elasticache::${account}:globalreplicationgroup:${id}`,
    id,
    globalReplicationGroupId: id,
    primaryReplicationGroupId: initProvider?.primaryReplicationGroupId ?? id.slice(id.indexOf('-') + 1),
  };
}

const digest = (value: string, length: number) =>
  createHash('sha256').update(value).digest('hex').slice(0, length);

/** `use1` for us-east-1, as it stands in ElastiCache's addresses. */
const shortOf = (region: string) => {
  const [area = '', side = '', digit = ''] = region.split('-');
  return `${area}${side.slice(0, 1)}${digit}`;
};
