/**
 * The real AWS provider of the family rds against the emulated AWS: what it does to the stores that a flip moves, and
 * what it would do without the two keys of `initProvider` that keep it silent.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateDBInstanceCommand, FailoverGlobalClusterCommand, RDSClient } from '@aws-sdk/client-rds';
import type { CallRecord } from '../../aws/orders';
import type { Kube } from '../../kube';
import { hasCondition } from '../../../platform/managed';
import type { Scenario, Stage } from '../drill';
import { flipByGit } from '../flips';
import { expectSettled } from '../invariants';
import { timed } from '../observe';
import { peerReady } from './planned';

/** Two looks of the provider at the least: it looks every half minute. */
const QUIET_MS = 75_000;
const CLUSTERS = '/apis/rds.aws.m.upbound.io/v1beta1';
const NAMESPACE = 'default';

export const provider: Scenario = {
  name: 'provider',
  title: 'The real provider leaves a promotion alone, and would not without two keys of initProvider',
  play: async (stage) => {
    const { layout, home, peer, world, event, expect } = stage;
    if (layout.provider !== 'rds')
      return expect('the lab runs with the real provider', false, layout.provider);
    await expectSettled(stage, home, [home, peer]);
    const { now: atRest } = await world.aws.calls();
    await sleep(QUIET_MS);
    const before = new Set((await asked(stage, atRest)).map(wordsOf));
    await peerReady(stage, peer);
    const { now } = await world.aws.calls();
    await flipByGit(stage, peer);
    await sleep(QUIET_MS);
    const during = await asked(stage, now);
    for (const words of new Set(during.map(wordsOf))) event(`asked again and again: ${words}`);
    const news = during.map(wordsOf).filter((words) => !before.has(words));
    expect(
      'the provider asks for nothing that it did not ask for before the promotion',
      news.length === 0,
      news,
    );
    await expectSettled(stage, peer, [home, peer]);
    await expectCounterExample(
      stage,
      'without-source',
      'replicationSourceIdentifier',
      /PromoteReadReplicaDBCluster/,
    );
    await expectCounterExample(stage, 'without-global', 'globalClusterIdentifier', /RemoveFromGlobalCluster/);
    await peerReady(stage, home);
    await flipByGit(stage, home);
    await expectSettled(stage, home, [home, peer]);
  },
};

const isProviders = ({ userAgent, service }: CallRecord) =>
  service === 'rds' && /terraform|upbound|upjet/i.test(userAgent);
const actionOf = ({ action, region }: CallRecord) => `${action} in ${region}`;

/** What the provider asked AWS to change since a moment. */
const asked = async ({ world }: Stage, since: number) =>
  (await world.aws.calls(since)).calls.filter(isProviders);

/** A call field by field: the emulator leaves some out of its answers, and the provider asks for them at each look. */
const wordsOf = (call: CallRecord) =>
  [
    `${actionOf(call)}:`,
    ...Object.entries(call.parameters)
      .filter(([name]) => name !== 'Action' && name !== 'Version')
      .map(([name, value]) => `${name}=${value}`),
  ].join(' ');

/** A global database beside those of the estate, whose home member lacks a key once it has been demoted. */
async function expectCounterExample(stage: Stage, name: string, key: string, acts: RegExp): Promise<void> {
  const { home, peer, kube, world, event, expect } = stage;
  const [homeApi, peerApi] = [await kube(home), await kube(peer)];
  await create(homeApi, 'globalclusters', 'GlobalCluster', name, { region: home.name }, {});
  await isReady(homeApi, 'globalclusters', name);
  const born = { globalClusterIdentifier: name, replicationSourceIdentifier: '' };
  const writer = { masterUsername: 'dbadmin', masterPasswordSecretRef: { name, key: 'password' } };
  await homeApi.apply(`/api/v1/namespaces/${NAMESPACE}/secrets/${name}`, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: NAMESPACE },
    stringData: { password: 'made-up-by-the-lab' },
  });
  await create(homeApi, 'clusters', 'Cluster', `${name}-home`, { region: home.name }, { ...born, ...writer });
  await isReady(homeApi, 'clusters', `${name}-home`);
  await create(peerApi, 'clusters', 'Cluster', `${name}-peer`, { region: peer.name }, born);
  await isReady(peerApi, 'clusters', `${name}-peer`);
  await failover(stage, name);
  event(`${name}: promoted by hand, the key ${key} is taken from the demoted member`);
  const { now } = await world.aws.calls();
  // Merging null takes the key out.
  await homeApi.merge(`${CLUSTERS}/namespaces/${NAMESPACE}/clusters/${name}-home`, {
    spec: { initProvider: { [key]: null } },
  });
  const acted = async () => (await asked(stage, now)).filter(({ action }) => acts.test(action));
  const took = await timed(`the provider to act on ${name}`, async () => (await acted()).length > 0).then(
    () => true,
    () => false,
  );
  const calls = await acted();
  expect(`without ${key} the provider would call ${acts.source}`, took, calls.map(actionOf));
  await homeApi.merge(`${CLUSTERS}/namespaces/${NAMESPACE}/clusters/${name}-home`, {
    metadata: { annotations: { 'crossplane.io/paused': 'true' } },
  });
}

async function create(
  kube: Kube,
  plural: string,
  kind: string,
  name: string,
  forProvider: object,
  initProvider: object,
): Promise<void> {
  await kube.apply(`${CLUSTERS}/namespaces/${NAMESPACE}/${plural}/${name}`, {
    apiVersion: 'rds.aws.m.upbound.io/v1beta1',
    kind,
    metadata: { name, namespace: NAMESPACE, annotations: { 'crossplane.io/external-name': name } },
    spec: {
      managementPolicies: ['Observe', 'Create', 'Update'],
      providerConfigRef: { kind: 'ClusterProviderConfig', name: 'default' },
      forProvider: {
        engine: 'aurora-postgresql',
        ...(kind === 'GlobalCluster' ? { engineVersion: '16.8' } : { skipFinalSnapshot: true }),
        storageEncrypted: true,
        ...forProvider,
      },
      initProvider: kind === 'GlobalCluster' ? initProvider : { engineVersion: '16.8', ...initProvider },
    },
  });
}

const isReady = (kube: Kube, plural: string, name: string) =>
  timed(`${plural} ${name}`, async () =>
    hasCondition(await kube.get(`${CLUSTERS}/namespaces/${NAMESPACE}/${plural}/${name}`), 'Ready'),
  );

/** As a person would, past everything of ours. */
async function failover({ layout, peer }: Stage, name: string): Promise<void> {
  const client = new RDSClient({
    region: peer.name,
    endpoint: `http://127.0.0.1:${layout.ports.gateway}`,
    credentials: { accessKeyId: layout.account, secretAccessKey: 'drill' },
  });
  // A cluster without an instance cannot take over.
  await client.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: `${name}-peer-0`,
      DBClusterIdentifier: `${name}-peer`,
      DBInstanceClass: 'db.r6g.large',
      Engine: 'aurora-postgresql',
    }),
  );
  const target = `arn:aws:rds:${peer.name}:${layout.account}:cluster:${name}-peer`;
  await client.send(
    new FailoverGlobalClusterCommand({
      GlobalClusterIdentifier: name,
      TargetDbClusterIdentifier: target,
      AllowDataLoss: true,
    }),
  );
  client.destroy();
}
