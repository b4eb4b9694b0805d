/** The regional claim: what it is composed to in each region, and what its status says. */
import fc from 'fast-check';
import { primaryRegionKind } from '../../../platform/apis/primary-region';
import { compose } from '../../../platform/apis/primary-region/compose';
import type { Manifest, Observed } from '../../../platform/kind';
import { settle } from '../../../platform/settle';
import { type PrimaryRegion, primaryRegionSchema } from '../../../spec/claims';
import type { Placement } from '../../../spec/placement';
import { home as placedHome, peer as placedPeer } from '../../helpers/placement';
import { validateManifest } from '../../helpers/validate';
import { HOME, homePlan, PEER, planOf } from '../../runtime/_plan';

const home: Placement = { ...placedHome, flip: homePlan() };
const peer: Placement = { ...placedPeer, flip: planOf() };

const claim = (spec: object): PrimaryRegion =>
  primaryRegionSchema.parse({
    apiVersion: 'platform.flipside.dev/v1',
    kind: 'PrimaryRegion',
    metadata: { name: 'storefront', namespace: 'flipside-system' },
    spec,
  });

const born = { region: HOME, epoch: 0 };
const flipped = { region: PEER, epoch: 1 };
const override = (region: string, epoch: number) => ({
  region,
  epoch,
  mode: 'Unplanned',
  acceptDataLoss: true,
  reason: 'Git is down',
});

const jobs = (spec: object, placement: Placement, observed: Observed = {}) =>
  Object.keys(compose(claim(spec), observed, placement).resources).filter((key) => key !== 'flip');

interface Case {
  readonly reason: string;
  readonly spec: object;
  readonly home: readonly string[];
  readonly peer: readonly string[];
}

const cases: Record<string, Case> = {
  'epoch 0': { reason: 'stores are born where they belong', spec: born, home: [], peer: [] },
  'a flip to the peer': { reason: 'only the target acts', spec: flipped, home: [], peer: ['promote-1'] },
  'a flip home': {
    reason: 'only the target acts',
    spec: { region: HOME, epoch: 2 },
    home: ['promote-2'],
    peer: [],
  },
  'an override above the spec': {
    reason: 'the higher epoch wins',
    spec: { ...born, override: override(PEER, 1) },
    home: [],
    peer: ['promote-1'],
  },
  'an override below the spec': {
    reason: 'Git has caught up and gone on',
    spec: { region: HOME, epoch: 2, override: override(PEER, 1) },
    home: ['promote-2'],
    peer: [],
  },
  'an override equal to the spec': {
    reason: 'Git has caught up',
    spec: { ...flipped, override: override(PEER, 1) },
    home: [],
    peer: ['promote-1'],
  },
  'one epoch, two regions': {
    reason: 'nothing acts',
    spec: { ...flipped, override: override(HOME, 1) },
    home: [],
    peer: [],
  },
  'a dry run': {
    reason: 'in the region that would take over, beside everything else',
    spec: { ...born, dryRun: { region: PEER, run: 3 } },
    home: [],
    peer: ['dry-run-3'],
  },
  'a dry run after a flip': {
    reason: 'the Job of the flip stays',
    spec: { ...flipped, dryRun: { region: PEER, run: 1 } },
    home: [],
    peer: ['promote-1', 'dry-run-1'],
  },
  'a region that is none of the two': {
    reason: 'the API server refuses it; if not, nobody acts',
    spec: { region: 'ap-south-1', epoch: 1 },
    home: [],
    peer: [],
  },
};

test.each(Object.entries(cases))('%s', (_, { spec, home: inHome, peer: inPeer }) => {
  expect(jobs(spec, home)).toEqual(inHome);
  expect(jobs(spec, peer)).toEqual(inPeer);
});

type PodSpec = {
  containers: { env: { name: string; value?: string; valueFrom?: object }[]; image: string }[];
};

function environment(manifest: Manifest | undefined): Record<string, unknown> {
  const { template } = (manifest as Manifest).spec as { template: { spec: PodSpec } };
  const [container] = template.spec.containers;
  return Object.fromEntries(
    (container?.env ?? []).map(({ name, value, valueFrom }) => [name, value ?? valueFrom]),
  );
}

const composed = (spec: object, placement = peer, observed: Observed = {}) =>
  compose(claim(spec), observed, placement).resources;

test('the Job is told the flip, and where the plan is', () => {
  const unplanned = { ...flipped, epoch: 7, mode: 'Unplanned', acceptDataLoss: true };
  expect(environment(composed(unplanned)['promote-7']?.manifest)).toMatchObject({
    FLIPSIDE_EPOCH: '7',
    FLIPSIDE_MODE: 'Unplanned',
    FLIPSIDE_DRY_RUN: 'false',
    FLIPSIDE_PLAN: { configMapKeyRef: { name: 'flip', key: 'plan.json' } },
  });
});

test('a dry run checks the next epoch in its own mode', () => {
  const { manifest } =
    composed({ ...flipped, dryRun: { region: PEER, run: 2, mode: 'Unplanned' } })['dry-run-2'] ?? {};
  expect(environment(manifest)).toMatchObject({
    FLIPSIDE_NAME: 'dry-run-2',
    FLIPSIDE_EPOCH: '2',
    FLIPSIDE_MODE: 'Unplanned',
    FLIPSIDE_DRY_RUN: 'true',
  });
});

test('the image comes from the registry of the region that acts', () => {
  const text = JSON.stringify(composed(flipped)['promote-1']);
  expect(text).toContain(`111111111111.dkr.ecr.${PEER}.amazonaws.com/flipside/promote@`);
  expect(text).not.toContain(HOME);
});

test('a Job that exists keeps its template, whatever the release', () => {
  const { manifest } = composed(flipped)['promote-1'] ?? {};
  const running = { ...(manifest as Manifest), spec: { template: { spec: 'of an older release' } } };
  expect(composed(flipped, peer, { 'promote-1': running })['promote-1']?.manifest.spec).toBe(running.spec);
});

test('what is composed is valid, and no AWS resource is among it', () => {
  const all = [home, peer].flatMap((placement) =>
    Object.values(composed({ ...flipped, dryRun: { region: PEER, run: 1 } }, placement)),
  );
  expect(all.flatMap(({ manifest }) => validateManifest(manifest))).toEqual([]);
  expect(new Set(all.map(({ manifest }) => manifest.kind))).toEqual(new Set(['ConfigMap', 'Job']));
});

test('the ConfigMap holds the effective flip and the plan of its own region', () => {
  const { data } = (composed({ ...born, override: override(PEER, 1) })['flip']?.manifest ?? {}) as {
    data?: Record<string, string>;
  };
  expect(JSON.parse(data?.['role.json'] ?? '')).toEqual({
    region: PEER,
    epoch: 1,
    mode: 'Unplanned',
    conflict: false,
  });
  expect(JSON.parse(data?.['plan.json'] ?? '')).toEqual(planOf());
});

const spec = fc
  .record({
    region: fc.constantFrom(HOME, PEER),
    epoch: fc.nat({ max: 4 }),
    over: fc.option(fc.tuple(fc.constantFrom(HOME, PEER), fc.nat({ max: 4 })), { nil: undefined }),
  })
  .map(({ region, epoch, over }) => ({ region, epoch, ...(over && { override: override(...over) }) }));

test('of the two regions at most one is told to promote in an epoch', () => {
  fc.assert(
    fc.property(spec, (any) => {
      const promotions = [home, peer].flatMap((placement) => jobs(any, placement));
      expect(promotions.length).toBeLessThanOrEqual(1);
    }),
  );
});

test('the claim settles, with nothing but Kubernetes to answer', () => {
  for (const placement of [home, peer]) {
    const { composition } = settle(primaryRegionKind, claim(flipped), placement);
    expect(Object.values(composition.resources).every(({ ready }) => ready)).toBe(true);
  }
});

test('the API server admits the two regions of the estate and no other', () => {
  const rules = primaryRegionKind.rules?.(home).map(({ rule }) => rule) ?? [];
  expect(rules[0]).toBe(`self.spec.region in ['${HOME}', '${PEER}']`);
  expect(rules.slice(1)).toEqual([
    expect.stringContaining('!has(self.spec.override) ||'),
    expect.stringContaining('!has(self.spec.dryRun) ||'),
  ]);
});

test('kubectl shows the columns people look for', () => {
  expect(primaryRegionKind.columns.map(({ name }) => name)).toEqual([
    'REGION',
    'EPOCH',
    'PHASE',
    'PEER-READY',
    'LAST-FLIP',
    'TOOK',
  ]);
});

describe('S2-16 the release', () => {
  const floors = [{ namespace: 'shop', service: 'web', min: 4, rest: 0 }];
  const standby: Placement = { ...placedPeer, flip: { ...planOf(), floors } };
  const back = { region: HOME, epoch: 2 };

  test.each([
    ['the region was left', back, standby, ['release-2']],
    ['the region takes over', flipped, standby, ['promote-1']],
    ['nobody ever flipped', born, standby, []],
    ['two regions for one epoch', { ...back, override: override(PEER, 2) }, standby, []],
    ['nothing is raised here', back, peer, []],
  ])('%s', (_, spec, placement, expected) => {
    expect(jobs(spec, placement)).toEqual(expected);
  });

  test('asks the other region’s own entry, for twice the time that DNS answers are kept', () => {
    expect(environment(composed(back, standby)['release-2']?.manifest)).toMatchObject({
      FLIPSIDE_OTHER_BEACON: 'https://entry-us-east-1.shop.example.com',
      FLIPSIDE_DRAIN_SECONDS: '120',
    });
  });

  test('nobody waits for it: the claim is ready while it runs, and it has no deadline', () => {
    const { manifest, ready } = composed(back, standby)['release-2'] ?? {};
    expect(ready).toBe(true);
    expect(manifest?.spec).not.toHaveProperty('activeDeadlineSeconds');
  });
});
