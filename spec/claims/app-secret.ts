/** `AppSecret`: a secret of an application, in the Secrets Manager of both regions and in the team's namespace. */
import * as z from 'zod';
import { count } from '../scalars';
import { type Claim, cel, claimSchema } from './claim';

const key = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
    error: 'expected letters, digits and underscores, so that it can name an environment variable',
  })
  .max(63, { error: 'longer than 63 characters, expected at most 63' });

const keys = z
  .array(key)
  .min(1, { error: 'names no key, expected at least one' })
  .max(32, { error: 'names more than 32 keys, expected at most 32' })
  .refine((names) => new Set(names).size === names.length, {
    error: 'names a key twice, expected different ones',
  })
  .meta({
    description: 'Keys of the secret',
    ...cel({
      rule: 'self.all(key, self.exists_one(other, other == key))',
      message: 'keys names a key twice, expected different ones',
    }),
  });

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html (2026-11) */
const ROTATION_DAYS = { min: 1, max: 1000 } as const;

const everyDays = z
  .int({ error: 'expected a whole number of days' })
  .min(ROTATION_DAYS.min, {
    error:
      'shorter than Secrets Manager rotates, expected 1 to 1000 days; leave rotation out to switch it off',
  })
  .max(ROTATION_DAYS.max, { error: 'longer than Secrets Manager waits, expected 1 to 1000 days' })
  .meta({ description: 'Days between two rotations' });

const adopt = z
  .strictObject({
    secret: z
      .string()
      .regex(/^[A-Za-z0-9/_+=.@-]+$/, { error: 'expected the name of a secret, not its ARN' })
      .max(512, { error: 'longer than 512 characters, expected at most 512' })
      .meta({ description: 'Name of the existing secret in the home region' }),
  })
  .meta({ description: 'Existing secret to take over; found first, its value never replaced' });

const rules = cel(
  {
    rule: "self.source == 'external' || self.keys == oldSelf.keys",
    message: 'keys of a generated secret cannot change: add another AppSecret',
  },
  {
    rule: 'has(self.adopt) == has(oldSelf.adopt) && (!has(self.adopt) || self.adopt == oldSelf.adopt)',
    message: 'adopt cannot change',
  },
);

const spec = z
  .strictObject({
    keys,
    source: z.enum(['generate', 'external']).default('generate').meta({
      description:
        'generate: each key gets a random value once; external: an operator puts the values into Secrets Manager',
    }),
    length: count(8, 256, 'Characters of each generated value').default(32),
    rotation: z
      .strictObject({ every: everyDays })
      .optional()
      .meta({ description: "Values are replaced by the region's rotation function; left out: never" }),
    adopt: adopt.optional(),
  })
  .meta(rules);

/** Shape of an `AppSecret` claim. */
export const appSecretSchema = claimSchema('AppSecret', spec);
/** Spec of an `AppSecret`, defaults filled in. */
export type AppSecretSpec = z.output<typeof spec>;
/** An `AppSecret` claim. */
export type AppSecret = Claim<AppSecretSpec>;
