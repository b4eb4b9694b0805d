import type { Changes } from './change';

const id = { partition: { name: 'id' } };
const byOwner = { name: 'by-owner', partition: { name: 'owner' }, sort: { name: 'id' } };
const strong = { consistency: 'strong', witness: 'us-east-2' };
const witness = 'spec: witness names the third region of consistency strong, and only of that';
const frozen = 'spec: indexes of a provisioned table cannot change: take provisioned out first';
const provisioned = { provisioned: { min: 5, max: 50 } };
const twoTypes = 'spec: an attribute has two types, expected one';
const sortTwice = 'spec: sort is the partition attribute too, expected another attribute';

export const table: Changes = {
  kind: 'Table',
  plain: { key: id },
  changes: {
    'a plain one': { reason: 'on demand, eventual' },
    strong: { reason: 'with its third region', to: strong },
    'strong without a witness': { reason: 'AWS asks for three', to: { consistency: 'strong' }, refused: witness },
    'eventual with a witness': { reason: 'it would hold nothing', to: { witness: 'us-east-2' }, refused: witness },
    'strong with ttl': {
      reason: 'DynamoDB has no TTL there',
      to: { ...strong, ttl: 'expires' },
      refused: 'spec: ttl is not possible with consistency strong',
    },
    'strong with dax': {
      reason: 'a cache breaks the promise',
      to: { ...strong, dax: {} },
      refused: 'spec: dax is not possible with consistency strong: it would answer with old values',
    },
    'eventual with ttl and dax': { reason: 'both work', from: {}, to: { ttl: 'expires', dax: { nodes: 3 } } },
    'from eventual to strong': {
      reason: 'AWS takes it for an empty table only',
      from: {},
      to: strong,
      refused: 'spec.consistency: consistency cannot change',
    },
    'another witness': {
      reason: 'AWS would make another table',
      from: strong,
      to: { ...strong, witness: 'us-west-2' },
      refused: 'spec.witness: witness cannot change',
    },
    'strong and changed': { reason: 'the rest may change', from: strong, to: { ...strong, backup: { days: 7 } } },
    'another key': {
      reason: 'AWS would replace the table',
      from: {},
      to: { key: { partition: { name: 'key' } } },
      refused: 'spec.key: key cannot change',
    },
    'provisioned from high to low': {
      reason: 'whole numbers, compared as integers',
      to: { capacity: { provisioned: { min: 50, max: 5 } } },
      refused: 'spec.capacity.provisioned: min is above max, expected at most max',
    },
    'another index on demand': { reason: 'AWS builds it beside the writes', from: {}, to: { indexes: [byOwner] } },
    'another index, provisioned': {
      reason: 'its units would not be scaled in the other region yet',
      from: { capacity: provisioned },
      to: { capacity: provisioned, indexes: [byOwner] },
      refused: frozen,
    },
    'more units with the same indexes': {
      reason: 'only the bounds change',
      from: { capacity: provisioned, indexes: [byOwner] },
      to: { capacity: { provisioned: { min: 5, max: 100 } }, indexes: [byOwner] },
    },
    'an index twice': {
      reason: 'AWS knows them by name',
      to: { indexes: [byOwner, byOwner] },
      refused: 'spec: indexes names an index twice, expected different names',
    },
    'one attribute for both parts of the key': {
      reason: 'AWS asks for two',
      to: { key: { ...id, sort: { name: 'id' } } },
      refused: sortTwice,
    },
    'one attribute for both parts of an index': {
      reason: 'AWS asks for two',
      to: { indexes: [{ ...byOwner, sort: { name: 'owner' } }] },
      refused: sortTwice,
    },
    'a key and an index of other types': {
      reason: 'an attribute has one type in a table',
      to: { indexes: [{ ...byOwner, sort: { name: 'id', type: 'N' } }] },
      refused: twoTypes,
    },
    'two indexes of other types': {
      reason: 'an attribute has one type in a table',
      to: { indexes: [byOwner, { name: 'by-age', partition: { name: 'owner', type: 'N' } }] },
      refused: twoTypes,
    },
    'adopted and changed': {
      reason: 'the rest may change',
      from: { adopt: { table: 'Orders' } },
      to: { adopt: { table: 'Orders' }, deletionProtection: false },
    },
    'no longer adopted': {
      reason: 'a second table would be made',
      from: { adopt: { table: 'Orders' } },
      to: {},
      refused: 'spec: adopt cannot change',
    },
  },
};
