/** `PrimaryRegion`: the regional claim. Changing its region, with the next epoch, is a flip. */
import * as z from 'zod';
import { count, regionName } from '../scalars';
import { type Claim, cel, systemClaimSchema } from './claim';

const target = {
  region: regionName.meta({ description: 'Region that holds the writers' }),
  epoch: z
    .int()
    .min(0)
    .max(1_000_000)
    .meta({ description: 'Counter of flips; a change of region needs a higher one' }),
  mode: z.enum(['Planned', 'Unplanned']).default('Planned').meta({
    description: 'Planned loses nothing and needs both regions; Unplanned may lose the last commits',
  }),
  acceptDataLoss: z.boolean().default(false).meta({ description: 'Required by Unplanned' }),
};

const accepted = (flip: { mode: string; acceptDataLoss: boolean }) =>
  flip.mode !== 'Unplanned' || flip.acceptDataLoss;

const unaccepted = {
  path: ['acceptDataLoss'],
  error: 'mode Unplanned may lose the last commits, expected acceptDataLoss: true',
};

const RULES = {
  accepted: {
    rule: "self.mode != 'Unplanned' || self.acceptDataLoss",
    message: 'mode Unplanned may lose the last commits: set acceptDataLoss: true',
  },
  neverDown: { rule: 'self.epoch >= oldSelf.epoch', message: 'epoch cannot go down' },
  raised: {
    rule: 'self.region == oldSelf.region || self.epoch > oldSelf.epoch',
    message: 'a change of region needs a higher epoch',
  },
};

const override = z
  .strictObject({
    ...target,
    reason: z.string().min(1).max(500).meta({ description: 'Why Git was not used' }),
  })
  .refine(accepted, unaccepted)
  .meta({
    description: 'A flip patched in the cluster when Git cannot be used; the higher epoch wins',
    ...cel(RULES.accepted, RULES.neverDown, RULES.raised),
  });

const dryRun = z
  .strictObject({
    region: regionName.meta({ description: 'Region that would take over' }),
    run: count(1, 1_000_000, 'Counter; a higher one checks again'),
    mode: z.enum(['Planned', 'Unplanned']).default('Planned').meta({ description: 'Mode to check for' }),
  })
  .meta({ description: 'Runs every check of a flip in that region and changes nothing' });

const trigger = z
  .strictObject({
    automatic: z.boolean().default(false).meta({ description: 'The other region may flip by itself' }),
    afterSeconds: count(20, 3600, 'How long the evidence must stand before it flips').default(60),
    coolDownSeconds: count(300, 86_400, 'No second automatic flip for this long').default(1800),
    acceptDataLoss: z
      .boolean()
      .default(false)
      .meta({ description: 'An automatic flip is unplanned; stores refuse it without this' }),
    failback: z
      .enum(['Manual', 'Automatic'])
      .default('Manual')
      .meta({ description: 'Automatic: a planned flip home' }),
    holdDownSeconds: count(300, 86_400, 'How long home must be well before it flips back').default(900),
  })
  .meta({ description: 'Whether the region that does not hold the writers may flip by itself' });

const spec = z
  .strictObject({
    ...target,
    override: override.optional(),
    dryRun: dryRun.optional(),
    trigger: trigger.prefault({}),
  })
  .refine(accepted, unaccepted)
  .meta(cel(RULES.accepted, RULES.neverDown, RULES.raised));

/** Names of its fields. */
export const primaryRegionFields: readonly string[] = Object.keys(spec.shape);

/** Shape of a `PrimaryRegion` claim. */
export const primaryRegionSchema = systemClaimSchema('PrimaryRegion', spec);
/** Spec of a `PrimaryRegion`, defaults filled in. */
export type PrimaryRegionSpec = z.output<typeof spec>;
/** The regional claim. */
export type PrimaryRegion = Claim<PrimaryRegionSpec>;
/** How a flip moves the writers. */
export type FlipMode = PrimaryRegionSpec['mode'];
