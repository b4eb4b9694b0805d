/** `Table`: a DynamoDB table with a replica in the peer region (global tables, version 2019.11.21). */
import * as z from 'zod';
import { count, regionName } from '../scalars';
import { type Claim, cel, claimSchema, immutable } from './claim';
import { size } from './sizes';
import { attributeProblem, key, indexes, TABLE_KEY_RULES } from './table-keys';

/** Units of a provisioned table: reads, writes and each index scale between the same bounds. */
const provisioned = z
  .strictObject({
    min: count(1, 40_000, 'Fewest units'),
    max: count(1, 40_000, 'Most units'),
    target: count(20, 90, 'Percent of the units in use that the autoscaler aims for').default(70),
  })
  .refine(({ min, max }) => min <= max, { path: ['min'], error: 'above max, expected at most max' })
  .meta({
    description:
      'Units for reads and writes, scaled; left out: on demand, which needs no planning for a flip',
    ...cel({ rule: 'self.min <= self.max', message: 'min is above max, expected at most max' }),
  });

const dax = z
  .strictObject({
    size: size.default('small'),
    nodes: count(1, 11, 'Nodes in each region; three or more survive the loss of a zone').default(3),
    ttl: count(1, 86_400, 'Seconds that an item or a query stays cached').default(300),
  })
  .meta({ description: 'An in-memory cache for reads in each region (DAX); it needs its own client' });

const attributeName = z
  .string()
  .min(1)
  .max(255, { error: 'longer than 255 characters, expected at most 255' });

const tableName = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{3,255}$/, {
    error: 'expected the name of a table: 3 to 255 letters, digits, dots, hyphens and underscores',
  })
  .meta({ description: 'Name of the existing table, the same in both regions' });

const rules = cel(
  {
    rule: "self.consistency != 'strong' || !has(self.ttl)",
    message: 'ttl is not possible with consistency strong',
  },
  {
    rule: "self.consistency != 'strong' || !has(self.dax)",
    message: 'dax is not possible with consistency strong: it would answer with old values',
  },
  {
    rule: "(self.consistency == 'strong') == has(self.witness)",
    message: 'witness names the third region of consistency strong, and only of that',
  },
  {
    rule: '!has(self.capacity.provisioned) || self.indexes.size() == 0 || (has(oldSelf.capacity.provisioned) && self.indexes == oldSelf.indexes)',
    message: 'indexes of a provisioned table cannot change: take provisioned out first',
  },
  {
    rule: 'has(self.adopt) == has(oldSelf.adopt) && (!has(self.adopt) || self.adopt == oldSelf.adopt)',
    message: 'adopt cannot change',
  },
  ...TABLE_KEY_RULES,
);

const fields = z.strictObject({
  key,
  indexes,
  capacity: z.strictObject({ provisioned: provisioned.optional() }).prefault({}),
  consistency: z
    .enum(['eventual', 'strong'])
    .default('eventual')
    .meta({
      description:
        'eventual: the last write wins, about a second behind; strong: nothing is lost, each write waits for another region',
      ...immutable('consistency'),
    }),
  witness: regionName
    .optional()
    .meta({ description: 'Third region of consistency strong; holds no table', ...immutable('witness') }),
  backup: z
    .strictObject({ days: count(1, 35, 'Days that a point in time can be restored').default(35) })
    .prefault({}),
  ttl: attributeName.optional().meta({ description: 'Attribute with the second at which an item expires' }),
  deletionProtection: z.boolean().default(true).meta({ description: 'AWS refuses to delete the table' }),
  dax: dax.optional(),
  adopt: z.strictObject({ table: tableName }).optional().meta({
    description:
      'Existing table to take over; found first, never replaced. Its only replica will be the peer region',
  }),
});

/** `<path>: <what it is now>, expected <allowed>` for what fields say together. */
function together({ value, issues }: z.core.ParsePayload<z.output<typeof fields>>): void {
  const refuse = (path: string, input: unknown, message: string) =>
    issues.push({ code: 'custom', path: [path], input, message });
  const { consistency, witness, ttl, dax: cache } = value;
  const strong = consistency === 'strong';
  const differing = attributeProblem(value);
  if (differing) refuse('indexes', value.indexes, differing);
  if (strong && ttl !== undefined) refuse('ttl', ttl, 'consistency is strong, expected no ttl');
  if (strong && cache)
    refuse('dax', cache, 'consistency is strong, expected no dax: it would answer with old values');
  if (strong && !witness)
    refuse('witness', witness, 'consistency is strong, expected the third region as witness');
  if (!strong && witness) refuse('witness', witness, 'consistency is eventual, expected no witness');
}

const spec = fields.check(together).meta(rules);

/** Shape of a `Table` claim. */
export const tableSchema = claimSchema('Table', spec);
/** Spec of a `Table`, defaults filled in. */
export type TableSpec = z.output<typeof spec>;
/** A `Table` claim. */
export type Table = Claim<TableSpec>;
