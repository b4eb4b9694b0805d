/**
 * Test double: subnet groups of RDS. ministack has them, and asks its own EC2 for the subnets: those of an estate's facts
 * are not there. Here a group is what it was created with.
 *
 * Shapes: API_DBSubnetGroup below https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/ (2026-11).
 */
import type { Call } from './call';
import type { Double } from './double';
import { answer, Refusal, type Reply } from './reply';
import { buildXml, type Element } from './xml';

/** A group as it was asked for. */
interface SubnetGroup {
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  readonly subnets: readonly string[];
  readonly tags: readonly Element[];
}

/** The double. */
export function subnetGroups(): Double {
  const groups = new Map<string, SubnetGroup>();
  const find = (arn: string): SubnetGroup => {
    const found = groups.get(arn);
    if (found) return found;
    throw new Refusal('DBSubnetGroupNotFoundFault', `DB subnet group ${arn} does not exist.`, 404);
  };
  const actions: Readonly<Record<string, (call: Call) => Reply>> = {
    CreateDBSubnetGroup: (call) => {
      const group = groupOf(call);
      groups.set(group.arn, group);
      return answer(call, buildXml({ DBSubnetGroup: shapeOf(group) }));
    },
    DescribeDBSubnetGroups: (call) =>
      answer(call, buildXml({ DBSubnetGroups: { DBSubnetGroup: shapeOf(find(arnOf(call))) } })),
    DeleteDBSubnetGroup: (call) => {
      groups.delete(find(arnOf(call)).arn);
      return answer(call, '');
    },
    ListTagsForResource: (call) =>
      answer(call, buildXml({ TagList: { Tag: [...find(call.parameters['ResourceName'] ?? '').tags] } })),
  };
  return {
    answer: (call) => {
      const action = actions[call.action];
      if (call.service !== 'rds' || !action || !namesGroup(call)) return undefined;
      return Promise.resolve(call).then(action);
    },
  };
}

/** Groups are listed without a name, and tags of any resource. */
const namesGroup = ({ parameters }: Call) =>
  parameters['DBSubnetGroupName'] !== undefined || (parameters['ResourceName'] ?? '').includes(':subgrp:');

const arnOf = ({ region, account, parameters }: Call) =>
  `arn:aws:rds:${region}:${account}:subgrp:${parameters['DBSubnetGroupName']?.toLowerCase()}`;

const groupOf = (call: Call): SubnetGroup => ({
  arn: arnOf(call),
  name: call.parameters['DBSubnetGroupName']?.toLowerCase() ?? '',
  description: call.parameters['DBSubnetGroupDescription'] ?? '',
  subnets: numbered(call, 'SubnetIds.SubnetIdentifier'),
  tags: numbered(call, 'Tags.Tag', '.Key').map((Key, index) => ({
    Key,
    Value: call.parameters[`Tags.Tag.${index + 1}.Value`] ?? '',
  })),
});

/** The members of a list of the query protocol, which counts from 1. */
function numbered({ parameters }: Call, name: string, field = ''): string[] {
  const found: string[] = [];
  for (let value; (value = parameters[`${name}.${found.length + 1}${field}`]) !== undefined;)
    found.push(value);
  return found;
}

const shapeOf = ({ arn, name, description, subnets }: SubnetGroup): Element => ({
  DBSubnetGroupArn: arn,
  DBSubnetGroupName: name,
  DBSubnetGroupDescription: description,
  SubnetGroupStatus: 'Complete',
  SupportedNetworkTypes: { member: 'IPV4' },
  Subnets: {
    Subnet: subnets.map((SubnetIdentifier) => ({ SubnetIdentifier, SubnetStatus: 'Active' })),
  },
});
