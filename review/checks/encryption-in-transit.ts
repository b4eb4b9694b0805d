/** Every hop to a store, to an origin and to a health check is TLS. */
import type { Check } from '../check';
import {
  type Located,
  at,
  composedOf,
  initial,
  kindOf,
  leavesOf,
  listAt,
  spot,
  textAt,
  wanted,
} from './_read';

/** What does not hold of an object, by kind. */
const RULES: Readonly<Record<string, (item: Located) => string | undefined>> = {
  'rds/ClusterParameterGroup': (item) =>
    forcesTls(item) ? undefined : 'lets clients connect without TLS: rds.force_ssl is not 1',
  'elasticache/ReplicationGroup': (item) =>
    wanted(item).transitEncryptionEnabled === true || initial(item).globalReplicationGroupId !== undefined
      ? undefined
      : 'answers without TLS: transitEncryptionEnabled is not true',
  'dax/Cluster': (item) =>
    wanted(item).clusterEndpointEncryptionType === 'TLS' ? undefined : 'answers without TLS',
  's3/BucketPolicy': (item) =>
    textAt(wanted(item), 'policy').includes('"aws:SecureTransport":"false"')
      ? undefined
      : 'lets clients in without TLS: no statement denies aws:SecureTransport false',
  'route53/HealthCheck': (item) =>
    textAt(wanted(item), 'type') === 'HTTP' ? 'asks over plain HTTP' : undefined,
  'cloudfront/Distribution': (item) => plainHop(item),
};

/** Encryption in transit, from the user to the store. */
export const encryptionInTransit: Check = {
  id: 'encryption-in-transit',
  title: 'Every hop to a store, an origin and a health check is TLS',
  severity: 'error',
  reference: 'C-16, S0-55, S4-118',
  run: (estate, report) =>
    composedOf(estate.clusters, ...Object.keys(RULES)).flatMap((item) => {
      const problem = RULES[kindOf(item.object)]?.(item);
      if (!problem) return [];
      return [
        report({
          message: `${item.object.kind} ${problem}`,
          path: spot(item, 'spec.forProvider'),
          remedy: 'Ask for TLS there: what crosses a zone or a region must not be readable',
        }),
      ];
    }),
};

const forcesTls = (item: Located) =>
  listAt(wanted(item), 'parameter').some(
    (one) => textAt(one, 'name') === 'rds.force_ssl' && textAt(one, 'value') === '1',
  );

function plainHop(item: Located): string | undefined {
  const plain = leavesOf(wanted(item)).find(
    ([path, value]) =>
      (path.endsWith('viewerProtocolPolicy') && value === 'allow-all') ||
      (path.endsWith('originProtocolPolicy') && value !== 'https-only'),
  );
  if (plain) return `has ${plain[0]} ${plain[1]}`;
  return at(wanted(item), 'viewerCertificate.cloudfrontDefaultCertificate') === true
    ? 'has no certificate of its own'
    : undefined;
}
