/** Every path over the border of a region, with what encrypts it. */
import type { Check } from '../check';
import type { RenderedEstate } from '../rendered';
import { at, composedOf, listAt, prodOf, textAt, wanted } from './_read';

/** AWS encrypts what Aurora, DynamoDB and Secrets Manager copy between regions, and traffic between its data centres. */
const BY_AWS: Readonly<Record<string, string>> = {
  PostgresDatabase:
    'Aurora Global Database: encrypted by AWS between regions, at rest with each region’s key',
  Table: 'DynamoDB replica: TLS by AWS, at rest with each region’s key',
  AppSecret: 'Secrets Manager replica: TLS by AWS, at rest with each region’s key',
};

/** One line for each path, and an error for a path that nothing encrypts. */
export const crossRegionPaths: Check = {
  id: 'cross-region-paths',
  title: 'Every path between the regions is encrypted',
  severity: 'info',
  reference: 'S0-55',
  run: (estate, report) => [
    ...openReplication(estate).map(({ file, index }) =>
      report({
        severity: 'error',
        message: 'Objects are copied without a key of the other region',
        path: `${file}#BucketReplicationConfiguration/replication/spec.forProvider.rule[${index}]`,
        remedy: 'Name replicaKmsKeyId and enable sseKmsEncryptedObjects',
      }),
    ),
    ...estate.input.claims.flatMap(({ kind, metadata, spec }) => {
      const how = pathOf(kind, spec);
      if (!how) return [];
      const path = `estates/${estate.input.estate.name}/claims/${metadata.namespace}/${metadata.name}.yaml`;
      return [
        report({ message: `${metadata.namespace}/${metadata.name}: ${how}`, path, remedy: 'None: read it' }),
      ];
    }),
  ],
};

function pathOf(kind: string, spec: unknown): string | undefined {
  if (kind === 'Bucket')
    return at(spec, 'replication') === 'none'
      ? undefined
      : `S3 replication: TLS, at rest with ${at(spec, 'encryption') === 'kms' ? 'each region’s key' : 'a key of S3'}`;
  if (kind === 'Cache') return at(spec, 'scope') === 'global' ? 'Global datastore: TLS by AWS' : undefined;
  return BY_AWS[kind];
}

/** Rules that copy from an encrypted bucket and name no key over there. */
const openReplication = (estate: RenderedEstate) =>
  composedOf(prodOf(estate), 's3/BucketReplicationConfiguration').flatMap((item) => {
    const encrypted = composedOf([item.cluster], 's3/BucketServerSideEncryptionConfiguration').some(
      (one) =>
        one.file === item.file &&
        listAt(wanted(one), 'rule').some(
          (rule) => textAt(rule, 'applyServerSideEncryptionByDefault.sseAlgorithm') === 'aws:kms',
        ),
    );
    return listAt(wanted(item), 'rule').flatMap((rule, index) => {
      const key = textAt(rule, 'destination.encryptionConfiguration.replicaKmsKeyId');
      const selected = at(rule, 'sourceSelectionCriteria.sseKmsEncryptedObjects.status') === 'Enabled';
      return encrypted && !(key && selected) ? [{ file: item.file, index }] : [];
    });
  });
