/** Every scenario, in the order they are played. */
import type { Scenario } from '../drill';
import { accepted } from './accepted';
import { automatic } from './automatic';
import { breakGlass } from './break-glass';
import { killedJob } from './killed-job';
import { load } from './load';
import { planned } from './planned';
import { planted } from './planted';
import { provider } from './provider';
import { regionLost } from './region-lost';
import { staleRegion } from './stale-region';
import { steady } from './steady';
import { throttled } from './throttled';
import { zoneLost } from './zone-lost';

/** Of one estate with everything in it. */
export const scenarios: readonly Scenario[] = [
  accepted,
  steady,
  planned,
  killedJob,
  throttled,
  staleRegion,
  zoneLost,
  load,
  regionLost,
  breakGlass,
  automatic,
  planted,
];

/** Of the other estates: delivered, flipped and flipped back, and their primary region lost. */
export const elsewhere: readonly Scenario[] = [accepted, planned, regionLost];

/** With the real provider of the family rds. */
export const withProvider: readonly Scenario[] = [provider];
