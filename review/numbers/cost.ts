/** A month's cost of an estate on demand, from what was rendered and named assumptions. */
import { BASELINES, MONTHLY_USE, PRICES, priceOf } from '../../model/prices';
import type { CostFigure, CostLine } from '../assessment';
import type { RenderedCluster, RenderedEstate } from '../rendered';
import { claimLines } from './_cost-claims';
import { baseLoadOf, clusterLines } from './_cost-cluster';
import { isStandby } from './_load';
import { linesOf, placeOf } from './_price';
import { hasStacks, only, prodOf, resourcesOf, sidesOf } from './_read';

/** The cost of an estate: every environment, region, team and claim. */
export function costOf(estate: RenderedEstate): CostFigure {
  const lines = estate.clusters.flatMap((cluster) => linesFor(estate, cluster));
  return {
    lines,
    total: sumOf(lines),
    standby: sumOf(lines.filter(({ standby }) => standby)),
    assumptions: assumptionsOf(estate, lines),
  };
}

/** Adds up what is known. */
export const sumOf = (lines: readonly CostLine[]): number => lines.reduce((sum, { usd = 0 }) => sum + usd, 0);

/** The lines whose price nobody knows: the total is too small by them. */
export const unknownOf = ({ lines }: CostFigure): CostLine[] => lines.filter(({ usd }) => usd === undefined);

function linesFor(estate: RenderedEstate, cluster: RenderedCluster): CostLine[] {
  const waits =
    cluster.environment === 'prod' && isStandby(estate) && cluster.region !== sidesOf(estate).primary;
  const place = placeOf(cluster, waits);
  return [
    ...clusterLines(estate, cluster, place),
    ...claimLines(resourcesOf(cluster), place),
    ...withoutCdn(estate, cluster),
  ];
}

const hasCdn = (cluster: RenderedCluster) =>
  only(resourcesOf(cluster), 'cloudfront', 'Distribution').length > 0;

/** Without a CDN, the home region of each environment sends the users' bytes itself. */
function withoutCdn({ clusters }: RenderedEstate, cluster: RenderedCluster): CostLine[] {
  const same = clusters.filter(({ environment }) => environment === cluster.environment);
  if (cluster.position === 'peer' || same.some(hasCdn)) return [];
  const { usersGb } = MONTHLY_USE;
  return linesOf(placeOf(cluster, false), 'network', 'transfer to users', [
    { thing: 'internetGb', units: usersGb, note: `${usersGb} GB assumed` },
  ]);
}

const usd = (amount: number) => Math.round(amount).toLocaleString('en-US');

function assumptionsOf(estate: RenderedEstate, lines: readonly CostLine[]): string[] {
  const dates = Object.values(PRICES)
    .flatMap((prices) => Object.values(prices))
    .map(({ date }) => date)
    .toSorted();
  const unknown = lines.filter((line) => line.usd === undefined).length;
  return [
    `Prices on demand of ${dates[0]} to ${dates.at(-1)}; each line names its own`,
    ...(unknown > 0 ? [`Lines without a known price, in no sum: ${unknown}`] : []),
    ...transferOf(),
    ...baseLoad(estate),
    ...baseline(estate, lines),
    ...estate.clusters
      .filter(({ name }) => !hasStacks(estate, name))
      .map(
        ({ name }) =>
          `${name}: its stacks are not rendered, so endpoints and transit gateways are not counted`,
      ),
  ];
}

function transferOf(): string[] {
  const { usersGb } = MONTHLY_USE;
  const [cdn, plain] = [
    priceOf('cdnGb', 'us-east-1')?.usd ?? 0,
    priceOf('internetGb', 'us-east-1')?.usd ?? 0,
  ];
  return [
    `${usd(usersGb)} GB a month to users: ${usd(usersGb * cdn)} USD with the CDN, ${usd(usersGb * plain)} without`,
  ];
}

/** Savings plans are bought by people; their rates were not found. */
const baseLoad = (estate: RenderedEstate): string[] =>
  prodOf(estate).map((cluster) => {
    const { cpus } = baseLoadOf(cluster);
    return `${cluster.name}: ${cpus} vCPUs always run, what a Compute Savings Plan could cover; its rate is unknown`;
  });

/** The seed's own table beside what was computed. */
function baseline(estate: RenderedEstate, lines: readonly CostLine[]): string[] {
  const regions = Object.entries(BASELINES[estate.input.estate.name] ?? {});
  return regions.map(([region, parts]) => {
    const total = Object.values(parts).reduce((sum, one) => sum + one, 0);
    const own = lines.filter((line) => line.region === region && line.environment === 'prod');
    const missing = own.filter((line) => line.usd === undefined).length;
    return `${region}: the seed says ${usd(total)} USD (${Object.entries(parts)
      .map(([part, amount]) => `${part} ${amount}`)
      .join(
        ', ',
      )}), computed ${usd(sumOf(own))} with EKS, NAT, keys and secrets; lines without a price: ${missing}`;
  });
}
