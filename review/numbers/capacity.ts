/** What each prod cluster can carry, against the surge: as it is, with one zone lost, with the other region lost. */
import type { CapacityLine } from '../assessment';
import type { RenderedCluster, RenderedEstate } from '../rendered';
import { type Load, loadsOf, type Needed } from './_load';
import { addressLimit, type Limit, nodeLimits } from './_nodes';
import { quotaLimits } from './_quotas';
import { prodOf } from './_read';
import { databaseLimits, tableLimits } from './_stores';

/** Every limit of every prod cluster. */
export const capacityOf = (estate: RenderedEstate): CapacityLine[] =>
  prodOf(estate).flatMap((cluster) =>
    limitsOf(estate, cluster).map((limit) => ({
      cluster: cluster.name,
      ...limit,
      meets: shortIn(limit, 'peak', 'zoneLost', 'regionLost') === undefined,
    })),
  );

function limitsOf(estate: RenderedEstate, cluster: RenderedCluster): Limit[] {
  const loads = loadsOf(estate, cluster);
  return [
    ...loads.filter(({ service }) => service.scaled).map((load) => podLimit(load, estate)),
    ...nodeLimits(cluster, loads),
    addressLimit(estate, cluster, loads),
    ...databaseLimits(estate, cluster),
    ...tableLimits(estate, cluster),
    ...quotaLimits(estate, cluster, loads),
  ];
}

const podLimit = ({ service, pods }: Load, { input }: RenderedEstate): Limit => ({
  limit: `pods of ${service.name}`,
  available: service.max,
  needed: pods,
  unit: 'pods',
  source: `estates/${input.estate.name}/services/${service.name}.yaml#scale`,
});

/** The first of the situations that a limit does not hold in. */
export const shortIn = (
  { available, needed }: Pick<CapacityLine, 'available' | 'needed'>,
  ...situations: readonly (keyof Needed)[]
): keyof Needed | undefined => situations.find((situation) => needed[situation] > available);

/** Of all limits that do not hold in a situation, the one that is reached first as the load grows. */
export const firstShort = (
  lines: readonly CapacityLine[],
  situation: keyof Needed,
): CapacityLine | undefined =>
  lines
    .filter((line) => shortIn(line, situation) !== undefined)
    .toSorted((a, b) => a.available / a.needed[situation] - b.available / b.needed[situation])[0];

/** True for what AWS grants on request, as opposed to what the estate says. */
export const isQuota = ({ limit }: Pick<CapacityLine, 'limit'>): boolean => limit.startsWith('quota ');
