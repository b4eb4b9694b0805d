/** Subnet groups, as the SDK sees them: what was created comes back, whatever subnets the emulator knows. */
import {
  CreateDBSubnetGroupCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-rds';
import { HOME, PEER } from '../../runtime/_plan';
import { LAB_ACCOUNT, labSuite, rdsAt, useLabAws } from './_lab-aws';

const NAME = { DBSubnetGroupName: 'Orders-Data' };
const SUBNETS = ['subnet-00000000000000011', 'subnet-00000000000000012'];

labSuite('subnet groups', () => {
  useLabAws();

  test('a group is what it was created with, in its own region alone', async () => {
    const rds = rdsAt(HOME);
    const { DBSubnetGroup: made } = await rds.send(
      new CreateDBSubnetGroupCommand({
        ...NAME,
        DBSubnetGroupDescription: 'of orders',
        SubnetIds: SUBNETS,
        Tags: [{ Key: 'team', Value: 'shop' }],
      }),
    );
    expect(made?.DBSubnetGroupArn).toBe(`arn:aws:rds:${HOME}:${LAB_ACCOUNT}:subgrp:orders-data`);
    const { DBSubnetGroups: found } = await rds.send(new DescribeDBSubnetGroupsCommand(NAME));
    expect(found?.[0]?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier)).toEqual(SUBNETS);
    const tags = await rds.send(new ListTagsForResourceCommand({ ResourceName: made?.DBSubnetGroupArn }));
    expect(tags.TagList).toEqual([{ Key: 'team', Value: 'shop' }]);
    const elsewhere = rdsAt(PEER).send(new DescribeDBSubnetGroupsCommand(NAME));
    await expect(elsewhere).rejects.toMatchObject({ name: 'DBSubnetGroupNotFoundFault' });
  });

  test('one that was deleted is gone', async () => {
    const rds = rdsAt(HOME);
    await rds.send(new DeleteDBSubnetGroupCommand(NAME));
    const asked = rds.send(new DescribeDBSubnetGroupsCommand(NAME));
    await expect(asked).rejects.toMatchObject({ name: 'DBSubnetGroupNotFoundFault' });
  });
});
