/** What the data of each store rests on, read from what is rendered. */
import type { Protection } from '../../../review/assessment';
import { rpoOf } from '../../../review/numbers/rpo';
import type { RenderedEstate } from '../../../review/rendered';
import { committed as onDisk } from '../checks/_rendered';
import { committed as asRendered, edited, rewritten } from './_estates';

/** With the committed stacks, which the other estates of these tests go without. */
const stacked = (estate: RenderedEstate): RenderedEstate => ({
  ...estate,
  templates: onDisk.get(estate.input.estate.name)?.templates ?? [],
});

const committed = (name: string) => stacked(asRendered(name));

const protectionsOf = (estate: RenderedEstate, store: string): readonly Protection[] =>
  rpoOf(estate).lines.find((line) => line.store === store)?.protections ?? [];

const boundsOf = (estate: RenderedEstate, store: string) =>
  protectionsOf(estate, store).map(({ name, bound }) => [name, bound]);

const namesOf = (estate: RenderedEstate, store: string) =>
  protectionsOf(estate, store).map(({ name }) => name);

/** A day, an hour to begin, ten to complete. */
const SNAPSHOTS = ['daily snapshots', 126_000];

const stores: Record<string, { reason: string; estate: string; rests: unknown[] }> = {
  'shop/orders': {
    reason: 'a database follows, can be wound back, and is in a vault of the other region',
    estate: 'storefront',
    rests: [['replication of the database', 1], ['continuous backup of the database', 300], SNAPSHOTS],
  },
  'shop/media': {
    reason: 'time control is the bound of a copy, versions lose nothing',
    estate: 'storefront',
    rests: [['replication of the bucket', 900], ['versions of the objects', 0], SNAPSHOTS],
  },
  'app/items': {
    reason: 'a replica is part of its table, which is backed up at home',
    estate: 'global-tables',
    rests: [['replication of the table', 5], ['continuous backup of the table', 300], SNAPSHOTS],
  },
  'shop/sessions': {
    reason: 'a cache in each region has its own snapshots alone: a day and their window',
    estate: 'storefront',
    rests: [['daily snapshots', 90_000]],
  },
};

test.each(Object.entries(stores))('S0-48: %s rests on what is rendered', (store, { estate, rests }) => {
  expect(boundsOf(committed(estate), store)).toEqual(rests);
});

test('S0-48: snapshots of a database say how long they are kept and where they are copied to', () => {
  const snapshots = protectionsOf(committed('storefront'), 'shop/orders').at(-1);
  expect(snapshots?.against).toBe('both');
  expect(snapshots?.how).toBe(
    'complete within 11 h; kept 30 days; then copied to the other region, which comes on top, and there kept 30 days',
  );
});

type Rule = Record<string, unknown>;

/** Storefront whose daily rules say something else. */
function ruled(change: (rule: Rule) => void): RenderedEstate {
  const estate = structuredClone(committed('storefront'));
  for (const { Properties } of estate.templates.flatMap(({ resources }) => Object.values(resources))) {
    const plan = (Properties as { BackupPlan?: { BackupPlanRule: Rule[] } } | undefined)?.BackupPlan;
    plan?.BackupPlanRule.filter(({ RuleName }) => RuleName === 'daily').forEach(change);
  }
  return estate;
}

const rules: Record<string, { reason: string; change: (rule: Rule) => void; snapshots: object[] }> = {
  'a shorter window': {
    reason: 'the next one is usable earlier',
    change: (rule) => Object.assign(rule, { CompletionWindowMinutes: 120 }),
    snapshots: [{ bound: 86_400 + 3 * 3600 }],
  },
  'no window': {
    reason: 'nobody knows when one is usable',
    change: (rule) => delete rule['CompletionWindowMinutes'],
    snapshots: [{ how: expect.stringMatching(/^kept 30 days/) }],
  },
  'no copy': {
    reason: 'it is lost with its region',
    change: (rule) => delete rule['CopyActions'],
    snapshots: [{ against: 'mistake', how: expect.stringContaining('without a copy') }],
  },
  'a copy in the same region': {
    reason: 'it is lost with its region as well',
    change: ({ CopyActions }) =>
      (CopyActions as Rule[]).forEach((action) => {
        const other = String(action['DestinationBackupVaultArn']).includes('eu-west-1')
          ? 'us-east-1'
          : 'eu-west-1';
        action['DestinationBackupVaultArn'] = `arn:aws:backup:${other}:111111111111:backup-vault:second`;
      }),
    snapshots: [{ against: 'mistake' }],
  },
  'a weekly rule': {
    reason: 'it is no daily snapshot',
    change: (rule) => Object.assign(rule, { ScheduleExpression: 'cron(0 5 ? * 1 *)' }),
    snapshots: [],
  },
};

test.each(Object.entries(rules))('S0-48: backups with %s', (_name, { change, snapshots }) => {
  const found = protectionsOf(ruled(change), 'shop/orders').filter(({ name }) => name === 'daily snapshots');
  expect(found).toMatchObject(snapshots);
});

type Draft = any; // oxlint-disable-line typescript/no-explicit-any -- rendered objects are foreign shapes

const losses: Record<
  string,
  { reason: string; store: string; change: (object: Draft) => void; lost: string }
> = {
  'tags of another estate': {
    reason: 'the selection goes by tags',
    store: 'shop/orders',
    change: ({ kind, spec }) => {
      if (kind === 'Cluster') spec.forProvider.tags['flipside.dev/estate'] = 'other';
    },
    lost: 'daily snapshots',
  },
  'no tag of a claim': {
    reason: 'the selection asks for one, whatever it says',
    store: 'shop/media',
    change: ({ kind, spec }) => {
      if (kind === 'Bucket') delete spec.forProvider?.tags['flipside.dev/claim'];
    },
    lost: 'daily snapshots',
  },
  'suspended versions': {
    reason: 'what is overwritten is gone',
    store: 'shop/media',
    change: ({ kind, spec }) => {
      if (kind === 'BucketVersioning') spec.forProvider.versioningConfiguration.status = 'Suspended';
    },
    lost: 'versions of the objects',
  },
  'no days of backup': {
    reason: 'nothing to wind back to',
    store: 'shop/orders',
    change: ({ kind, spec }) => {
      if (kind === 'Cluster') delete spec.forProvider.backupRetentionPeriod;
    },
    lost: 'continuous backup of the database',
  },
};

test.each(Object.entries(losses))(
  'S0-48: with %s a store loses a protection',
  (_name, { store, change, lost }) => {
    const before = namesOf(committed('storefront'), store);
    expect(namesOf(stacked(rewritten('storefront', change)), store)).toEqual(
      before.filter((name) => name !== lost),
    );
  },
);

test('S0-48: the days are those that the claim asks for', () => {
  const shorter = edited('storefront', ({ claims }) => {
    for (const { kind, spec } of claims) if (kind === 'PostgresDatabase') spec.backup.days = 7;
  });
  expect(protectionsOf(shorter, 'shop/orders')[1]?.how).toContain('last 7 days');
});
