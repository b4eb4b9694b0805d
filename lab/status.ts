/** What a lab looks like now: each region as its own API server and beacon tell, and the world outside both. */
import { readFileSync } from 'node:fs';
import { BEACON_PATH } from '../model/site-hosts';
import { kinds } from '../platform/apis';
import { hasCondition } from '../platform/managed';
import { otherBeacon } from '../runtime/beacon/other';
import { SYSTEM_NAMESPACE } from '../spec/claims';
import { type Kube, kubeOf, type KubeObject } from './kube';
import type { Layout, Region } from './layout';
import { running } from './process';
import { APPLICATIONS } from './refresh';
import { type WorldState, worldOf } from './world/client';

/** How many of something are as they should be, and which are not. */
export interface Share {
  readonly total: number;
  /** `<name>: <why>` of those that are not. */
  readonly waiting: readonly string[];
}

/** One region. */
export interface RegionStatus {
  readonly name: string;
  readonly position: Region['position'];
  /** Its API server answers. */
  readonly alive: boolean;
  /** Argo CD applications that are Synced and Healthy. */
  readonly applications: Share;
  /** Claims, the regional one too, that are Synced and Ready. */
  readonly claims: Share;
  /** The regional claim as this region sees it. */
  readonly primary?: { readonly region: string; readonly epoch: number; readonly phase: string };
  /** What the beacon answers behind the region's entry: the writers are here. */
  readonly beacon: boolean;
  /** Alive, and nothing is waited for. */
  readonly settled: boolean;
}

/** The lab. */
export interface LabStatus {
  readonly estate: string;
  /** `stub` or the family of the real provider. */
  readonly provider: Layout['provider'];
  readonly regions: readonly RegionStatus[];
  readonly world: WorldState | undefined;
  readonly processes: number;
  /** What the processes hold; a page that several share is counted once. */
  readonly memoryMiB: number;
}

/** Looks at everything once. Never throws: what does not answer is said to. */
export async function statusOf(layout: Layout): Promise<LabStatus> {
  const processes = running(layout.state);
  return {
    estate: layout.estate,
    provider: layout.provider,
    regions: await regionsOf(layout),
    world: await worldOf(layout)
      .state()
      .catch(() => undefined),
    processes: processes.length,
    memoryMiB: Math.round(processes.reduce((sum, { pid }) => sum + heldMiB(pid), 0)),
  };
}

/** Looks at the regions alone, which is quick: what processes hold takes the kernel a second to add up. */
export const regionsOf = ({ regions }: Layout): Promise<RegionStatus[]> =>
  Promise.all(regions.map(regionStatus));

const NOTHING: Share = { total: 0, waiting: [] };

async function regionStatus(region: Region): Promise<RegionStatus> {
  const { name, position } = region;
  try {
    const kube = await kubeOf(region.kubeconfig);
    const applications = shareOf(await kube.list(APPLICATIONS), applicationTrouble);
    const held = await claimsOf(kube);
    const claims = shareOf(held, claimTrouble);
    const primary = held.find(({ kind }) => kind === 'PrimaryRegion');
    const settled =
      applications.total > 0 && claims.total > 0 && applications.waiting.length + claims.waiting.length === 0;
    return {
      name,
      position,
      alive: true,
      applications,
      claims,
      ...(primary && { primary: primaryIn(primary) }),
      beacon: await beaconAnswers(region),
      settled,
    };
  } catch {
    return {
      name,
      position,
      alive: false,
      applications: NOTHING,
      claims: NOTHING,
      beacon: false,
      settled: false,
    };
  }
}

const shareOf = (
  objects: readonly KubeObject[],
  troubleOf: (object: KubeObject) => string | undefined,
): Share => ({
  total: objects.length,
  waiting: objects.flatMap((object) => {
    const why = troubleOf(object);
    return why === undefined ? [] : [`${object.metadata.name}: ${why}`];
  }),
});

function applicationTrouble({ status }: KubeObject): string | undefined {
  const [sync, health] = [status?.sync?.status, status?.health?.status];
  if (sync === 'Synced' && health === 'Healthy') return undefined;
  const [condition] = status?.conditions ?? [];
  const failed = status?.operationState?.phase === 'Failed' ? status.operationState.message : undefined;
  return [sync ?? 'unknown', health ?? 'unknown', condition?.message ?? failed].filter(Boolean).join(', ');
}

/** Claims of every kind, once the API server knows the kinds. */
async function claimsOf(kube: Kube): Promise<KubeObject[]> {
  const lists = kinds.map(({ plural }) =>
    kube.list(`/apis/platform.flipside.dev/v1/${plural}`).catch(() => []),
  );
  return (await Promise.all(lists)).flat();
}

interface Condition {
  readonly type: string;
  readonly reason?: string;
  readonly message?: string;
}

function claimTrouble(claim: KubeObject): string | undefined {
  const bad = ['Synced', 'Ready'].find((type) => !hasCondition(claim, type));
  if (!bad) return undefined;
  const { kind, status } = claim;
  const conditions: readonly Condition[] = status?.conditions ?? [];
  const condition = conditions.find(({ type }) => type === bad);
  return `${kind} not ${bad}, ${status?.reason || condition?.message || condition?.reason || 'nothing said yet'}`;
}

function primaryIn({ spec, status }: KubeObject): NonNullable<RegionStatus['primary']> {
  return {
    region: status?.primary ?? spec.region,
    epoch: status?.epoch ?? spec.epoch,
    phase: status?.phase ?? 'Unknown',
  };
}

/** Through the region's entry, as a health checker asks. */
export const beaconAnswers = (region: Region): Promise<boolean> =>
  fetch(`${entryOf(region)}${BEACON_PATH}`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ status }) => status === 200,
    () => false,
  );

/** Whether a beacon of the region is there to answer, whatever it says; asked as the other region's asks. */
export const beaconSpeaks = (region: Region): Promise<boolean> =>
  otherBeacon(entryOf(region))().then(
    () => true,
    () => false,
  );

const entryOf = ({ ports }: Region) => `http://127.0.0.1:${ports.entry}`;

/** The share of a process: its pages, each divided by the number of processes that have it. */
const SHARE = /^Pss:\s+(\d+) kB$/m;

function heldMiB(pid: number): number {
  try {
    return Number(SHARE.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Where the regional claim is, for those who read it. */
export const claimPathOf = ({ estate }: Layout) =>
  `/apis/platform.flipside.dev/v1/namespaces/${SYSTEM_NAMESPACE}/primaryregions/${estate}`;
