/** Raises the floors of the services and waits until their pods are ready. */
import type { Floor } from '../../spec/flip';
import type { Ports } from './ports';
import { retry } from './retry';

const POLL_MS = 2_000;
/** Cold nodes, images and probes: about two minutes each; past this somebody has to look. */
const READY_MS = 10 * 60_000;

/** Returns when the service has its floor of ready pods. Throws when the deadline has passed. */
export async function raiseFloor(floor: Floor, epoch: number, ports: Ports): Promise<void> {
  const deadline = ports.now() + READY_MS;
  await retry(ports, deadline, () => ports.cluster.raise(floor, epoch));
  await retry(ports, deadline, async () => {
    for (;;) {
      const ready = await ports.cluster.readyPods(floor);
      if (ready >= floor.min) return;
      if (ports.now() >= deadline)
        throw new Error(`${floor.service}: ${ready} ready pods, expected ${floor.min}`);
      await ports.sleep(POLL_MS);
    }
  });
}
