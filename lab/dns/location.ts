/**
 * Where a client of the lab stands. All of them share one machine, so each region has a made-up network, which its
 * clients name in the EDNS client subnet of a query, as public resolvers do towards Route 53.
 * The networks are those of RFC 2544, which the internet does not route.
 */
const NETWORK = '198.18';

/** Network of a region's clients, of 24 bits; undefined for a region that is not listed. */
export function networkOf(regions: readonly string[], region: string | undefined): string | undefined {
  const index = region === undefined ? -1 : regions.indexOf(region);
  return index < 0 ? undefined : `${NETWORK}.${index}.0`;
}

/** Region of the client that told `network`; undefined where it told none or another one. */
export const regionOf = (regions: readonly string[], network: string | undefined): string | undefined =>
  regions.find((region) => networkOf(regions, region) === network);
