/**
 * The schema of `estates/<name>/facts/<environment>-<region>.yaml`: what AWS answered at bootstrap.
 *
 * `placeholder: true` marks values that no bootstrap has filled in yet.
 */
import * as z from 'zod';
import { accountId, regionName } from './scalars';

const id = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), {
    error: `expected an id like ${prefix}-0a1b2c3d4e5f67890`,
  });

const arn = z.string().regex(/^arn:aws:[a-z0-9-]+:[a-z0-9-]*:\d{12}:.+$/, {
  error: 'expected an ARN, for example arn:aws:kms:…',
});

const three = z.array(id('subnet')).refine((ids) => ids.length === 3, {
  error: (issue) => `${(issue.input as string[]).length} subnets, expected three`,
});

/** Shape of a facts file. */
export const factsSchema = z
  .strictObject({
    placeholder: z.boolean().default(false),
    account: accountId,
    region: regionName,
    vpc: z.strictObject({ id: id('vpc') }),
    subnets: z.strictObject({ public: three, application: three, data: three }),
    securityGroups: z.strictObject({
      loadBalancer: id('sg'),
      nodes: id('sg'),
      database: id('sg'),
      cache: id('sg'),
    }),
    keys: z.strictObject({ data: arn }).meta({ description: 'KMS keys of this region' }),
    cluster: z.strictObject({ name: z.string(), nodeRole: z.string() }),
    loadBalancer: z.strictObject({ arn, dnsName: z.string(), zoneId: z.string() }),
    targetGroups: z.record(z.string(), arn).default({}),
    hostedZone: z.strictObject({
      id: z.string().regex(/^Z[A-Z0-9]+$/, { error: 'expected a zone id, for example Z0123' }),
    }),
    elasticache: z
      .strictObject({ globalPrefix: z.string().regex(/^[a-z]{5}$/, { error: 'expected five letters' }) })
      .meta({
        description: 'The prefix AWS gives to the id of every global replication group born in this region',
      }),
    rotation: z
      .strictObject({ functionArn: arn })
      .optional()
      .meta({ description: 'The function that rotates secrets' }),
  })
  .meta({ title: 'Flipside facts of a region' });

/** Facts as written. */
export type FactsInput = z.input<typeof factsSchema>;
/** What AWS answered at bootstrap, for one cluster's region. */
export type Facts = z.output<typeof factsSchema>;
