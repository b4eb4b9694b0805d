/** The bootstrap without doing it: every command, every object, and what an API server that answers says to them. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { plural } from '../ui/text';
import { filesBelow } from '../tree';
import { run, shown } from './command';
import { rendered } from './perform';
import type { Stage } from './stages';

/** Prints a stage. `answers`: a cluster is there to try it on; it changes nothing. */
export async function rehearse(stage: Stage, answers: boolean): Promise<void> {
  const failed = await rendered(stage);
  for (const command of stage.prepare) console.log(`  $ ${shown(command)}`);
  for (const why of failed) console.log(`    ${why}`);
  for (const path of stage.applies) await rehearsePath(stage, path, answers);
  for (const command of [...(stage.settle ?? []), ...stage.verify]) console.log(`  $ ${shown(command)}`);
}

async function rehearsePath(stage: Stage, path: string, answers: boolean): Promise<void> {
  console.log(`  $ ${shown(stage.apply(path))}`);
  const objects = objectsIn(path);
  console.log(`    ${plural(objects.length, 'object')}: ${summary(objects)}`);
  if (!answers || objects.length === 0) return;
  const tried = await run(stage.apply(path, true));
  const said = `${tried.stdout}${tried.stderr}`.trim().split('\n').filter(Boolean);
  for (const line of said) console.log(`    ${line}`);
}

interface Named {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string };
}

/** The objects of a file, or of every file of a folder; none where it has not been rendered. */
export function objectsIn(path: string): Named[] {
  if (!existsSync(path)) return [];
  const files = statSync(path).isDirectory() ? filesBelow(path).map((file) => join(path, file)) : [path];
  return files
    .flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')))
    .flatMap((document) => (document.toJS() as Named | null) ?? []);
}

/** Few objects by name, many by kind. */
function summary(objects: readonly Named[]): string {
  if (objects.length <= MANY)
    return objects.map(({ kind, metadata }) => `${kind} ${metadata?.name}`).join(', ');
  const counts = new Map<string, number>();
  for (const { kind = '' } of objects) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

/** More than this are counted. */
const MANY = 8;
