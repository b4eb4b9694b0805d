/** Names for tests: zones made by hand, and those of the committed golden renders. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { example } from '../../../platform/apis/site/example';
import type { Names, RecordSet } from '../../../lab/dns/records';
import { type Composed, type Entry, siteNames } from '../../../lab/dns/site';
import { statusesOf } from '../../../lab/dns/checks';
import { home } from '../../helpers/placement';
import { root } from '../../helpers/cli';

export const ZONE = 'shop.example.com';

/** A zone with nothing around it. */
export const zoneOf = (records: readonly RecordSet[], more: Partial<Names> = {}): Names => ({
  zone: { name: ZONE, records },
  health: {},
  targets: {},
  writers: {},
  ...more,
});

/** A committed estate's site, as home's cluster composes it. */
export interface Site {
  readonly zone: string;
  /** The name that is routed by health. */
  readonly host: string;
  /** What users type. */
  readonly alias: string;
  readonly home: string;
  readonly peer: string;
  readonly file: string;
}

export const SITES: Readonly<Record<string, Site>> = {
  storefront: {
    zone: 'shop.example.com',
    host: 'origin.shop.example.com',
    alias: 'shop.example.com',
    home: 'us-east-1',
    peer: 'eu-west-1',
    file: 'storefront/composed/prod-us-east-1/shop.site.yaml',
  },
  capstone: {
    zone: 'capstone.example.com',
    host: 'origin.capstone.example.com',
    alias: 'capstone.example.com',
    home: 'us-east-1',
    peer: 'eu-west-1',
    file: 'capstone/composed/prod-us-east-1/platform.site.yaml',
  },
  'pilot-light': {
    zone: 'pilot.example.com',
    host: 'web.pilot.example.com',
    alias: 'web.pilot.example.com',
    home: 'us-west-2',
    peer: 'us-east-1',
    file: 'pilot-light/composed/prod-us-west-2/web.site.yaml',
  },
  'warm-standby': {
    zone: 'contract.example.com',
    host: 'direct.contract.example.com',
    alias: 'api.contract.example.com',
    home: 'us-east-1',
    peer: 'us-west-2',
    file: 'warm-standby/composed/prod-us-east-1/shop.site.yaml',
  },
  'global-tables': {
    zone: 'global.example.com',
    host: 'origin.global.example.com',
    alias: 'www.global.example.com',
    home: 'us-east-1',
    peer: 'us-west-2',
    file: 'global-tables/composed/prod-us-east-1/app.site.yaml',
  },
};

const KEY = 'crossplane.io/composition-resource-name';

/** The golden render keeps no answers of AWS; its ids are examples, the same every time. */
const exampleId = (resource: Composed) => {
  const key = resource.metadata.annotations?.[KEY] ?? '';
  return String(example(key, resource as Parameters<typeof example>[1], home)['id']);
};

export const composedOf = ({ file }: Site): Composed[] =>
  parseAllDocuments(readFileSync(join(root, 'dist', file), 'utf8')).map(
    (document) => document.toJS() as Composed,
  );

/** What is up: the entry of each region, and where the beacon says the writers are. */
export interface Up {
  readonly home: boolean;
  readonly peer: boolean;
  readonly homePrimary: boolean;
  readonly peerPrimary: boolean;
  /** The load balancers have healthy targets. @default as the entries */
  readonly homeTargets?: boolean;
  readonly peerTargets?: boolean;
}

export const PORTS = { home: 1001, peer: 1002 } as const;

/** The names of a site once the checkers have seen what is up. A beacon cannot be asked through an entry that is down. */
export function namesWhen(site: Site, up: Up): Names {
  const resources = composedOf(site);
  const entries = entriesOf(site, resources, up);
  const { records, checks, targets } = siteNames(resources, entries, exampleId);
  const answers = (fqdn: string, path: string) => {
    const atHome = fqdn.startsWith(`entry-${site.home}.`);
    const entry = atHome ? up.home : up.peer;
    const primary = atHome ? up.homePrimary : up.peerPrimary;
    return entry && (path === '/primary' ? primary : true);
  };
  const endpoints = Object.fromEntries(
    checks.flatMap(({ id, fqdn, resourcePath = '/' }) => (fqdn ? [[id, answers(fqdn, resourcePath)]] : [])),
  );
  return { zone: { name: site.zone, records }, targets, writers: {}, health: statusesOf(checks, endpoints) };
}

/** The load balancers' names stand in the records of the regions' own entries. */
function entriesOf(site: Site, resources: readonly Composed[], up: Up): Entry[] {
  const nameOf = (region: string) => {
    const record = resources
      .map(({ spec }) => spec.forProvider as RecordSet)
      .find(({ name, alias }) => alias && name.startsWith(`entry-${region}.`));
    return record?.alias?.name ?? '';
  };
  const entry = (region: string, port: number, healthy: boolean) => ({
    region,
    dnsName: nameOf(region),
    address: '127.0.0.1',
    port,
    healthy,
  });
  return [
    entry(site.home, PORTS.home, up.homeTargets ?? up.home),
    entry(site.peer, PORTS.peer, up.peerTargets ?? up.peer),
  ];
}
