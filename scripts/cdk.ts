/** The app that `npx cdk` runs: the stacks of every estate, as `<estate>-<cluster>-<part>`. */
import { appOf, stacksOf } from '../clusters';
import { modelOf } from '../model/estate';
import { EXIT } from './answer';
import { readEstates } from './estates';

/**
 * Synthesizes into the folder that the CDK command names, else into `.cache/cdk.out`. `only` leaves the other estates out.
 */
export function cdk(root: string, only?: string): number {
  const app = appOf(process.env['CDK_OUTDIR'] ?? '.cache/cdk.out');
  for (const input of readEstates(root, only)) stacksOf(app, modelOf(input));
  app.synth();
  return EXIT.ok;
}
