const react = { runtime: 'automatic', importSource: 'preact' };
const swc = (parser) => [
  '@swc/jest',
  { jsc: { target: 'es2022', parser, transform: { react } }, module: { type: 'commonjs' } },
];

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  testEnvironment: 'node',
  // Left alone, jest keeps one core free: on two cores that is half of them.
  maxWorkers: '100%',
  // Deadlines are for hung tests, not for slow machines.
  testTimeout: 180_000,
  setupFiles: ['<rootDir>/test/helpers/seed.ts'],
  transform: {
    '\\.ts$': swc({ syntax: 'typescript' }),
    '\\.tsx$': swc({ syntax: 'typescript', tsx: true }),
  },
};
