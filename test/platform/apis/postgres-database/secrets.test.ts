import { alone, home, peer } from '../../../helpers/placement';
import { claimOf } from './claims';
import { manifestsIn, settled, specOf } from './observed';

const resources = (spec: Record<string, unknown>, placement = home) =>
  manifestsIn(settled(claimOf(spec), placement).composition);

const decoded = (secret: unknown) =>
  Object.fromEntries(
    Object.entries((secret as { data: Record<string, string> }).data).map(([key, value]) => [
      key,
      Buffer.from(value, 'base64').toString(),
    ]),
  );

test('the stored secret has each region’s own key and stays for 30 days', () => {
  const { forProvider, managementPolicies } = specOf(resources({})['secret']);
  expect(managementPolicies).not.toContain('Delete');
  expect(forProvider).toMatchObject({
    name: 'prod-storefront-shop-orders',
    kmsKeyId: 'arn:aws:kms:us-east-1:111111111111:key/mrk-1',
    recoveryWindowInDays: 30,
    replica: [{ region: 'eu-west-1', kmsKeyId: 'arn:aws:kms:eu-west-1:111111111111:key/mrk-2' }],
  });
});

test('the password is generated in the cluster, pushed once, and no value stands in a manifest', () => {
  const all = resources({ login: 'password' });
  expect(all['secret-value']?.spec).toMatchObject({ updatePolicy: 'IfNotExists', deletionPolicy: 'None' });
  expect(JSON.stringify(all['secret-value']?.spec)).toContain('\\"password\\": {{');
  expect(all['delivery']?.spec).toMatchObject({
    target: { template: { data: { PASSWORD: '{{ .password }}' } } },
  });
});

test('the password of birth is read once: the provider would set a rotated one', () => {
  expect(resources({})['master-password']?.spec).toMatchObject({
    refreshPolicy: 'CreatedOnce',
    target: { name: 'orders-master' },
  });
});

test('peer makes no secret: it reads its replica', () => {
  const all = resources({ login: 'password' }, peer);
  expect(Object.keys(all).filter((key) => /secret|master|rotation/.test(key))).toEqual([]);
  expect(all['delivery']?.spec).toMatchObject({
    data: [
      { secretKey: 'password', remoteRef: { key: 'prod-storefront-shop-orders', property: 'password' } },
    ],
  });
});

describe('the connection', () => {
  const global = 'prod-storefront-shop-orders.global-abcdefghijkl.global.rds.amazonaws.com';
  const cases = {
    home: {
      reason: 'the writer is reached through the global endpoint, the readers are near',
      placement: home,
      host: global,
      readerHost: 'prod-us-east-1-storefront-shop-orders.cluster-ro-abcdefghijkl.us-east-1.rds.amazonaws.com',
      region: 'us-east-1',
    },
    peer: {
      reason: 'the same writer, its own readers',
      placement: peer,
      host: global,
      readerHost: 'prod-eu-west-1-storefront-shop-orders.cluster-ro-abcdefghijkl.eu-west-1.rds.amazonaws.com',
      region: 'eu-west-1',
    },
    alone: {
      reason: 'without a peer there is no global endpoint',
      placement: alone,
      host: 'dev-us-east-1-storefront-shop-orders.cluster-abcdefghijkl.us-east-1.rds.amazonaws.com',
      readerHost: 'dev-us-east-1-storefront-shop-orders.cluster-ro-abcdefghijkl.us-east-1.rds.amazonaws.com',
      region: 'us-east-1',
    },
  };
  test.each(Object.entries(cases))('%s', (_, { placement, host, readerHost, region }) => {
    const secret = resources({}, placement)['connection'];
    expect(secret?.metadata.name).toBe('orders-connection');
    expect(decoded(secret)).toEqual({
      HOST: host,
      READER_HOST: readerHost,
      REGION: region,
      PORT: '5432',
      DATABASE: 'app',
      USERNAME: 'dbadmin',
      SSLMODE: 'verify-full',
    });
  });

  test('with IAM login no password is delivered, with a password no Secret of ours is', () => {
    expect(resources({})['delivery']).toBeUndefined();
    expect(resources({ login: 'password' })['connection']).toBeUndefined();
  });
});

describe('rotation', () => {
  const { rotation: _, ...facts } = home.home.facts;
  const cases = {
    'password in home': {
      reason: 'where the secret was born',
      spec: { login: 'password' },
      placement: home,
      rotates: true,
    },
    'password in peer': {
      reason: 'a replica cannot rotate',
      spec: { login: 'password' },
      placement: peer,
      rotates: false,
    },
    'IAM in home': { reason: 'nobody uses the password', spec: {}, placement: home, rotates: false },
    'no function': {
      reason: 'nothing could rotate it',
      spec: { login: 'password' },
      placement: { ...home, home: { ...home.home, facts } },
      rotates: false,
    },
  };
  test.each(Object.entries(cases))('%s', (_name, { spec, placement, rotates }) => {
    expect(Object.keys(resources(spec, placement)).includes('rotation')).toBe(rotates);
  });

  test('knows its secret, its function and where to change the password', () => {
    const all = resources({ login: 'password' });
    expect(specOf(all['rotation']).forProvider).toMatchObject({
      secretId: 'arn:aws:secretsmanager:us-east-1:111111111111:secret:prod-storefront-shop-orders-AbCdEf',
      rotationLambdaArn: 'arn:aws:lambda:us-east-1:111111111111:function:prod-us-east-1-rotation',
      rotationRules: { automaticallyAfterDays: 30 },
      rotateImmediately: false,
    });
    expect(all['secret-host']?.spec).toMatchObject({
      selector: { secret: { name: 'orders-connection' } },
      data: [{ match: { secretKey: 'host', remoteRef: { property: 'host' } } }],
    });
  });
});
