/** The two regions do not lie beside each other. */
import type { Check } from '../check';
import { estateSpot } from './_read';

/**
 * Pairs that share weather, grids or neighbours, by the place AWS names.
 * https://aws.amazon.com/about-aws/global-infrastructure/regions_az/ (2026-11)
 */
const NEIGHBOURS: readonly (readonly [string, string])[] = [
  ['us-east-1', 'us-east-2'],
  ['us-west-1', 'us-west-2'],
  ['ca-central-1', 'us-east-2'],
  ['eu-west-1', 'eu-west-2'],
  ['eu-west-2', 'eu-west-3'],
  ['eu-central-1', 'eu-central-2'],
  ['eu-central-2', 'eu-south-1'],
  ['me-central-1', 'me-south-1'],
  ['ap-northeast-1', 'ap-northeast-3'],
  ['ap-northeast-2', 'ap-northeast-3'],
  ['ap-southeast-1', 'ap-southeast-3'],
  ['ap-southeast-1', 'ap-southeast-5'],
  ['ap-southeast-2', 'ap-southeast-4'],
  ['ap-south-1', 'ap-south-2'],
];

/** On 2026-03-01 two zones of me-central-1 and one of its neighbour me-south-1 were lost on the same day. */
export const distantRegions: Check = {
  id: 'distant-regions',
  title: 'The regions do not lie beside each other',
  severity: 'warning',
  reference: 'https://www.tomshardware.com, 2026-03: neighbouring regions were lost together',
  run: (estate, report) => {
    const { home, peer } = estate.input.estate.regions;
    const near = NEIGHBOURS.some((pair) => pair.includes(home.name) && pair.includes(peer.name));
    if (!near) return [];
    return [
      report({
        message: `${home.name} and ${peer.name} lie beside each other, so one event can take both`,
        path: estateSpot(estate, 'regions.peer.name'),
        remedy: 'Choose a region farther away',
      }),
    ];
  },
};
