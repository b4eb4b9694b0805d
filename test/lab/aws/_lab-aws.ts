/** The lab's AWS for tests: ministack, the gateway in front of it, and the real SDK pointed at it. */
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { RDSClient } from '@aws-sdk/client-rds';
import { type Control, controlOf } from '../../../lab/aws/control';
import { type GatewayOptions, startGateway } from '../../../lab/aws/gateway';
import { pointSdkTo } from '../../runtime/aws/_aws';
import { hasPython, INSTALL_MS, startMinistack } from '../../runtime/_ministack';
import { HOME, PEER } from '../../runtime/_plan';

/** The account of these tests: a 12-digit access key selects it. */
export const LAB_ACCOUNT = '333333333333';

const python = hasPython();

/** `describe`, or a skip that says so on a machine without Python. */
export const labSuite = python ? describe : describe.skip;

/** A running lab AWS. */
export interface LabAws {
  readonly control: Control;
}

/** Starts ministack and the gateway for the tests of a file, points the SDK at it, and ends all trouble after each. */
export function useLabAws(options: Partial<GatewayOptions> = {}): LabAws {
  const stops: (() => Promise<void>)[] = [];
  let control: Control | undefined;
  beforeAll(async () => {
    if (!python) return;
    const ministack = await startMinistack();
    stops.unshift(ministack.stop);
    const gateway = await startGateway({
      emulator: ministack.url,
      regions: [HOME, PEER],
      tell: () => undefined,
      ...options,
    });
    stops.unshift(gateway.stop);
    control = controlOf(gateway.control);
    pointSdkTo(gateway.endpoints[HOME] ?? '', LAB_ACCOUNT);
  }, INSTALL_MS * 2);
  afterEach(async () => {
    if (!control) return;
    await Promise.all([HOME, PEER].map((region) => control?.revive(region)));
    await Promise.all([control.clearFaults(), control.delayPromotion(0), control.delayRejoin(0)]);
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  return {
    get control() {
      if (!control)
        throw new Error('Cannot control the lab’s AWS: not started, expected a test of a labSuite');
      return control;
    },
  };
}

/** One try: what a region answers is what the test sees. */
const ONCE = { maxAttempts: 1 };

/** A client of RDS at a region's endpoint. */
export const rdsAt = (region: string, config = {}) => new RDSClient({ region, ...ONCE, ...config });

/** A client of ElastiCache at a region's endpoint. */
export const cacheAt = (region: string, config = {}) => new ElastiCacheClient({ region, ...ONCE, ...config });

/** Asks until the answer is as wanted; the test's own deadline ends it. */
export async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A promise that a test opens by hand. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const gates: (() => void)[] = [];
  const opened = new Promise<void>((resolve) => void gates.push(resolve));
  return { opened, open: () => gates.forEach((open) => open()) };
}
