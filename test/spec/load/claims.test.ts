import { type Edit, both, change, factsFile, write } from '../../helpers/estate';
import { type Mistake, testMistakes } from '../../helpers/problems';

/** A claim file of the valid estate; the spec begins in line 4. */
const claim = (kind: string, name: string, spec: string, team = 'sales'): Edit =>
  write(
    `claims/${team}/${name}.yaml`,
    `apiVersion: platform.flipside.dev/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${team} }
spec: ${spec}
`,
  );

const at = (name: string, path: string) => `claims/sales/${name}.yaml:4 ${path}`;

const mistakes: Record<string, Mistake> = {
  'a kind that is not there': {
    reason: 'the nearest one is named',
    edit: claim('PostgresDatabse', 'users', '{ size: small }'),
    where: 'claims/sales/users.yaml:2 kind',
    says: 'did you mean "PostgresDatabase"?',
  },
  'a name over the limit': {
    reason: 'AWS names are made of it',
    edit: claim('Bucket', 'a'.repeat(31), '{ content: private }'),
    where: `claims/sales/${'a'.repeat(31)}.yaml:3 metadata.name`,
    says: 'longer than 30 characters, expected at most 30',
  },
  'strong consistency over an ocean': {
    reason: 'DynamoDB has region sets',
    edit: claim(
      'Table',
      'items',
      '{ key: { partition: { name: id, type: S } }, consistency: strong, witness: us-east-2 }',
    ),
    where: at('items', 'spec.consistency'),
    says: 'expected both in one of the region sets US (us-east-1, us-east-2, us-west-2), EU',
  },
  'two buckets of one name in two teams': {
    reason: 'services name claims without their team',
    edit: both(
      claim('Bucket', 'media', '{ content: static }'),
      claim('Bucket', 'media', '{ content: static }', 'pay'),
    ),
    where: 'claims/sales/media.yaml:3 metadata.name',
    says: 'already the name of claims/pay/media.yaml',
  },
  'a table without a key': {
    reason: 'a table cannot be made without one',
    edit: claim('Table', 'items', '{ capacity: {} }'),
    where: at('items', 'spec.key'),
    says: 'Cannot find spec.key: missing',
  },
  'DAX in front of a strong table': {
    reason: 'it would answer with old values',
    edit: both(
      change('estate.yaml', 'eu-west-1', 'us-west-2'),
      (files) => files.delete('estates/shop/facts/prod-eu-west-1.yaml'),
      write('facts/prod-us-west-2.yaml', factsFile('prod', 'us-west-2', 2)),
      claim(
        'Table',
        'items',
        '{ key: { partition: { name: id, type: S } }, consistency: strong, witness: us-east-2, dax: {} }',
      ),
    ),
    where: at('items', 'spec.dax'),
    says: 'consistency is strong, expected no dax',
  },
  'a host outside the zone': {
    reason: 'its records would stand in a zone of somebody else',
    edit: claim('Site', 'site', '{ hosts: [www.example.org] }'),
    where: at('site', 'spec.hosts[0]'),
    says: 'outside the domain of the estate, expected',
  },
  'a host that the platform needs': {
    reason: 'origin is the name the CDN asks',
    edit: claim('Site', 'site', '{ hosts: [origin.shop.example.com] }'),
    where: at('site', 'spec.hosts[0]'),
    says: 'taken by the platform',
  },
  'rotation shorter than AWS allows': {
    reason: 'Secrets Manager rotates once a day at most',
    edit: claim('AppSecret', 'keys', '{ keys: [api], rotation: { every: 0 } }'),
    where: at('keys', 'spec.rotation.every'),
    says: 'expected 1 to 1000 days',
  },
  'AES-256 for private files': {
    reason: 'only public files go without a KMS key',
    edit: claim('Bucket', 'media', '{ content: private, encryption: aes256 }'),
    where: at('media', 'spec.encryption'),
    says: 'expected',
  },
  'a cache size that is not there': {
    reason: 'sizes are listed',
    edit: claim('Cache', 'sessions', '{ size: tiny }'),
    where: at('sessions', 'spec.size'),
    says: 'expected one of small, medium, large, xlarge',
  },
  'Unplanned without accepting the loss': {
    reason: 'the last commits may be lost',
    edit: change('primary-region.yaml', 'epoch: 0', 'epoch: 0, mode: Unplanned'),
    where: 'primary-region.yaml:4 spec.acceptDataLoss',
    says: 'expected acceptDataLoss: true',
  },
  'the claim of another team': {
    reason: 'its connection stays in that namespace',
    edit: both(
      claim('Bucket', 'files', '{ content: private }', 'pay'),
      change('services/web.yaml', 'calls: [catalog]', 'calls: [catalog]\nuses: [files]'),
    ),
    where: 'services/web.yaml:7 uses[0]',
    says: 'a claim of team pay, which a Bucket cannot share, expected one of team sales',
  },
  'a cache that is not shared': {
    reason: 'the owner lists who receives the connection',
    edit: both(
      claim('Cache', 'sessions', '{ size: small, teams: [other] }', 'pay'),
      change('services/web.yaml', 'calls: [catalog]', 'calls: [catalog]\nuses: [sessions]'),
    ),
    where: 'services/web.yaml:7 uses[0]',
    says: 'not shared by team pay, expected sales in spec.teams of that claim',
  },
  'a service with the name of an application': {
    reason: 'its folder under dist would be taken',
    edit: both(change('services/web.yaml', 'name: web', 'name: nodes'), (files) => {
      const text = files.get('estates/shop/services/web.yaml') ?? '';
      files.delete('estates/shop/services/web.yaml');
      files.set('estates/shop/services/nodes.yaml', text);
    }),
    where: 'services/nodes.yaml:1 name',
    says: 'the name of an application of the platform',
  },
};

testMistakes(mistakes);
