/** The schema of `estates/<name>/estate.yaml`: one application landscape over two regions. */
import { z } from 'zod';
import {
  accountId,
  count,
  domainName,
  duration,
  label,
  multiple,
  percentage,
  regionName,
  urlPath,
  vpcCidr,
} from './scalars';

const region = z.strictObject({
  name: regionName,
  cidr: vpcCidr,
  zones: z
    .array(z.string().regex(/^[a-f]$/, { error: 'expected a letter of a to f' }))
    .default(['a', 'b', 'c'])
    .refine((zones) => zones.length === 3, {
      error: (issue) => `${(issue.input as string[]).length} zones, expected exactly three`,
    })
    .refine((zones) => new Set(zones).size === zones.length, {
      error: 'names a zone twice, expected three different',
    })
    .meta({ description: 'Letters of the three availability zones' }),
});

const tier = z
  .strictObject({
    prefix: count(16, 28, 'Prefix length of each subnet of the tier'),
    indexes: z
      .array(z.int().min(0))
      .refine((indexes) => indexes.length === 3, {
        error: (issue) => `${(issue.input as number[]).length} subnets, expected one for each of three zones`,
      })
      .meta({ description: 'Which blocks of that prefix in the VPC, one for each zone, counted from 0' }),
  })
  .meta({ description: 'Three subnets, one in each zone' });

const environment = z
  .strictObject({
    account: accountId,
    cidr: vpcCidr,
    zones: z
      .union([z.literal(1), z.literal(3)], { error: 'expected 1 or 3' })
      .default(3)
      .meta({ description: 'Zones that nodes and databases use' }),
    size: z
      .enum(['small', 'medium', 'large', 'xlarge'])
      .optional()
      .meta({ description: 'Size of every store here' }),
    scale: z
      .strictObject({ min: count(0, 1000, 'Fewest pods'), max: count(1, 1000, 'Most pods') })
      .refine(({ min, max }) => min <= max, { path: ['min'], error: 'above max, expected at most max' })
      .optional(),
  })
  .meta({ description: 'A smaller copy of the estate in the home region only, in an account of its own' });

/** Shape of an estate; durations become seconds, percentages and multiples become numbers. */
export const estateSchema = z
  .strictObject({
    name: label(20, 'Name of the estate, equal to its folder'),
    account: accountId,
    domain: domainName,
    regions: z.strictObject({ home: region, peer: region }),
    pattern: z.enum(['active-active', 'warm-standby', 'pilot-light']),
    objectives: z.strictObject({
      rto: duration,
      rpo: duration.optional().meta({ description: 'Left out by an estate without data' }),
      availability: percentage(90, 99.999),
      surge: multiple.default(1),
    }),
    traffic: z.strictObject({
      routing: z.enum(['latency', 'failover', 'weighted']),
      cdn: z.boolean().default(false),
      waf: z.boolean().default(false),
      accelerator: z.boolean().default(false),
      ttl: duration.default(60),
      healthCheck: z.strictObject({
        interval: z
          .enum(['10s', '30s'], { error: 'expected 10s or 30s, the intervals Route 53 has' })
          .default('10s')
          .transform((value) => (value === '10s' ? 10 : 30)),
        failures: count(1, 10, 'Failed checks in a row until unhealthy').default(3),
        path: urlPath.default('/health'),
      }),
    }),
    network: z.strictObject({
      tiers: z.strictObject({
        public: tier,
        application: tier,
        data: tier.optional().meta({ description: 'Left out: stores use the application tier' }),
      }),
    }),
    environments: z
      .strictObject({ dev: environment.optional(), staging: environment.optional() })
      .default({}),
    assumptions: z
      .array(z.strictObject({ id: z.string(), value: z.string(), reason: z.string() }))
      .default([])
      .meta({
        description:
          'Values the estate declares itself or departs from, each with its requirement and reason',
      }),
  })
  .meta({ title: 'Flipside estate' });

/** An estate with defaults filled in and units resolved. */
export type Estate = z.output<typeof estateSchema>;
/** The three tiers of subnets. */
export type TierName = keyof Estate['network']['tiers'];
/** A named environment of an estate. */
export type EnvironmentName = 'prod' | 'staging' | 'dev';
