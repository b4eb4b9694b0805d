import type { Manifest } from '../../platform/kind';
import { looseImagesIn, metadataProblems, secretsIn, tracesIn } from './_suspicions';

const object = (rest: object): Manifest => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'one' }, ...rest });
const secret = (data: Record<string, string>) => object({ kind: 'Secret', data });
const base64 = (text: string) => Buffer.from(text).toString('base64');
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

const found: Record<string, { reason: string; problems: readonly string[] }> = {
  'a password': { reason: 'a literal in a field of that name', problems: secretsIn(object({ spec: { password: 'x' } })) },
  'a token': { reason: 'also in upper case', problems: secretsIn(object({ data: { API_TOKEN: 'x' } })) },
  'a key of AWS': { reason: 'wherever it stands', problems: secretsIn(object({ a: ['AKIAABCDEFGHIJKLMNOP'] })) },
  'a private key': { reason: 'also in base64', problems: secretsIn(object({ a: base64('-----BEGIN RSA PRIVATE KEY') })) },
  'a URL with a password': { reason: 'drivers take them', problems: secretsIn(object({ a: 'redis://u:p@host' })) },
  'a new key of a Secret': { reason: 'somebody has to look', problems: secretsIn(secret({ NEW: base64('x') })) },
  'a password as a host': { reason: 'the value is no host', problems: secretsIn(secret({ HOST: base64('S3cret!') })) },
  'a tag': { reason: 'a tag can move', problems: looseImagesIn(object({ spec: { image: 'web:1.2' } })) },
  latest: { reason: 'in any field', problems: looseImagesIn(object({ args: ['--image=web:latest'] })) },
  'a public registry': { reason: 'not there in an outage', problems: looseImagesIn(object({ image: `nginx@${digest}` })) },
  'a home folder': { reason: 'of who rendered it', problems: tracesIn(object({ a: '/home/me/flipside/x.js' })) },
  'a file URL': { reason: 'also a local path', problems: tracesIn(object({ a: 'file:///x' })) },
  'a time': { reason: 'another one on each run', problems: tracesIn(object({ a: 'made 2026-11-21T09:00:00Z' })) },
  'a date of YAML 1.1': { reason: 'unquoted', problems: tracesIn(object({ a: new Date(0) })).concat(tracesIn(object({ a: new Date() }))) },
  'a long label': { reason: '63 at most', problems: metadataProblems(object({ metadata: { labels: { a: 'x'.repeat(64) } } })) },
  'a name in capitals': { reason: 'no DNS name', problems: metadataProblems(object({ metadata: { name: 'One' } })) },
};

test.each(Object.entries(found))('%s is found', (_, { problems }) => {
  expect(problems).toHaveLength(1);
});

test('what is meant to be there is left alone', () => {
  const fine = object({
    spec: {
      image: `111111111111.dkr.ecr.us-east-1.amazonaws.com/shop/web@${digest}`,
      passwordSecretRef: { name: 'orders-master', key: 'password' },
      data: [{ secretKey: 'token', remoteRef: { property: 'token' } }],
      URL: 'rediss://:{{ .token }}@host:6379',
      TOKEN: '{{ .token }}',
      policy: { Version: '2012-10-17' },
      volumeMounts: [{ mountPath: '/tmp' }],
      path: '/home',
    },
  });
  const connection = secret({ HOST: base64('orders.example.com'), PORT: base64('5432') });
  for (const check of [secretsIn, looseImagesIn, tracesIn, metadataProblems])
    expect([...check(fine), ...check(connection)]).toEqual([]);
});
