/** `PrimaryRegion`: the regional claim. Changing its region, with the next epoch, is a flip. */
import { z } from 'zod';
import { regionName } from '../scalars';
import { type Claim, cel, systemClaimSchema } from './claim';

const target = {
  region: regionName.meta({ description: 'Region that holds the writers' }),
  epoch: z.int().min(0).meta({ description: 'Counter of flips; a change of region needs a higher one' }),
  mode: z.enum(['Planned', 'Unplanned']).default('Planned').meta({
    description: 'Planned loses nothing and needs both regions; Unplanned may lose the last commits',
  }),
  acceptDataLoss: z.boolean().default(false).meta({ description: 'Required by Unplanned' }),
};

const unplannedAccepts = {
  rule: "self.mode != 'Unplanned' || self.acceptDataLoss",
  message: 'mode Unplanned may lose the last commits: set acceptDataLoss: true',
};

const override = z
  .strictObject({ ...target, reason: z.string().min(1) })
  .meta({ description: 'A flip patched in the cluster when Git cannot be used', ...cel(unplannedAccepts) });

const spec = z
  .strictObject({ ...target, override: override.optional(), dryRun: z.boolean().default(false) })
  .refine((flip) => flip.mode !== 'Unplanned' || flip.acceptDataLoss, {
    path: ['acceptDataLoss'],
    error: 'mode Unplanned may lose the last commits, expected acceptDataLoss: true',
  })
  .meta(
    cel(
      unplannedAccepts,
      { rule: 'self.epoch >= oldSelf.epoch', message: 'epoch cannot go down' },
      {
        rule: 'self.region == oldSelf.region || self.epoch > oldSelf.epoch',
        message: 'a change of region needs a higher epoch',
      },
    ),
  );

/** Shape of a `PrimaryRegion` claim. */
export const primaryRegionSchema = systemClaimSchema('PrimaryRegion', spec);
/** Spec of a `PrimaryRegion`, defaults filled in. */
export type PrimaryRegionSpec = z.output<typeof spec>;
/** The regional claim. */
export type PrimaryRegion = Claim<PrimaryRegionSpec>;
