/** The stock use of cdk8s on the same constructs: one App, a Chart for each application, written by `app.synth()`. */
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { applications } from '../../charts';
import { modelOf } from '../../model/estate';
import { readEstates } from '../estates';

const app = new App({ outdir: process.env['CDK8S_OUTDIR'] ?? 'stock' });
for (const model of readEstates(process.argv[2] ?? '.').map(modelOf)) {
  for (const cluster of model.clusters) {
    const scope = new Construct(app, `${model.estate.name}-${cluster.name}`) as App;
    applications(model, cluster).forEach(({ chart }) => chart(scope));
  }
}
app.synth();
