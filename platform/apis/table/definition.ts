/** The kind `Table` as the registry lists it. */
import { createHash } from 'node:crypto';
import type { Table } from '../../../spec/claims/table';
import { here, type Placement } from '../../../spec/placement';
import type { Kind, Manifest } from '../../kind';
import { EXTERNAL_NAME } from '../../managed';
import { text } from '../../status';
import { composeTable } from './compose';

/** A DynamoDB table with a replica in the peer region. */
export const tableKind: Kind<Table> = {
  kind: 'Table',
  plural: 'tables',
  columns: [
    { name: 'Capacity', type: 'string', jsonPath: '.status.capacity' },
    { name: 'Consistency', type: 'string', jsonPath: '.status.consistency' },
    { name: 'Replica', type: 'string', jsonPath: '.status.replica' },
    { name: 'Reason', type: 'string', jsonPath: '.status.reason' },
  ],
  status: {
    table: text('Name of the table, the same in both regions'),
    region: text('This region'),
    capacity: text('on demand, or the bounds between which it scales'),
    consistency: text('Between the regions: eventual or strong'),
    replica: text('The other region, once both have the table; empty until then'),
    daxEndpoint: text('Address that clients of DAX connect to; empty: none'),
  },
  compose: composeTable,
  activates: [
    'clusters.dax.aws.m.upbound.io',
    'metricalarms.cloudwatch.aws.m.upbound.io',
    'parametergroups.dax.aws.m.upbound.io',
    'policies.appautoscaling.aws.m.upbound.io',
    'rolepolicies.iam.aws.m.upbound.io',
    'roles.iam.aws.m.upbound.io',
    'subnetgroups.dax.aws.m.upbound.io',
    'tables.dynamodb.aws.m.upbound.io',
    'targets.appautoscaling.aws.m.upbound.io',
  ],
  example,
};

function example(key: string, manifest: Manifest, placement: Placement): Record<string, unknown> {
  const { region } = here(placement);
  const { account } = placement;
  const name = manifest.metadata.annotations?.[EXTERNAL_NAME] ?? '';
  if (key === 'dax-role') return { arn: `arn:aws:iam::${account}:role/${name}`, id: name };
  if (key === 'table') return tableExample(name, manifest, placement);
  if (key !== 'dax') return {};
  return {
    arn: `arn:aws:dax:${region}:${account}:cache/${name}`,
    id: name,
    clusterAddress: `${name}.${digest(name)}.dax-clusters.${region}.amazonaws.com`,
  };
}

function tableExample(name: string, manifest: Manifest, placement: Placement): Record<string, unknown> {
  const arn = (region: string) => `arn:aws:dynamodb:${region}:${placement.account}:table/${name}`;
  const { forProvider } = manifest.spec as { forProvider: { replica?: { regionName: string }[] } };
  const replica = forProvider.replica?.map(({ regionName }) => ({ regionName, arn: arn(regionName) }));
  return { arn: arn(here(placement).region), id: name, ...(replica && { replica }) };
}

const digest = (value: string) => createHash('sha256').update(value).digest('hex').slice(0, 6);
