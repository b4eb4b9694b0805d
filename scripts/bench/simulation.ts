/** The simulation: random schedules of faults over the real programs. */
import type { Figure } from './figure';
import { flipside, medianSeconds } from './time';

const SCHEDULES = 1000;

/** How long 1,000 schedules take, with what the drill prints besides. */
export const benchSimulation = (root: string): Figure[] => [
  {
    what: `simulation of ${SCHEDULES} schedules of faults`,
    value: medianSeconds(
      flipside(root, 'drill', '--simulate', '--seed', '1', '--schedules', String(SCHEDULES)),
      1,
    ),
    unit: 's',
    limit: 30,
  },
];
