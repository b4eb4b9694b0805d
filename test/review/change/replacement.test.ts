import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { Crd, JSONSchema } from '../../../imports/schemas';
import { transitionRules } from '../../../review/change/immutable';
import type { KubeObject } from '../../../review/rendered';
import { facts } from './_estate-facts';
import { type Shape, type Sides, verdict, verdicts, wanting } from './_object';

const root = join(__dirname, '..', '..', '..');
const RDS = 'rds.aws.m.upbound.io/v1beta1';
const KEPT = ['Observe', 'Create', 'Update'];

const born = (forProvider: object, initProvider: object): Shape => ({ spec: { forProvider, initProvider } });
const named = (name: string): Shape => ({
  metadata: { annotations: { 'crossplane.io/external-name': name } },
});

interface Case extends Sides {
  readonly reason: string;
  readonly outcome: string;
  readonly refused?: boolean;
  readonly says?: RegExp;
}

const cases: Record<string, Case> = {
  'a field that forces a new resource': {
    reason: 'upjet refuses what Terraform would replace',
    type: `${RDS}/Cluster`,
    before: wanting({ kmsKeyId: 'a' }),
    after: wanting({ kmsKeyId: 'b' }),
    outcome: 'replacement',
    refused: true,
    says: /the provider refuses it: the object stays Synced=False and nothing is replaced; it needs a new claim/,
  },
  'such a field inside a block': {
    reason: 'the schema says so of the block',
    type: 'dynamodb.aws.m.upbound.io/v1beta1/Table',
    before: wanting({ localSecondaryIndex: [{ name: 'a', rangeKey: 'x' }] }),
    after: wanting({ localSecondaryIndex: [{ name: 'a', rangeKey: 'y' }] }),
    outcome: 'replacement',
    refused: true,
  },
  'a computed field that is left out': {
    reason: 'it keeps the value that AWS has',
    type: `${RDS}/ClusterInstance`,
    before: wanting({ availabilityZone: 'us-east-1a' }),
    after: wanting({}),
    outcome: 'in-place',
  },
  'the same value, moved from initProvider': {
    reason: 'AWS has it already',
    type: `${RDS}/Cluster`,
    before: born({}, { masterUsername: 'a' }),
    after: born({ masterUsername: 'a' }, {}),
    outcome: 'in-place',
  },
  'initProvider of what exists': {
    reason: 'it counts at birth only',
    type: `${RDS}/Cluster`,
    before: born({}, { databaseName: 'a' }),
    after: born({}, { databaseName: 'b' }),
    outcome: 'in-place',
  },
  'what is only observed': {
    reason: 'the provider of this region never writes it',
    type: `${RDS}/GlobalCluster`,
    before: wanting({ engine: 'a' }, { managementPolicies: ['Observe'] }),
    after: wanting({ engine: 'b' }, { managementPolicies: ['Observe'] }),
    outcome: 'in-place',
    says: /only observed/,
  },
  'another external name of a store': {
    reason: 'the provider makes a new one, and forgets the old one',
    type: `${RDS}/Cluster`,
    before: named('a'),
    after: named('b'),
    outcome: 'data-loss',
    says: /external-name a → b: another resource, new and empty; the old one stays in AWS/,
  },
  'another region of a topic-like thing': {
    reason: 'nothing is lost, but it is another one',
    type: 'rds.aws.m.upbound.io/v1beta1/SubnetGroup',
    before: wanting({ region: 'a' }),
    after: wanting({ region: 'b' }),
    outcome: 'replacement',
    refused: false,
  },
  'a store with the Delete policy that is gone': {
    reason: 'the provider deletes it in AWS',
    type: 's3.aws.m.upbound.io/v1beta1/Bucket',
    before: wanting({}, { managementPolicies: [...KEPT, 'Delete'] }),
    outcome: 'data-loss',
    says: /deleted with its data/,
  },
  'a store without it that is gone': {
    reason: 'it stays in AWS',
    type: 's3.aws.m.upbound.io/v1beta1/Bucket',
    before: wanting({}, { managementPolicies: KEPT }),
    outcome: 'removed',
  },
  'a block of addresses of a VPC': {
    reason: 'CloudFormation replaces it',
    type: 'AWS::EC2::VPC',
    before: { Properties: { CidrBlock: '10.0.0.0/16' } },
    after: { Properties: { CidrBlock: '10.1.0.0/16' } },
    outcome: 'replacement',
    refused: false,
  },
  'the name of a bucket in a template': {
    reason: 'the new one is empty',
    type: 'AWS::S3::Bucket',
    before: { Properties: { BucketName: 'a' } },
    after: { Properties: { BucketName: 'b' } },
    outcome: 'data-loss',
  },
  'a key without Retain that leaves a template': {
    reason: 'what it encrypted cannot be read again',
    type: 'AWS::KMS::Key',
    before: { Properties: {} },
    outcome: 'data-loss',
  },
  'a key with Retain that leaves a template': {
    reason: 'it stays in the account',
    type: 'AWS::KMS::Key',
    before: { DeletionPolicy: 'Retain', Properties: {} },
    outcome: 'removed',
  },
  'the selector of a Deployment': {
    reason: 'immutable in apps/v1',
    type: 'apps/v1/Deployment',
    before: { spec: { selector: { matchLabels: { app: 'a' } } } },
    after: { spec: { selector: { matchLabels: { app: 'b' } } } },
    outcome: 'replacement',
    refused: true,
    says: /the API server refuses it/,
  },
  'the template of a Job': {
    reason: 'immutable in batch/v1',
    type: 'batch/v1/Job',
    before: { spec: { template: { spec: { priority: 1 } } } },
    after: { spec: { template: { spec: { priority: 2 } } } },
    outcome: 'replacement',
    refused: true,
  },
  'the replicas of a StatefulSet': {
    reason: 'one of the few fields that may change',
    type: 'apps/v1/StatefulSet',
    before: { spec: { replicas: 1 } },
    after: { spec: { replicas: 2 } },
    outcome: 'in-place',
  },
};

test.each(Object.entries(cases))('%s', (_, { outcome, refused, says, ...sides }) => {
  const judged = verdict(sides);
  expect(judged).toMatchObject({ outcome, ...(refused !== undefined && { refused }) });
  expect(judged.reasons.map(({ text }) => text).join()).toMatch(says ?? /./);
});

const refused: Record<string, { kind: string; before: object; after: object; says: string }> = {
  'a database name': {
    kind: 'PostgresDatabase',
    before: { database: 'a' },
    after: { database: 'b' },
    says: 'cannot change',
  },
  'a lower version': {
    kind: 'PostgresDatabase',
    before: { version: '17' },
    after: { version: '16' },
    says: 'version cannot go down',
  },
  'adopting later': {
    kind: 'PostgresDatabase',
    before: {},
    after: { adopt: { home: 'a' } },
    says: 'adopt cannot change',
  },
  'the key of a table': {
    kind: 'Table',
    before: { key: { partition: { name: 'a' } } },
    after: { key: { partition: { name: 'b' } } },
    says: 'key cannot change',
  },
  'an access point that goes': {
    kind: 'Bucket',
    before: { accessPoint: true },
    after: { accessPoint: false },
    says: 'accessPoint cannot be switched off',
  },
  'a region without a higher epoch': {
    kind: 'PrimaryRegion',
    before: { region: 'a', epoch: 1 },
    after: { region: 'b', epoch: 1 },
    says: 'a change of region needs a higher epoch',
  },
  'a lower epoch': {
    kind: 'PrimaryRegion',
    before: { region: 'a', epoch: 2 },
    after: { region: 'a', epoch: 1 },
    says: 'epoch cannot go down',
  },
};

const allowed: Record<string, { kind: string; before: object; after: object }> = {
  'a higher version': { kind: 'PostgresDatabase', before: { version: '16' }, after: { version: '17' } },
  'another size': { kind: 'PostgresDatabase', before: { size: 'small' }, after: { size: 'large' } },
  'a flip': { kind: 'PrimaryRegion', before: { region: 'a', epoch: 1 }, after: { region: 'b', epoch: 2 } },
};

describe('rules of the XRDs', () => {
  const apis = readFileSync(join(root, 'dist/storefront/kubernetes/prod-us-east-1/apis/apis.yaml'), 'utf8');
  const rules = transitionRules(parseAllDocuments(apis).map((document) => document.toJS() as KubeObject));
  const claim = (kind: string, before: object, after: object) =>
    verdicts({
      type: `platform.flipside.dev/v1/${kind}`,
      before: { metadata: { namespace: 'shop' }, spec: before },
      after: { metadata: { namespace: 'shop' }, spec: after },
      rules,
    })[0];

  test.each(Object.entries(refused))(
    '%s is refused by the API server',
    (_, { kind, before, after, says }) => {
      const judged = claim(kind, before, after);
      expect(judged).toMatchObject({ outcome: 'replacement', refused: true });
      expect(judged?.reasons[0]?.text).toContain(says);
    },
  );

  test.each(Object.entries(allowed))('%s is not', (_, { kind, before, after }) => {
    expect(claim(kind, before, after)?.outcome).toBe('in-place');
  });
});

const fieldAt = (schema: JSONSchema | undefined, path: readonly string[]): JSONSchema | undefined =>
  path.reduce<JSONSchema | undefined>((at, name) => (at?.items ?? at)?.properties?.[name], schema);

const known: Record<string, string> = {
  'rds.aws.m.upbound.io/Cluster': 'kmsKeyId',
  'rds.aws.m.upbound.io/ClusterInstance': 'availabilityZone',
  'elasticache.aws.m.upbound.io/GlobalReplicationGroup': 'primaryReplicationGroupId',
  'route53.aws.m.upbound.io/HealthCheck': 'requestInterval',
  'ec2.aws.m.upbound.io/SecurityGroup': 'vpcId',
  'eks.aws.m.upbound.io/PodIdentityAssociation': 'namespace',
};

const changeable: Record<string, string> = {
  'rds.aws.m.upbound.io/ClusterInstance': 'instanceClass',
  'rds.aws.m.upbound.io/GlobalCluster': 'engineVersion',
  'elasticache.aws.m.upbound.io/ReplicationGroup': 'nodeType',
  'route53.aws.m.upbound.io/HealthCheck': 'failureThreshold',
};

describe('the committed facts', () => {
  const crds = readdirSync(join(root, 'imports/crds'))
    .filter((file) => file.includes('.aws.m.upbound.io_'))
    .map((file) => parse(readFileSync(join(root, 'imports/crds', file), 'utf8')) as Crd);

  test.each(crds.map((crd) => [`${crd.spec.group}/${crd.spec.names.kind}`, crd] as const))(
    '%s: every field is one of the CRD',
    (type, { spec }) => {
      const { always = [], sometimes = [] } =
        facts.provider.types[type as keyof typeof facts.provider.types] ?? {};
      const schema = spec.versions[0]?.schema.openAPIV3Schema;
      const unknown = [...always, ...sometimes].filter(
        (path) => !fieldAt(schema, ['spec', 'forProvider', ...path.split('.')]),
      );
      expect(unknown).toEqual([]);
    },
  );

  test('every managed kind that is imported has facts', () => {
    const kinds = crds.map(({ spec }) => `${spec.group}/${spec.names.kind}`);
    expect(Object.keys(facts.provider.types).toSorted()).toEqual(kinds.toSorted());
  });

  test.each(Object.entries(known))('%s cannot change its %s', (type, field) => {
    expect(facts.provider.types[type as keyof typeof facts.provider.types].always).toContain(field);
  });

  test.each(Object.entries(changeable))('%s can change its %s', (type, field) => {
    expect(facts.provider.types[type as keyof typeof facts.provider.types].always).not.toContain(field);
  });
});
