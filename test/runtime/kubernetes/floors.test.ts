/** A floor that two Jobs write at the same time: whatever order their calls land in, the higher epoch is right. */
import fc from 'fast-check';
import { PROMOTE_MANAGER, RELEASE_MANAGER } from '../../../model/field-managers';
import { lower, raise, type Server } from '../../../runtime/kubernetes/floors';
import { type Floor, flipPlanSchema, isGivenBack } from '../../../spec/flip';
import { homePlan } from '../_plan';

const AUTOSCALER = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/web';
const DEPLOYMENT = '/apis/apps/v1/namespaces/shop/deployments/web';

interface Held {
  metadata: { resourceVersion: string; annotations: Record<string, string> };
  spec: Record<string, number>;
}
type Change = { metadata?: { resourceVersion?: string; annotations?: object }; spec?: object };

const object = (spec: Record<string, number>, annotations = {}): Held => ({
  metadata: { resourceVersion: '1', annotations },
  spec,
});

/** Two objects with versions; a merge that changes something makes a new one, as an API server does. */
function clusterWith(minReplicas: number, replicas: number, annotations: Record<string, string> = {}) {
  const held: Record<string, Held> = {
    [AUTOSCALER]: object({ minReplicas }, annotations),
    [DEPLOYMENT]: object({ replicas }),
  };
  const writes: { path: string; fieldManager: string | undefined }[] = [];
  const at = (path: string) => held[path.replace(/\/scale$/, '')] as Held;
  const server: Server = {
    get: async <T>(path: string) => structuredClone(at(path)) as T,
    merge: async (path, body, fieldManager) => {
      const { metadata = {}, spec }: Change = body;
      const one = at(path);
      const { resourceVersion, annotations: given } = metadata;
      if (resourceVersion && resourceVersion !== one.metadata.resourceVersion)
        throw new Error('409 Conflict');
      const next = { ...one.metadata.annotations, ...given };
      const changed = { annotations: next, spec: { ...one.spec, ...spec } };
      const same =
        JSON.stringify(changed) === JSON.stringify({ annotations: one.metadata.annotations, spec: one.spec });
      if (same) return;
      one.metadata = { resourceVersion: String(Number(one.metadata.resourceVersion) + 1), annotations: next };
      one.spec = changed.spec;
      writes.push({ path, fieldManager });
    },
  };
  const floor = () => at(AUTOSCALER).spec['minReplicas'];
  const pods = () => at(DEPLOYMENT).spec['replicas'];
  return { server, writes, floor, pods };
}

const PILOT: Floor = { namespace: 'shop', service: 'web', min: 4, rest: 0 };
const WARM: Floor = { ...PILOT, rest: 2 };

/** As `runtime/promote/release.ts` does: again after a conflict. */
const insist = async (work: () => Promise<boolean>): Promise<boolean> => work().catch(() => insist(work));

test.each([
  ['a pilot light: its autoscaler may go down to one pod, by load', PILOT, 1],
  ['a warm standby: down to what Git says', WARM, 2],
] as const)('given back: %s', async (_, floor, min) => {
  const cluster = clusterWith(4, 4, { 'flipside.dev/epoch': '1' });
  expect(await lower(floor, 2, cluster.server)).toBe(true);
  expect([cluster.floor(), cluster.pods()]).toEqual([min, 4]);
});

test('what Git says is no longer ignored by Argo CD: no field of the promotion is left', async () => {
  const cluster = clusterWith(4, 4);
  await lower(PILOT, 2, cluster.server);
  expect(cluster.writes).toEqual([{ path: AUTOSCALER, fieldManager: RELEASE_MANAGER }]);
});

test('a plan that is older than the program names no usual floor: it is read, and nothing is given back', () => {
  const { rest: _, ...older } = PILOT;
  const plan = flipPlanSchema.parse({ ...homePlan(), floors: [older] });
  expect(plan.floors.filter(isGivenBack)).toEqual([]);
});

test('a floor that a later promotion needs is left alone', async () => {
  const cluster = clusterWith(4, 4, { 'flipside.dev/epoch': '3' });
  expect(await lower(PILOT, 2, cluster.server)).toBe(false);
  expect(cluster.writes).toEqual([]);
});

test('a promotion writes a floor that is high enough once for each epoch, and not where nothing is given back', async () => {
  const cluster = clusterWith(4, 4);
  await raise(PILOT, 3, cluster.server);
  await raise(PILOT, 3, cluster.server);
  expect(cluster.writes).toEqual([{ path: AUTOSCALER, fieldManager: PROMOTE_MANAGER }]);
  const stays = clusterWith(4, 4);
  await raise({ ...PILOT, rest: 4 }, 3, stays.server);
  expect(stays.writes).toEqual([]);
});

const started = fc.record({
  floor: fc.constantFrom(PILOT, WARM),
  min: fc.constantFrom(1, 2, 4),
  pods: fc.constantFrom(0, 1, 2, 4, 7),
});

test('in any order of calls, a promotion after a release ends with its floor and its pods', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), started, async (scheduler, { floor, min, pods }) => {
      const cluster = clusterWith(min, pods, { 'flipside.dev/epoch': '1' });
      const { get, merge } = cluster.server;
      // A call may take as long to arrive as its answer to come back.
      const slow: Server = {
        get: async <T>(path: string) => {
          await scheduler.schedule(Promise.resolve(), `ask ${path}`);
          const answer = await get<T>(path);
          await scheduler.schedule(Promise.resolve(), `hear ${path}`);
          return answer;
        },
        merge: async (...call) => {
          await scheduler.schedule(Promise.resolve(), `write ${call[0]}`);
          await merge(...call);
        },
      };
      const released = insist(() => lower(floor, 2, slow));
      const raised = raise(floor, 3, slow);
      await scheduler.waitFor(Promise.all([released, raised]));
      expect(cluster.floor()).toBeGreaterThanOrEqual(floor.min);
      expect(cluster.pods()).toBeGreaterThanOrEqual(floor.min);
    }),
    { numRuns: 500 },
  );
});
