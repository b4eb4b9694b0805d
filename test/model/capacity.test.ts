import * as fc from 'fast-check';
import { staticNodes } from '../../model/capacity';
import { NODE_SIZES } from '../../model/node-sizes';
import { workloadsOf } from '../../model/workload';
import { clusterOf, HOME, model } from '../charts/_model';

const service = fc.record({
  min: fc.nat(12),
  milli: fc.integer({ min: 50, max: 6000 }),
  mebi: fc.integer({ min: 64, max: 16_000 }),
});

test('C-11 static nodes of two zones hold what all three hold, and no more than a node is counted', () => {
  fc.assert(
    fc.property(fc.array(service, { minLength: 1, maxLength: 8 }), (specs) => {
      const services = specs.map(({ min, milli, mebi }, index) => ({
        name: `s${index}`,
        scale: { min, max: 20, cpu: '70%' },
        resources: { cpu: `${milli}m`, memory: `${mebi}Mi` },
      }));
      const one = model({ services });
      const cluster = clusterOf(one, HOME);
      const { cpu, perZone } = staticNodes(workloadsOf(one, cluster), cluster);
      const size = NODE_SIZES.find((candidate) => candidate.cpu === cpu);
      const need = (of: (spec: (typeof specs)[number]) => number) =>
        specs.reduce((sum, spec) => sum + spec.min * of(spec), 0);
      expect(need(({ milli }) => milli)).toBeLessThanOrEqual(2 * perZone * (size?.milliCpu ?? 0));
      expect(need(({ mebi }) => mebi)).toBeLessThanOrEqual(2 * perZone * (size?.mebibytes ?? 0));
      expect(perZone).toBeLessThanOrEqual(need(() => 1));
    }),
    { numRuns: 60, seed: 1 },
  );
});
