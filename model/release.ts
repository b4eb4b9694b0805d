/** The programs of Flipside that run in every cluster, as images in the region's own registry. */

/** The programs with an image of their own. */
export const PROGRAMS = ['compose', 'promote', 'beacon', 'watch'] as const;

/** A program with an image of its own. */
export type Program = (typeof PROGRAMS)[number];

/** True for the name of a program. */
export const isProgram = (name: string): name is Program => PROGRAMS.some((program) => program === name);

/**
 * Digest of each image. Zeros until a release has been built and pushed: `flipside synth` renders them, and a
 * cluster refuses to pull them.
 */
const DIGESTS: Readonly<Record<Program, string>> = {
  compose: '0'.repeat(64),
  promote: '0'.repeat(64),
  beacon: '0'.repeat(64),
  watch: '0'.repeat(64),
};

/** The registry of an account in a region. */
export const registryOf = (account: string, region: string) => `${account}.dkr.ecr.${region}.amazonaws.com`;

/** The repository of the platform's image or package `name` in a registry. */
export const repositoryIn = (registry: string, name: string) => `${registry}/flipside/${name}`;

/** The image of a program in the registry of the account and region that run it: no other region is asked. */
export const imageOf = (program: Program, account: string, region: string) =>
  `${repositoryIn(registryOf(account, region), program)}@sha256:${DIGESTS[program]}`;
