/** Where everything of a lab is: folders, ports, addresses. Decided once by `up`, kept in the state folder. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from './ports';

/** Ports of one region, all on loopback. */
const REGION_PORTS = [
  'etcd',
  'etcdPeer',
  'apiServer',
  'controllers',
  'scheduler',
  'crossplaneMetrics',
  'crossplaneProbes',
  'function',
  'functionMetrics',
  'redis',
  'repoServer',
  'repoServerMetrics',
  'argoMetrics',
  'entry',
  'metricsApi',
] as const;

/** Programs that run for as long as their region is not lost. */
export const REGION_PROGRAMS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'function',
  'crossplane',
  'agent',
  'redis',
  'argocd-repo-server',
  'argocd-application-controller',
] as const;

/** Ports outside both regions. */
const SHARED_PORTS = ['gateway', 'gatewayControl', 'dns', 'world'] as const;

type Ports<Name extends string> = Readonly<Record<Name, number>>;

/** One region of the lab, as plain data. */
export interface Region {
  /** Repository that the lab was started from. */
  readonly root: string;
  /** State folder of the lab. */
  readonly state: string;
  /** For example `us-east-1`. */
  readonly name: string;
  /** `<environment>-<region>`, also the name of the kubectl context. */
  readonly cluster: string;
  readonly position: 'home' | 'peer';
  readonly zones: readonly string[];
  /** The region's own folder in the state folder. */
  readonly dir: string;
  readonly kubeconfig: string;
  readonly server: string;
  readonly ports: Ports<(typeof REGION_PORTS)[number]>;
}

/** A lab, as plain data. */
export interface Layout {
  readonly root: string;
  readonly state: string;
  readonly estate: string;
  /** AWS account of prod. */
  readonly account: string;
  readonly regions: readonly [Region, Region];
  readonly ports: Ports<(typeof SHARED_PORTS)[number]>;
  /** `stub`, or the family of the real provider that runs beside it. */
  readonly provider: 'stub' | 'rds';
  /** Health checkers and times to live run this many times as fast; every report says so. */
  readonly speed: number;
}

/** The state folder of the repository's lab. */
export const statePath = (root: string) => join(root, '.cache', 'lab');

/** What a layout is made for. */
export interface LayoutProps {
  readonly root: string;
  readonly estate: string;
  readonly account: string;
  readonly provider: Layout['provider'];
  readonly speed: number;
  readonly regions: readonly [Place, Place];
}

type Place = Pick<Region, 'name' | 'cluster' | 'position' | 'zones'>;

/** Decides folders and ports of a new lab. */
export async function planLayout({
  root,
  estate,
  account,
  provider,
  speed,
  regions,
}: LayoutProps): Promise<Layout> {
  const state = statePath(root);
  const count = REGION_PORTS.length;
  const free = await freePorts(SHARED_PORTS.length + 2 * count);
  const [home, peer] = regions.map((place, index) =>
    regionOf(root, state, place, named(REGION_PORTS, free.slice(index * count))),
  );
  if (!home || !peer) throw new Error('Cannot plan a lab: it has no two regions');
  return {
    root,
    state,
    estate,
    account,
    provider,
    speed,
    regions: [home, peer],
    ports: named(SHARED_PORTS, free.slice(2 * count)),
  };
}

function regionOf(root: string, state: string, place: Place, ports: Region['ports']): Region {
  const dir = join(state, place.name);
  return {
    ...place,
    root,
    state,
    dir,
    kubeconfig: join(dir, 'kubeconfig'),
    server: `https://127.0.0.1:${ports.apiServer}`,
    ports,
  };
}

const named = <Name extends string>(names: readonly Name[], ports: readonly number[]) =>
  Object.fromEntries(names.map((name, index) => [name, ports[index]])) as Ports<Name>;

const file = (state: string) => join(state, 'lab.json');

/** Every port of a lab. */
export const portsOf = ({ regions, ports }: Layout): number[] => [
  ...Object.values(ports),
  ...regions.flatMap((region) => Object.values(region.ports)),
];

/** Keeps a layout for later commands. */
export function keepLayout(layout: Layout): void {
  mkdirSync(layout.state, { recursive: true });
  const aside = `${file(layout.state)}.${process.pid}`;
  writeFileSync(aside, JSON.stringify(layout, null, 2));
  renameSync(aside, file(layout.state));
}

/** The layout of the lab that was started last; undefined when there is none. */
export function keptLayout(root: string): Layout | undefined {
  try {
    return JSON.parse(readFileSync(file(statePath(root)), 'utf8')) as Layout;
  } catch {
    return undefined;
  }
}
