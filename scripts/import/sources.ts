import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { UserError } from '../answer';

const kind = z.union([
  z.string().transform((name) => ({ kind: name, version: undefined, only: {}, opaque: [] as string[] })),
  z.strictObject({
    kind: z.string(),
    version: z.string().optional(),
    only: z.record(z.string(), z.array(z.string())).default({}),
    opaque: z.array(z.string()).default([]),
  }),
]);

const group = z.strictObject({
  name: z.string(),
  group: z.string(),
  classPrefix: z.string().optional(),
  kinds: z.array(kind).min(1),
});

const pin = {
  module: z.string(),
  version: z.string().startsWith('v'),
  sum: z.string().startsWith('h1:'),
};

const sources = z.strictObject({
  kubernetes: z.strictObject({ ...pin, file: z.string(), kinds: z.record(z.string(), z.array(z.string())) }),
  modules: z.array(z.strictObject({ ...pin, folder: z.string(), groups: z.array(group) })),
  authored: z.strictObject({ folder: z.string(), groups: z.array(group) }),
  terraform: z.strictObject(pin),
  cloudFormation: z.strictObject({
    package: z.string(),
    version: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, { error: 'expected 64 hexadecimal digits' }),
    services: z.array(z.string()).min(1),
  }),
});

/** The pins of `imports/sources.yaml`, with defaults filled in. */
export type Sources = z.infer<typeof sources>;

/** One API group: becomes one TypeScript file. */
export type GroupSource = z.infer<typeof group>;

/** One kind and how it is trimmed. */
export type KindSource = z.infer<typeof kind>;

/** The module and version to take files from; `sum` is Go's hash of its content. */
export type Pin = Pick<Sources['kubernetes'], 'module' | 'version' | 'sum'>;

/**
 * Reads and checks `imports/sources.yaml`.
 *
 * @param root the repository's folder
 * @throws with every problem and its path
 */
export function readSources(root: string): Sources {
  const path = join(root, 'imports', 'sources.yaml');
  const result = sources.safeParse(parse(readFileSync(path, 'utf8')));
  if (result.success) return result.data;
  throw new UserError(`Cannot read "imports/sources.yaml":\n${z.prettifyError(result.error)}`);
}
