/** Models by hand for the chart tests: one small estate over two regions, changed where a test needs it. */
import { App } from 'cdk8s';
import { applications } from '../../charts';
import type { Cluster } from '../../model/clusters';
import { type EstateModel, modelOf } from '../../model/estate';
import type { AnyClaim } from '../../spec/claims';
import { estateSchema } from '../../spec/estate';
import { factsSchema } from '../../spec/facts';
import { primaryRegionSchema } from '../../spec/claims';
import { type ServiceInput, serviceSchema } from '../../spec/service';
import { parse } from 'yaml';
import { factsFile } from '../helpers/estate';

/** What a test changes. */
export interface Change {
  readonly estate?: object;
  readonly services?: readonly Partial<ServiceInput>[];
  /** `<kind>/<name>`, or a claim with a spec; all in namespace `shop`. */
  readonly claims?: readonly { kind: string; name: string; spec?: object; team?: string }[];
  /** Names with a target group. @default every service */
  readonly targets?: readonly string[];
}

/** A Kubernetes object as a test reads it. */
export type Json = any; // oxlint-disable-line typescript/no-explicit-any -- assertions read deep into foreign shapes

const ESTATE = {
  name: 'shop',
  account: '111111111111',
  domain: 'shop.example.com',
  regions: {
    home: { name: 'us-east-1', cidr: '10.0.0.0/16' },
    peer: { name: 'eu-west-1', cidr: '10.1.0.0/16' },
  },
  pattern: 'active-active',
  objectives: { rto: '5m', rpo: '1m', availability: '99.99%', surge: '10x' },
  traffic: { routing: 'latency', healthCheck: { interval: '10s' } },
  delivery: { repository: 'https://git.example.com/shop.git' },
  network: {
    tiers: {
      public: { prefix: 24, indexes: [1, 2, 3] },
      application: { prefix: 24, indexes: [10, 11, 12] },
      data: { prefix: 24, indexes: [20, 21, 22] },
    },
  },
};

const SERVICE: ServiceInput = {
  name: 'catalog',
  team: 'shop',
  image: `catalog@sha256:${'0123456789abcdef'.repeat(4)}`,
  scale: { min: 4, max: 40, cpu: '70%' },
  paths: ['/catalog'],
};

/** The model of the small estate with changes. */
export function model({ estate, services = [{}], claims = [], targets }: Change = {}): EstateModel {
  const parsed = estateSchema.parse({ ...ESTATE, ...estate });
  const all = services.map((service) => serviceSchema.parse({ ...SERVICE, ...service }));
  const names = targets ?? all.map(({ name }) => name);
  return modelOf({
    estate: parsed,
    services: all,
    waivers: [],
    claims: claims.map(claimOf),
    primaryRegion: primaryRegionSchema.parse({
      apiVersion: 'platform.flipside.dev/v1',
      kind: 'PrimaryRegion',
      metadata: { name: 'shop', namespace: 'flipside-system' },
      spec: { region: 'us-east-1', epoch: 0 },
    }),
    facts: {
      'prod-us-east-1': facts('prod', 'us-east-1', 1, names),
      'prod-eu-west-1': facts('prod', 'eu-west-1', 2, names),
      'dev-us-east-1': facts('dev', 'us-east-1', 3, names),
      'staging-us-east-1': facts('staging', 'us-east-1', 4, names),
    },
  });
}

// The charts read only the kind, the name and `dax`, also of kinds whose schemas the tests need not follow.
const claimOf = ({ kind, name, spec = {}, team = 'shop' }: NonNullable<Change['claims']>[number]) =>
  ({
    apiVersion: 'platform.flipside.dev/v1',
    kind,
    metadata: { name, namespace: team },
    spec,
  }) as unknown as AnyClaim;

function facts(environment: string, region: string, digit: number, targets: readonly string[]) {
  const groups = targets.map((name) => [
    name,
    `arn:aws:elasticloadbalancing:${region}:111111111111:targetgroup/${environment}-${name}/${digit}`,
  ]);
  const file = parse(factsFile(environment, region, digit)) as object;
  return factsSchema.parse({ ...file, targetGroups: Object.fromEntries(groups) });
}

/** A cluster by name. */
export function clusterOf(one: EstateModel, name: string): Cluster {
  const found = one.clusters.find((cluster) => cluster.name === name);
  if (!found) throw new Error(`Cannot find cluster "${name}"`);
  return found;
}

/** The two prod clusters, by position. */
export const HOME = 'prod-us-east-1';
export const PEER = 'prod-eu-west-1';

/** The objects of one application. */
export function rendered(one: EstateModel, cluster: string, name: string): Json[] {
  const found = applications(one, clusterOf(one, cluster)).find((application) => application.name === name);
  if (!found) throw new Error(`Cannot find application "${name}"`);
  return found.chart(new App()).toJson();
}

/** The objects of every application. */
export const everything = (one: EstateModel, cluster: string): Json[] =>
  applications(one, clusterOf(one, cluster)).flatMap(({ chart }) => chart(new App()).toJson());

/** The one object of a kind, and of a name where there are several. */
export function only(objects: readonly Json[], kind: string, name?: string): Json {
  const found = objects.filter((object) => object.kind === kind && (!name || object.metadata.name === name));
  if (found.length !== 1) throw new Error(`Cannot choose one ${kind}: there are ${found.length}`);
  return found[0];
}

/** One object of the service `catalog`. */
export const catalog = (one: EstateModel, cluster: string, kind: string): Json =>
  only(rendered(one, cluster, 'catalog'), kind);
