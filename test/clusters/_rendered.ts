/** The templates of an estate that differs from the committed ones. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templatesOf } from '../../clusters';
import type { EstateModel } from '../../model/estate';
import type { Template } from './_templates';

/** The templates of an estate by path, as JSON says them. CDK's folder goes again. */
export function rendered(model: EstateModel): ReadonlyMap<string, Template> {
  const folder = mkdtempSync(join(tmpdir(), 'flipside-cdk-'));
  try {
    return new Map([...templatesOf(model, folder)].map(([path, template]) => [path, template as Template]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
