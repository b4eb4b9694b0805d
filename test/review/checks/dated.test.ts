import { runCheck } from '../../../review/check';
import { type CheckOptions, checksFor } from '../../../review/checks';
import { unset } from './_mutate';
import { committed } from './_rendered';

const storefront = committed.get('storefront');
if (!storefront) throw new Error('Cannot find estate "storefront"');

/** Messages of one check, on a day and with a ledger. */
function said(id: string, options: CheckOptions): string[] {
  const check = checksFor(options).find((one) => one.id === id);
  if (!check || !storefront) throw new Error(`Cannot find check "${id}"`);
  return runCheck(check, storefront).map(({ message }) => message);
}

const restored = (day: string) => ({ 'shop/orders': day, 'shop/media': day });

const days: Record<string, { reason: string; check: string; options: CheckOptions; finds: number }> = {
  'no ledger': {
    reason: 'what is not recorded has not happened',
    check: 'recent-drill',
    options: { today: '2026-11-21' },
    finds: 1,
  },
  'a drill of last month': {
    reason: 'within the quarter',
    check: 'recent-drill',
    options: { today: '2026-11-21', ledger: { lastDrill: '2026-10-21' } },
    finds: 0,
  },
  'a drill 92 days ago': {
    reason: 'the last day',
    check: 'recent-drill',
    options: { today: '2026-11-21', ledger: { lastDrill: '2026-08-21' } },
    finds: 0,
  },
  'a drill 93 days ago': {
    reason: 'a day too late',
    check: 'recent-drill',
    options: { today: '2026-11-21', ledger: { lastDrill: '2026-08-20' } },
    finds: 1,
  },
  'no restore': {
    reason: 'one finding for each store; a cache is filled again',
    check: 'tested-restores',
    options: { today: '2026-11-21', ledger: {} },
    finds: 2,
  },
  'one store restored': {
    reason: 'the other one is still open',
    check: 'tested-restores',
    options: { today: '2026-11-21', ledger: { lastRestores: { 'shop/orders': '2026-11-01' } } },
    finds: 1,
  },
  'both stores restored': {
    reason: 'nothing is left',
    check: 'tested-restores',
    options: { today: '2026-11-21', ledger: { lastRestores: restored('2026-11-01') } },
    finds: 0,
  },
  'restores of last year': {
    reason: 'backups change',
    check: 'tested-restores',
    options: { today: '2026-11-21', ledger: { lastRestores: restored('2025-11-01') } },
    finds: 2,
  },
  'eight months of support': {
    reason: 'more than 90 days',
    check: 'kubernetes-support',
    options: { today: '2026-11-21' },
    finds: 0,
  },
  'ninety days of support': {
    reason: 'an upgrade has to begin',
    check: 'kubernetes-support',
    options: { today: '2027-05-04' },
    finds: 2,
  },
  'after the end of support': {
    reason: 'both regions are told',
    check: 'kubernetes-support',
    options: { today: '2027-09-01' },
    finds: 2,
  },
};

test.each(Object.entries(days))('%s', (_name, { check, options, finds }) => {
  expect(said(check, options)).toHaveLength(finds);
});

test('a version that nobody knows the end of is no pass', () => {
  const clusters = storefront.clusters.map((cluster) => ({ ...cluster, applications: new Map() }));
  const [check] = checksFor({ today: '2026-11-21' }).filter(({ id }) => id === 'kubernetes-support');
  const found = check ? runCheck(check, { ...storefront, clusters, templates: [] }) : [];
  expect(found.map(({ message }) => message)).toEqual([
    expect.stringContaining('"unknown"'),
    expect.stringContaining('"unknown"'),
  ]);
});

test('the version of the EKS cluster counts, where its template is rendered', () => {
  const resources = { Eks: { Type: 'AWS::EKS::Cluster', Properties: { Version: '1.34' } } };
  const template = {
    file: 'dist/storefront/aws/x.json',
    stack: 'storefront-prod-us-east-1-cluster',
    resources,
  };
  const [check] = checksFor({ today: '2026-11-21' }).filter(({ id }) => id === 'kubernetes-support');
  const found = check ? runCheck(check, { ...storefront, templates: [template] }) : [];
  expect(found.map(({ path }) => path)).toEqual([
    'dist/storefront/aws/x.json#Resources/Eks/Properties/Version',
  ]);
});

test('a boundary that allows everything grants nothing; a policy that does is an error', () => {
  const everything = { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } };
  const resources = {
    Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'edge', ...everything } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { PermissionsBoundary: 'arn:aws:iam::111111111111:policy/edge' },
    },
    Wide: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'wide', ...everything } },
  };
  const template = { file: 'dist/storefront/aws/x.json', stack: 'prod-us-east-1-identity', resources };
  const [check] = checksFor({ today: '2026-11-21' }).filter(({ id }) => id === 'no-wildcard-permissions');
  const found = check ? runCheck(check, { ...storefront, templates: [template] }) : [];
  expect(new Set(found.map(({ path }) => path))).toEqual(
    new Set(['dist/storefront/aws/x.json#Resources/Wide']),
  );
});

test('regions beside each other are told', () => {
  const input = structuredClone(storefront.input);
  Object.assign(input.estate.regions.peer, { name: 'us-east-2' });
  const [check] = checksFor({ today: '2026-11-21' }).filter(({ id }) => id === 'distant-regions');
  expect(check && runCheck(check, { ...storefront, input })).toMatchObject([{ severity: 'warning' }]);
});

test('a region that is not rendered is an error, and no reason for the others to break', () => {
  const clusters = storefront.clusters.filter(({ position }) => position === 'home');
  const found = checksFor({ today: '2026-11-21' }).flatMap((check) =>
    runCheck(check, { ...storefront, clusters }),
  );
  expect(found.map(({ check }) => check)).toContain('both-regions');
});

test('objects without any field break no check', () => {
  const clusters = storefront.clusters.map((cluster) => ({
    ...cluster,
    applications: new Map(
      [...cluster.applications].map(([name, placed]) => [
        name,
        placed.map(({ file, object }) => {
          const bare = structuredClone(object);
          unset(bare, 'spec');
          return { file, object: bare };
        }),
      ]),
    ),
    claims: cluster.claims.map((claim) => ({
      ...claim,
      objects: claim.objects.map(({ file, object }) => {
        const bare = structuredClone(object);
        unset(bare, 'spec');
        return { file, object: bare };
      }),
    })),
  }));
  const run = () =>
    checksFor({ today: '2026-11-21' }).map((check) => [
      check.id,
      runCheck(check, { ...storefront, clusters }),
    ]);
  expect(run).not.toThrow();
});
