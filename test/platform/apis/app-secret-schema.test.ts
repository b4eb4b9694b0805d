import { appSecretSchema } from '../../../spec/claims/app-secret';

const problemsOf = (spec: unknown) =>
  appSecretSchema
    .safeParse({
      apiVersion: 'platform.flipside.dev/v1',
      kind: 'AppSecret',
      metadata: { name: 'stripe', namespace: 'shop' },
      spec,
    })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

const KEYS = { keys: ['API_KEY'] };

const cases: Record<string, { reason: string; spec: unknown; problems: string[] }> = {
  'keys alone': { reason: 'everything else has a safe default', spec: KEYS, problems: [] },
  'no keys': {
    reason: 'a secret without keys delivers nothing',
    spec: { keys: [] },
    problems: ['spec.keys: names no key, expected at least one'],
  },
  'a key twice': {
    reason: 'one value would hide the other',
    spec: { keys: ['A', 'A'] },
    problems: ['spec.keys: names a key twice, expected different ones'],
  },
  'a key that is no variable': {
    reason: 'services read it from their environment',
    spec: { keys: ['api-key'] },
    problems: ['spec.keys.0: expected letters, digits and underscores'],
  },
  'a value': {
    reason: 'values never stand in Git',
    spec: { ...KEYS, values: { API_KEY: 'x' } },
    problems: ['spec: Unrecognized key: "values"'],
  },
  'rotation within a day': {
    reason: 'Secrets Manager counts days',
    spec: { ...KEYS, rotation: { every: 0 } },
    problems: [
      'spec.rotation.every: shorter than Secrets Manager rotates, expected 1 to 1000 days; leave rotation out to switch it off',
    ],
  },
  'rotation after years': {
    reason: 'the limit of AWS',
    spec: { ...KEYS, rotation: { every: 1001 } },
    problems: ['spec.rotation.every: longer than Secrets Manager waits, expected 1 to 1000 days'],
  },
  'half a day': {
    reason: 'whole days only',
    spec: { ...KEYS, rotation: { every: 0.5 } },
    problems: ['spec.rotation.every: expected a whole number of days'],
  },
  'too short': {
    reason: 'a short value is guessed',
    spec: { ...KEYS, length: 4 },
    problems: ['expected 8 to 256'],
  },
  'adopted by ARN': {
    reason: 'the name is the same in both regions, the ARN is not',
    spec: { ...KEYS, adopt: { secret: 'arn:aws:secretsmanager:us-east-1:111111111111:secret:x' } },
    problems: ['spec.adopt.secret: expected the name of a secret, not its ARN'],
  },
};

test.each(Object.entries(cases))('%s', (_, { spec, problems }) => {
  const found = problemsOf(spec);
  expect(found).toHaveLength(problems.length);
  expect(found).toEqual(problems.map((problem) => expect.stringContaining(problem)));
});
