/** The schema of `estates/<name>/estate.yaml`: one application landscape over two regions. */
import * as z from 'zod';
import { deliverySchema } from './delivery';
import {
  alertsSchema,
  budgetSchema,
  guardrailsSchema,
  organizationSchema,
  pipelineSchema,
} from './guardrails';
import {
  accountId,
  anyCidr,
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
  attachment: z
    .string()
    .regex(/^tgw-attach-[0-9a-f]{17}$/, { error: 'expected tgw-attach- and 17 hex digits' })
    .optional()
    .meta({
      description:
        'Attachment of the region’s transit gateway that leads on premises: a VPN or Direct Connect',
    }),
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

const network = z.strictObject({
  tiers: z.strictObject({
    public: tier,
    application: tier,
    data: tier.optional().meta({ description: 'Left out: stores use the application tier' }),
  }),
  nat: z.enum(['zone', 'single']).default('zone').meta({
    description: 'NAT gateways: one in each zone, or a single one, which costs less and falls with its zone',
  }),
  endpoints: z.boolean().default(true).meta({
    description: 'Private addresses for the AWS services that the platform calls; without, over NAT',
  }),
  deny: z
    .array(anyCidr)
    .max(10, { error: 'more than 10 blocks, expected at most 10' })
    .default([])
    .meta({ description: 'Blocks that no subnet takes anything from or sends anything to' }),
  onPremises: z
    .array(anyCidr)
    .max(10, { error: 'more than 10 blocks, expected at most 10' })
    .default([])
    .meta({ description: 'Blocks of the network on premises, behind the attachment of each region' }),
});

const access = z
  .strictObject({
    endpoint: z
      .enum(['private', 'public'])
      .default('private')
      .meta({ description: 'Where the API servers answer: in their VPC only, or on the internet as well' }),
    from: z
      .array(anyCidr)
      .max(40, { error: 'more than 40 blocks, expected at most 40' })
      .default([])
      .meta({ description: 'Blocks that people reach the API servers from' }),
  })
  .refine(({ endpoint, from }) => endpoint === 'private' || from.length > 0, {
    path: ['from'],
    error:
      'empty, which opens the API servers to everybody, expected the blocks of your offices or endpoint: private',
  })
  .prefault({})
  .meta({ description: 'How people reach the API servers' });

const targets = z
  .strictObject({
    path: urlPath.optional().meta({ description: 'Left out: the path each service names as health.live' }),
    interval: duration.default(10).meta({ description: 'Between two checks of a target, 5s to 300s' }),
    healthy: count(2, 10, 'Good answers in a row until a target gets requests').default(2),
    unhealthy: count(2, 10, 'Bad answers in a row until a target gets none').default(2),
  })
  .refine(({ interval }) => interval >= 5 && interval <= 300, {
    path: ['interval'],
    error: 'out of range, expected 5s to 300s',
  })
  .prefault({})
  .meta({ description: 'How the load balancer tells healthy pods' });

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
      ttl: duration.default(60).meta({
        description:
          'How long an old answer of DNS may be believed; the review holds it against what is rendered, and AWS keeps aliases for 60 s',
      }),
      healthCheck: z.strictObject({
        interval: z
          .enum(['10s', '30s'], { error: 'expected 10s or 30s, the intervals Route 53 has' })
          .default('10s')
          .transform((value) => (value === '10s' ? 10 : 30)),
        failures: count(1, 10, 'Failed checks in a row until unhealthy').default(3),
        path: urlPath.default('/health'),
      }),
    }),
    network,
    access,
    targets,
    delivery: deliverySchema,
    alerts: alertsSchema.optional(),
    budget: budgetSchema.optional(),
    guardrails: guardrailsSchema,
    pipeline: pipelineSchema.optional(),
    organization: organizationSchema.optional(),
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
