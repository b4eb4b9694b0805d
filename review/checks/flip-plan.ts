/** Each region's plan of a flip names itself, the other region, every single-writer store and every service. */
import type { Check } from '../check';
import type { RenderedEstate } from '../rendered';
import { type Located, appliedOf, listAt, mapAt, numberAt, prodOf, spot, textAt } from './_read';

/** A promotion moves all writers and raises all floors, in the region that it runs in. */
export const flipPlan: Check = {
  id: 'flip-plan',
  title: 'The plan of a flip covers every writer and every service, in its own region',
  severity: 'error',
  reference: 'design of the flip, S0-35, S3-28',
  run: (estate, report) =>
    prodOf(estate).flatMap((cluster) => {
      const [composition] = appliedOf([cluster], 'Composition').filter(
        ({ object }) => textAt(object, 'spec.compositeTypeRef.kind') === 'PrimaryRegion',
      );
      if (!composition) return [report(missing(cluster))];
      return faultsOf(estate, composition).map(([path, message]) =>
        report({
          message: `The plan of ${cluster.name} ${message}`,
          path: spot(composition, `spec.pipeline[0].input.flip.${path}`),
          remedy: 'Run `flipside synth`; when it stays, model/flip.ts leaves something out',
        }),
      );
    }),
};

const missing = (cluster: Located['cluster']) => ({
  message: `${cluster.name} has no Composition for PrimaryRegion, so nothing there can take over`,
  path: `${cluster.name}/apis`,
  remedy: 'Render the application apis',
});

type Fault = readonly [path: string, message: string];

function faultsOf(estate: RenderedEstate, composition: Located): Fault[] {
  const plan = mapAt(listAt(composition.object, 'spec.pipeline')[0], 'input.flip');
  return [
    ...placeFaults(estate, composition.cluster.region, plan),
    ...storeFaults(estate, plan),
    ...floorFaults(estate, plan),
  ];
}

function placeFaults({ input }: RenderedEstate, own: string, plan: object): Fault[] {
  const { home, peer } = input.estate.regions;
  const expected = { region: own, other: own === home.name ? peer.name : home.name, home: home.name };
  return Object.entries(expected)
    .filter(([key, region]) => textAt(plan, key) !== region)
    .map(([key, region]) => [key, `names ${key} "${textAt(plan, key)}", expected "${region}"`]);
}

function storeFaults({ input }: RenderedEstate, plan: object): Fault[] {
  const planned = new Map(
    listAt(plan, 'stores').map((store) => [`${textAt(store, 'namespace')}/${textAt(store, 'name')}`, store]),
  );
  const { home, peer } = input.estate.regions;
  return input.claims.filter(hasOneWriter).flatMap(({ metadata }): Fault[] => {
    const store = planned.get(`${metadata.namespace}/${metadata.name}`);
    if (!store)
      return [['stores', `leaves out ${metadata.namespace}/${metadata.name}, which has one writer`]];
    const members = mapAt(store, 'members');
    return [home.name, peer.name]
      .filter((region) => !members[region])
      .map((region) => ['stores', `names no member of ${metadata.name} in ${region}`]);
  });
}

const hasOneWriter = ({ kind, spec }: RenderedEstate['input']['claims'][number]) =>
  kind === 'PostgresDatabase' || (kind === 'Cache' && 'scope' in spec && spec.scope === 'global');

function floorFaults({ input }: RenderedEstate, plan: object): Fault[] {
  const floors = new Map(
    listAt(plan, 'floors').map((floor) => [textAt(floor, 'service'), numberAt(floor, 'min')]),
  );
  return input.services
    .filter(({ name }) => (floors.get(name) ?? 0) < 1)
    .map(({ name }) => ['floors', `brings no pod of service ${name}, expected at least 1`]);
}
