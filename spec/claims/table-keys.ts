/** The keys of a `Table`: of the table itself and of its indexes. */
import * as z from 'zod';
import { type CelRule, immutable } from './claim';

const attribute = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(255, { error: 'longer than 255 characters, expected at most 255' })
    .meta({ description: 'Name of the attribute' }),
  type: z.enum(['S', 'N', 'B']).default('S').meta({ description: 'S: text, N: number, B: bytes' }),
});

const pair = z.strictObject({
  partition: attribute.meta({ description: 'Attribute that says where an item is kept' }),
  sort: attribute.optional().meta({ description: 'Attribute that orders the items of a partition' }),
});

const sameTwice = {
  path: ['sort', 'name'],
  error: 'is the partition attribute too, expected another attribute',
};
const differ = ({ partition, sort }: z.output<typeof pair>) => partition.name !== sort?.name;

/** Key of the table. AWS cannot change it. */
export const key = pair
  .refine(differ, sameTwice)
  .meta({ description: 'Key of an item', ...immutable('key') });

const index = pair
  .extend({
    name: z
      .string()
      .regex(/^[A-Za-z0-9_.-]+$/, { error: 'expected letters, digits, dots, hyphens and underscores' })
      .min(3, { error: 'shorter than 3 characters, expected 3 to 100' })
      .max(100, { error: 'longer than 100 characters, expected 3 to 100' })
      .meta({ description: 'Name of the index' }),
    include: z
      .array(z.string().min(1).max(255))
      .max(20, { error: 'more than 20 attributes, expected at most 20' })
      .optional()
      .meta({ description: 'Attributes copied into the index besides the keys; left out: all' }),
  })
  .refine(differ, sameTwice);

/** Global secondary indexes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html (20, 2026-11) */
export const indexes = z
  .array(index)
  .max(20, { error: 'more than 20 indexes, expected at most 20' })
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
    error: 'names an index twice, expected different names',
  })
  .default([])
  .meta({ description: 'Further keys to query by (global secondary indexes)' });

/** The keys of a table and its indexes. */
export interface TableKeys {
  readonly key: z.output<typeof pair>;
  readonly indexes: readonly z.output<typeof pair>[];
}

/** An attribute that is part of a key. */
export type KeyAttribute = z.output<typeof attribute>;

/** Every attribute that stands in a key, once, in the order of the claim. */
export function keyAttributes({ key: own, indexes: others }: TableKeys): KeyAttribute[] {
  const all = [own, ...others].flatMap(({ partition, sort }) => (sort ? [partition, sort] : [partition]));
  return [...new Map(all.map((one) => [`${one.name} ${one.type}`, one])).values()];
}

/** Why the keys contradict one another, as `<current>, expected <allowed>`. */
export function attributeProblem(keys: TableKeys): string | undefined {
  const attributes = keyAttributes(keys);
  const twice = attributes.find((one, at) => attributes.findIndex(({ name }) => name === one.name) !== at);
  return twice && `attribute "${twice.name}" has two types, expected one`;
}

const agree = (a: string, b: string) => `(${a}.name != ${b}.name || ${a}.type == ${b}.type)`;
const ifSort = (holder: string, rule: string) => `(!has(${holder}.sort) || ${rule})`;

/** Two keys, here by their paths in CEL, give every common attribute one type. */
const oneType = (a: string, b: string) =>
  [
    agree(`${a}.partition`, `${b}.partition`),
    ifSort(b, agree(`${a}.partition`, `${b}.sort`)),
    ifSort(a, agree(`${a}.sort`, `${b}.partition`)),
    ifSort(a, ifSort(b, agree(`${a}.sort`, `${b}.sort`))),
  ].join(' && ');

const twoTypes = 'an attribute has two types, expected one';
const differs = (holder: string) => ifSort(holder, `${holder}.sort.name != ${holder}.partition.name`);

/** The same rules for the API server. */
export const TABLE_KEY_RULES: readonly CelRule[] = [
  {
    rule: `${differs('self.key')} && self.indexes.all(i, ${differs('i')})`,
    message: 'sort is the partition attribute too, expected another attribute',
  },
  {
    rule: 'self.indexes.all(i, self.indexes.exists_one(j, j.name == i.name))',
    message: 'indexes names an index twice, expected different names',
  },
  { rule: `self.indexes.all(i, ${oneType('self.key', 'i')})`, message: twoTypes },
  { rule: `self.indexes.all(i, self.indexes.all(j, ${oneType('i', 'j')}))`, message: twoTypes },
];
