import { bucketSchema } from '../../../spec/claims/bucket';

const problemsOf = (spec: unknown) =>
  bucketSchema
    .safeParse({
      apiVersion: 'platform.flipside.dev/v1',
      kind: 'Bucket',
      metadata: { name: 'assets', namespace: 'shop' },
      spec,
    })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

const cases: Record<string, { reason: string; spec: unknown; problems: string[] }> = {
  empty: { reason: 'safe by default', spec: {}, problems: [] },
  'static with aes256': {
    reason: 'public files may use the key of S3',
    spec: { content: 'static', encryption: 'aes256' },
    problems: [],
  },
  'private with aes256': {
    reason: "private data is encrypted with the region's own key",
    spec: { encryption: 'aes256' },
    problems: ['spec.encryption: content is private, expected kms; aes256 is for content static only'],
  },
  'no days': {
    reason: 'old versions are what corruption is undone with',
    spec: { versions: { expireDays: 0 } },
    problems: ['expected 1 to 36500'],
  },
  'public access': {
    reason: 'it is not a choice',
    spec: { public: true },
    problems: ['spec: Unrecognized key: "public"'],
  },
  'adopted twice': {
    reason: 'a bucket cannot be its own replica',
    spec: { adopt: { home: 'old', peer: 'old' } },
    problems: ['spec.adopt.peer: equals adopt.home, expected another bucket'],
  },
  'no bucket name': {
    reason: 'an ARN or an upper-case name is refused before AWS is asked',
    spec: { adopt: { home: 'arn:aws:s3:::Old' } },
    problems: [
      'spec.adopt.home: expected the name of a bucket: lower-case letters, digits, dots and hyphens',
    ],
  },
  'several at once': {
    reason: 'people see every mistake in one run',
    spec: { versions: { expireDays: 0 }, accessPoint: 'yes' },
    problems: ['expected 1 to 36500', 'spec.accessPoint: Invalid input: expected boolean, received string'],
  },
};

test.each(Object.entries(cases))('%s', (_, { spec, problems }) => {
  const found = problemsOf(spec);
  expect(found).toHaveLength(problems.length);
  expect(found).toEqual(problems.map((problem) => expect.stringContaining(problem)));
});
