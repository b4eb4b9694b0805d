/** What cdk-nag's AWS Solutions rules say of an estate's stacks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appOf, stacksOf } from '../../clusters';
import type { EstateModel } from '../../model/estate';

/** The findings in the stacks of `model`, after `edit`; empty when there are none. */
export function findingsOf(model: EstateModel, edit: (app: App) => unknown = () => {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'flipside-nag-'));
  const app = appOf(folder);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stacksOf(app, model);
  edit(app);
  const silenced = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    app.synth();
    return '';
  } catch (error) {
    return String(error);
  } finally {
    silenced.mockRestore();
    rmSync(folder, { recursive: true });
  }
}
