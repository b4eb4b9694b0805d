/** Every manifest of the estate, taken by real API servers, and what they refuse. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PRIMARY_REGION_APPLICATION } from '../../../model/applications';
import { complaintOf, exec } from '../../../scripts/exec';
import { SYSTEM_NAMESPACE } from '../../../spec/claims';
import { flags } from '../../flags';
import { kubeOf } from '../../kube';
import { onCallKubeconfigPath } from '../../kubeconfig';
import { partPath } from '../../parts';
import { APPLICATIONS } from '../../refresh';
import { clonePath } from '../../repository';
import { claimPathOf } from '../../status';
import type { Scenario, Stage } from '../drill';
import { epochIn } from '../flips';

const APPLY_MS = 5 * 60_000;
const SYSTEM = `/apis/batch/v1/namespaces/${SYSTEM_NAMESPACE}`;

export const accepted: Scenario = {
  name: 'accepted',
  title: 'A real API server takes every manifest under strict validation, and refuses what the rules refuse',
  play: async (stage) => {
    const { layout, home, peer } = stage;
    const base = join(clonePath(layout.state), 'dist', layout.estate, 'kubernetes');
    for (const cluster of readdirSync(base)) {
      // Environments of one region have the same kinds and namespaces as prod.
      const region = cluster === peer.cluster ? peer : home;
      await expectTaken(stage, region.kubeconfig, cluster, join(base, cluster));
    }
    await expectRules(stage);
    await expectKnownFields(stage);
    await expectOnCall(stage);
    await expectPodSecurity(stage);
  },
};

async function expectTaken(
  { layout, expect, figure }: Stage,
  kubeconfig: string,
  cluster: string,
  dir: string,
): Promise<void> {
  const args = [
    'apply',
    ...flags({
      'server-side': true,
      'dry-run': 'server',
      validate: 'strict',
      'force-conflicts': true,
      recursive: true,
      kubeconfig,
      filename: dir,
    }),
  ];
  const ran = await exec(partPath(layout.root, 'kubernetes', 'kubectl'), args, {
    timeout: APPLY_MS,
    env: { HOME: layout.state },
  });
  const taken = ran.stdout.split('\n').filter((line) => line.includes('serverside-applied')).length;
  expect(
    `every manifest of ${cluster} is taken`,
    ran.ok && taken > 0,
    ran.ok ? `${taken}` : complaintOf(ran),
  );
  figure(`manifests of ${cluster} taken`, taken, 'calls');
}

/** Each way, on the regional claim as it stands; nothing is changed. */
async function expectRules(stage: Stage): Promise<void> {
  const { layout, home, peer, kube, expect } = stage;
  const api = await kube(home);
  const epoch = await epochIn(layout, home);
  const path = `${claimPathOf(layout)}`;
  const next = epoch + 1;
  const cases: readonly (readonly [string, object, boolean])[] = [
    ['another region with the next epoch', { region: peer.name, epoch: next }, true],
    ['another region with the same epoch', { region: peer.name, epoch }, false],
    ['a lower epoch', { epoch: epoch - 1 }, false],
    ['a third region', { region: 'ap-south-1', epoch: next }, false],
    ['unplanned, nothing accepted', { region: peer.name, epoch: next, mode: 'Unplanned' }, false],
    [
      'unplanned, data loss accepted',
      { region: peer.name, epoch: next, mode: 'Unplanned', acceptDataLoss: true },
      true,
    ],
    ['an override without a reason', { override: { region: peer.name, epoch: next } }, false],
    ['an override with a reason', { override: { region: peer.name, epoch: next, reason: 'drill' } }, true],
  ];
  for (const [what, spec, wanted] of cases) {
    const answer = await answerTo(api.merge(path, { spec }, { dryRun: true }));
    expect(`${what} is ${wanted ? 'taken' : 'refused'}`, (answer === 'taken') === wanted, answer);
  }
}

/** Argo CD applies without asking for the schema first: a field that is misspelt has to be refused all the same. */
async function expectKnownFields({ layout, home, kube, expect }: Stage): Promise<void> {
  const api = await kube(home);
  const path = claimPathOf(layout);
  const { apiVersion, kind, metadata, spec } = await api.get(path);
  const { name, namespace } = metadata;
  const applied = (fields: object) =>
    answerTo(
      api.apply(path, { apiVersion, kind, metadata: { name, namespace }, spec: fields }, { dryRun: true }),
    );
  const known = await applied({ region: spec.region, epoch: spec.epoch });
  expect('a claim with known fields is applied', known === 'taken', known);
  const unknown = await applied({ regoin: spec.region });
  expect('a claim with an unknown field is refused', unknown.includes('not declared in schema'), unknown);
}

/** `taken`, or why not. */
const answerTo = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'taken',
    (error: Error) => error.message,
  );

/** What on call may change, and that the same change of an administrator is taken; nothing is changed. */
async function expectOnCall(stage: Stage): Promise<void> {
  const { layout, home, peer, kube, expect } = stage;
  const [admin, onCall] = [await kube(home), await kubeOf(onCallKubeconfigPath(home))];
  const epoch = (await epochIn(layout, home)) + 1;
  const claim = claimPathOf(layout);
  const [first, other] = [PRIMARY_REGION_APPLICATION, 'flip'].map((name) => `${APPLICATIONS}/${name}`);
  const annotated = { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } };
  const override = { spec: { override: { region: peer.name, epoch, reason: 'drill' } } };
  const cases: readonly (readonly [string, string | undefined, object, boolean])[] = [
    ['an override', claim, override, true],
    ['a check without a flip', claim, { spec: { dryRun: { region: peer.name, run: epoch } } }, true],
    ['a flip as Git writes it', claim, { spec: { region: peer.name, epoch } }, false],
    ['the trigger', claim, { spec: { trigger: { afterSeconds: 21 } } }, false],
    ['asking Argo CD to look', first, annotated, true],
    ['asking it to look at something else', other, annotated, false],
    ['what Argo CD delivers', first, { spec: { source: { targetRevision: 'mine' } } }, false],
    ['a sync of a commit of choice', first, { operation: { sync: { revision: 'mine' } } }, false],
  ];
  for (const [what, path = '', body, wanted] of cases) {
    const answer = await answerTo(onCall.merge(path, body, { dryRun: true }));
    expect(`on call: ${what} is ${wanted ? 'taken' : 'refused'}`, (answer === 'taken') === wanted, answer);
    const admins = await answerTo(admin.merge(path, body, { dryRun: true }));
    expect(`an administrator: ${what} is taken`, admins === 'taken', admins);
  }
  const seen = await answerTo(onCall.list(`${SYSTEM}/jobs`));
  expect('on call sees the jobs of a flip', seen === 'taken', seen);
  const secrets = await answerTo(onCall.list('/api/v1/secrets'));
  expect('on call sees no secret', secrets !== 'taken', secrets);
}

/** The restricted standard, in a team's namespace. */
async function expectPodSecurity({ layout, home, kube, expect }: Stage): Promise<void> {
  const api = await kube(home);
  const namespaces = await api.list('/api/v1/namespaces?labelSelector=flipside.dev%2Fteam');
  const name = namespaces[0]?.metadata.name;
  if (!name) return expect(`${layout.estate} has a team's namespace`, false);
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'careless', namespace: name },
    spec: { containers: [{ name: 'app', image: 'example/app' }] },
  };
  const answer = await answerTo(api.create(`/api/v1/namespaces/${name}/pods`, pod, { dryRun: true }));
  expect('a pod that may run as root is refused', answer.includes('PodSecurity'), answer);
}
