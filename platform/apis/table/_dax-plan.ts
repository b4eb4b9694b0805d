/** The cache for reads in front of a table: one in each region, and one IAM role for both. */
import { boundaryArn } from '../../../model/boundary';
import { type ClaimIdentity, nameFor, regionalNameOf } from '../../../model/names';
import { DAX_ACTIONS, DAX_NODE, tableArn } from '../../../model/table-engine';
import type { TableSpec } from '../../../spec/claims/table';
import { here, type Placement } from '../../../spec/placement';

/** What DAX may do, as IAM reads it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

/** The role that DAX takes to read and write the table. */
export interface DaxRole {
  readonly name: string;
  readonly arn: string;
  /** ARN of the permissions boundary; without it the provider may not make the role. */
  readonly boundary: string;
  readonly trust: PolicyDocument;
  readonly permissions: PolicyDocument;
}

/** The DAX cluster of a region. */
export interface DaxPlan {
  /** Name of the cluster, its subnet group and its parameter group. */
  readonly name: string;
  readonly node: string;
  readonly nodes: number;
  readonly ttlMillis: number;
  readonly role: DaxRole;
}

/** What a DAX plan is made of. */
export interface DaxProps {
  readonly id: ClaimIdentity;
  readonly dax: NonNullable<TableSpec['dax']>;
  /** Name of the table. */
  readonly table: string;
  readonly placement: Placement;
}

/** The DAX cluster in the placement's region. */
export const daxPlanOf = ({ id, dax, table, placement }: DaxProps): DaxPlan => ({
  name: regionalNameOf('dax', id, here(placement).region),
  node: DAX_NODE[dax.size],
  nodes: dax.nodes,
  ttlMillis: dax.ttl * 1000,
  role: roleOf(id, table, placement),
});

/** The same in both regions: IAM belongs to the account. */
function roleOf(id: ClaimIdentity, table: string, placement: Placement): DaxRole {
  const { account, home, peer } = placement;
  const name = nameFor('iam', [id.environment, home.region, id.estate, id.namespace, id.name, 'dax']);
  const places = peer ? [home, peer] : [home];
  const tables = places.map(({ region }) => tableArn(account, region, table));
  return {
    name,
    arn: `arn:aws:iam::${account}:role/${name}`,
    boundary: boundaryArn(placement),
    trust: statements({
      Effect: 'Allow',
      Principal: { Service: 'dax.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
    permissions: statements(
      {
        Effect: 'Allow',
        Action: [...DAX_ACTIONS],
        Resource: tables.flatMap((arn) => [arn, `${arn}/index/*`]),
      },
      // DynamoDB opens the table with the key in the name of who asks, and only DynamoDB may do so.
      ...places.map(({ region, facts }) => ({
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:DescribeKey'],
        Resource: facts.keys.data,
        Condition: { StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` } },
      })),
    ),
  };
}

const statements = (...all: PolicyDocument['Statement'][number][]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: all,
});
