/** The kind `PostgresDatabase` as the registry lists it. */
import type { PostgresDatabase } from '../../../spec/claims';
import { here, type Placement } from '../../../spec/placement';
import type { Kind, Manifest } from '../../kind';
import { EXTERNAL_NAME } from '../../managed';
import { text } from '../../status';
import { HOME_MEMBER } from './_upjet-global';
import { composePostgresDatabase } from './compose';
import { ENGINE, PORT } from './plan';

/** An Aurora PostgreSQL Global Database over both regions; one cluster where there is one region. */
export const postgresDatabaseKind: Kind<PostgresDatabase> = {
  kind: 'PostgresDatabase',
  plural: 'postgresdatabases',
  columns: [
    { name: 'Size', type: 'string', jsonPath: '.status.size' },
    { name: 'Version', type: 'string', jsonPath: '.status.version' },
    { name: 'Writer', type: 'string', jsonPath: '.status.writer' },
    { name: 'Reason', type: 'string', jsonPath: '.status.reason' },
  ],
  status: {
    size: text('Size, or the capacity units of Aurora Serverless v2'),
    writer: text('Region whose cluster takes writes, as AWS reports it'),
    version: text("Version of this region's cluster"),
    endpoint: text('Address of the writer, wherever it is'),
    readerEndpoint: text("Address of this region's readers"),
    members: {
      type: 'array',
      description: 'Clusters of the global database',
      items: {
        type: 'object',
        properties: { arn: text('ARN'), region: text('Region'), writer: { type: 'boolean' } },
      },
    },
  },
  compose: composePostgresDatabase,
  activates: [
    'clusters.rds.aws.m.upbound.io',
    'clusterinstances.rds.aws.m.upbound.io',
    'clusterparametergroups.rds.aws.m.upbound.io',
    'globalclusters.rds.aws.m.upbound.io',
    'parametergroups.rds.aws.m.upbound.io',
    'subnetgroups.rds.aws.m.upbound.io',
    'policies.appautoscaling.aws.m.upbound.io',
    'targets.appautoscaling.aws.m.upbound.io',
    'secretrotations.secretsmanager.aws.m.upbound.io',
    'secrets.secretsmanager.aws.m.upbound.io',
  ],
  example,
};

interface Spec {
  readonly forProvider?: Readonly<Record<string, unknown>>;
  readonly initProvider?: Readonly<Record<string, unknown>>;
}

function example(key: string, manifest: Manifest, placement: Placement): Record<string, unknown> {
  const name = manifest.metadata.annotations?.[EXTERNAL_NAME] ?? '';
  const { forProvider = {}, initProvider = {} } = (manifest.spec ?? {}) as Spec;
  const asked = { ...initProvider, ...forProvider };
  if (key === 'cluster') return clusterExample(name, asked, placement);
  if (key === 'global') return globalExample(name, manifest, asked, placement);
  if (key === 'secret') return { arn: arn(placement, 'secretsmanager', `secret:${name}-AbCdEf`) };
  if (key.startsWith('instance-')) return { instanceClass: asked['instanceClass'] };
  return {};
}

const arn = (placement: Placement, service: string, rest: string) =>
  `arn:aws:${service}:${here(placement).region}:${placement.account}:${rest}`;

/** The characters in the middle are AWS's own in a real address. */
function clusterExample(name: string, asked: Readonly<Record<string, unknown>>, placement: Placement) {
  const { region } = here(placement);
  return {
    arn: arn(placement, 'rds', `cluster:${name}`),
    engine: ENGINE,
    engineVersionActual: asked['engineVersion'],
    storageEncrypted: true,
    globalClusterIdentifier: asked['globalClusterIdentifier'] ?? '',
    clusterMembers: [],
    port: PORT,
    endpoint: `${name}.cluster-abcdefghijkl.${region}.rds.amazonaws.com`,
    readerEndpoint: `${name}.cluster-ro-abcdefghijkl.${region}.rds.amazonaws.com`,
  };
}

function globalExample(
  name: string,
  { metadata }: Manifest,
  asked: Readonly<Record<string, unknown>>,
  { account }: Placement,
) {
  return {
    arn: `arn:aws:rds::${account}:global-cluster:${name}`,
    engine: ENGINE,
    engineVersionActual: asked['engineVersion'],
    endpoint: `${name}.global-abcdefghijkl.global.rds.amazonaws.com`,
    globalClusterMembers: [{ dbClusterArn: metadata.annotations?.[HOME_MEMBER], isWriter: true }],
  };
}
