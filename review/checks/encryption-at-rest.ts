/** Every store and every disk is encrypted, with a key of KMS. */
import type { Check } from '../check';
import type { RenderedEstate } from '../rendered';
import {
  type Located,
  at,
  composedOf,
  everyOf,
  initial,
  isManaged,
  kindOf,
  leavesOf,
  matched,
  spot,
  textAt,
  wanted,
} from './_read';

/** What has to hold of a store, by kind; the text says what does not. */
const RULES: Readonly<Record<string, (item: Located) => string | undefined>> = {
  'rds/Cluster': (item) =>
    unless(wanted(item).storageEncrypted === true && textAt(wanted(item), 'kmsKeyId') !== ''),
  'elasticache/ReplicationGroup': (item) =>
    unless(
      (isOn(item, 'atRestEncryptionEnabled') || follows(item)) && textAt(wanted(item), 'kmsKeyId') !== '',
    ),
  'dynamodb/Table': (item) =>
    unless(at(wanted(item), 'serverSideEncryption.enabled') === true || !isManaged(item)),
  'dax/Cluster': (item) => unless(at(wanted(item), 'serverSideEncryption.enabled') === true),
  'secretsmanager/Secret': (item) => unless(textAt(wanted(item), 'kmsKeyId') !== '' || !isManaged(item)),
  NodeClass: (item) => unless(textAt(item.object, 'spec.ephemeralStorage.kmsKeyID') !== ''),
};

/** Data, snapshots, node disks: nothing lies in the clear. */
export const encryptionAtRest: Check = {
  id: 'encryption-at-rest',
  title: 'Every store and every disk is encrypted with a key of KMS',
  severity: 'error',
  reference: 'C-16, S1-53, S4-118, X-45',
  run: (estate, report) => [
    ...everyOf(estate.clusters, ...Object.keys(RULES)).flatMap((item) => {
      const problem = RULES[kindOf(item.object)]?.(item);
      return problem ? [report(finding(item, problem))] : [];
    }),
    ...openBuckets(estate).map((bucket) => report(finding(bucket, 'has no encryption configuration'))),
  ],
};

const unless = (holds: boolean) => (holds ? undefined : 'is not encrypted with a key of KMS');

const isOn = (item: Located, field: string) => String(wanted(item)[field]) === 'true';

/** A member that joins a global datastore is encrypted as the datastore is. */
const follows = (item: Located) => initial(item).globalReplicationGroupId !== undefined;

const finding = (item: Located, problem: string) => ({
  message: `${item.object.kind} ${problem}`,
  path: spot(item, 'spec'),
  remedy: 'Set the key of its region (keys.data of the facts)',
});

function openBuckets({ clusters }: RenderedEstate): Located[] {
  const encryption = composedOf(clusters, 's3/BucketServerSideEncryptionConfiguration').filter((item) =>
    leavesOf(wanted(item)).some(([path]) => path.endsWith('sseAlgorithm')),
  );
  return matched(composedOf(clusters, 's3/Bucket'), encryption, ({ file }) => file).flatMap(
    ({ home, peer }) => (peer ? [] : [home]),
  );
}
