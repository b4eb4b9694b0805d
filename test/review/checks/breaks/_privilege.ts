/** Who may do what. */
import { edit, list, replace, set, withTemplate } from '../_mutate';
import { type Break, ALL, beacon, BUCKETS, containers, forProvider, row, services } from './_row';

/** Each row breaks one thing. */
export const privilege: readonly Break[] = [
  row(
    'no-wildcard-permissions',
    'a ClusterRole for everything',
    ALL,
    edit('ClusterRole', (object) =>
      list(object, 'rules').push({ apiGroups: ['*'], resources: ['pods'], verbs: ['get'] }),
    ),
  ),
  row(
    'no-wildcard-permissions',
    'a replication role for all of S3',
    BUCKETS,
    edit(
      'iam/RolePolicy',
      forProvider(
        'policy',
        JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::b' } }),
      ),
      { position: 'home' },
    ),
  ),
  row(
    'no-wildcard-permissions',
    'a bucket for anybody',
    BUCKETS,
    edit('s3/BucketPolicy', (object) =>
      replace(
        object,
        'spec.forProvider.policy',
        /\]\}$/,
        ',{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}',
      ),
    ),
  ),
  row(
    'no-wildcard-permissions',
    'a stack with a role for every resource',
    ALL,
    withTemplate({
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'rds:DeleteDBCluster', Resource: '*' }] },
        },
      },
    }),
  ),
  row(
    'own-service-account',
    'the account of the namespace',
    ALL,
    edit('Deployment', (object) => set(object, 'spec.template.spec.serviceAccountName', 'default'), services),
  ),
  row(
    'own-secrets',
    'the secret of another service',
    ALL,
    edit(
      'Deployment',
      (object) =>
        list(object, `${containers}.0.envFrom`).push({ secretRef: { name: 'stranger-connection' } }),
      services,
    ),
  ),
  row(
    'own-secrets',
    'a role that reads all secrets',
    ALL,
    edit(
      'Role',
      (object) => list(object, 'rules').push({ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }),
      beacon,
    ),
  ),
  row(
    'default-deny',
    'a namespace that is open outwards',
    ALL,
    edit('NetworkPolicy', (object) => set(object, 'spec.policyTypes', ['Ingress']), {
      name: /^default-deny$/,
    }),
  ),
  row(
    'default-deny',
    'a workload without a policy',
    ALL,
    edit(
      'NetworkPolicy',
      (object) => set(object, 'spec.podSelector', { matchLabels: { app: 'another' } }),
      beacon,
    ),
  ),
  row(
    'default-deny',
    'a rule for everybody',
    ALL,
    edit('NetworkPolicy', (object) => set(object, 'spec.ingress', [{}]), beacon),
  ),
];
