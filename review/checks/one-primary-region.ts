/** Both regions get the same regional claim: the one that is committed. */
import type { Check } from '../check';
import { appliedOf, numberAt, prodOf, spot, textAt } from './_read';

/** Two primaries cannot be written down. */
export const onePrimaryRegion: Check = {
  id: 'one-primary-region',
  title: 'Both regions get the PrimaryRegion that is committed',
  severity: 'error',
  reference: 'C-04, design of the flip: one claim, one epoch',
  run: (estate, report) => {
    const { spec } = estate.input.primaryRegion;
    const file = `estates/${estate.input.estate.name}/primary-region.yaml`;
    return prodOf(estate).flatMap((cluster) => {
      const [claim] = appliedOf([cluster], 'PrimaryRegion');
      const same = claim && textAt(claim.object, 'spec.region') === spec.region;
      if (same && numberAt(claim.object, 'spec.epoch') === spec.epoch) return [];
      return [
        report({
          message: `${cluster.name} gets ${claim ? `region "${textAt(claim.object, 'spec.region')}", epoch ${numberAt(claim.object, 'spec.epoch')}` : 'no PrimaryRegion'}, expected region "${spec.region}", epoch ${spec.epoch}`,
          path: claim ? spot(claim, 'spec') : `${file}#spec`,
          remedy: `Run \`flipside synth\`: ${file} is what both regions follow`,
        }),
      ];
    });
  },
};
