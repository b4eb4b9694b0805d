import { HOME, type Json, model, rendered } from './_model';

const estate = model({
  services: [{}, { name: 'pay', team: 'pay' }, { name: 'other', team: 'other' }],
  claims: [{ kind: 'Cache', name: 'sessions', spec: { teams: ['pay'] } }],
});
const objects = (team: string): Json[] => rendered(estate, HOME, `team-${team}`);
const kinds = (team: string) => objects(team).map(({ kind }) => kind);
const find = (team: string, kind: string): Json => objects(team).find((object) => object.kind === kind);

test('S1-10 the team that a cache lists reads its connection Secret, under the same name', () => {
  expect(find('pay', 'ExternalSecret')).toMatchObject({
    metadata: { name: 'sessions-connection', namespace: 'pay' },
    spec: {
      secretStoreRef: { kind: 'SecretStore', name: 'shop-sessions' },
      dataFrom: [{ extract: { key: 'sessions-connection' } }],
    },
  });
  expect(find('pay', 'SecretStore').spec.provider.kubernetes).toMatchObject({
    remoteNamespace: 'shop',
    auth: { serviceAccount: { name: 'shared-connections' } },
  });
});

test('S1-10, S0-56 it may read that one Secret and nothing else', () => {
  expect(find('shop', 'Role').rules).toEqual([
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['sessions-connection'], verbs: ['get'] },
  ]);
  expect(find('shop', 'RoleBinding').subjects).toEqual([
    { kind: 'ServiceAccount', name: 'shared-connections', namespace: 'pay' },
  ]);
});

test('S1-10 a team that is not listed gets nothing', () => {
  expect(kinds('other')).toEqual(['Namespace', 'NetworkPolicy', 'ResourceQuota', 'LimitRange']);
});
