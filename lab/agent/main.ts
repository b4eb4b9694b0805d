/** The agent of one region: what a cluster on AWS has besides the control plane, as one process. */
import { setMaxListeners } from 'node:events';
import { modelOf } from '../../model/estate';
import { entryUrl } from '../../model/site-hosts';
import { readEstates } from '../../scripts/estates';
import { kubeOf } from '../kube';
import type { Layout, Region } from '../layout';
import type { AgentContext } from './context';
import { startAddOns } from './add-ons';
import { startEntry } from './entry';
import { startKubelet } from './kubelet';
import { startMetrics } from './metrics';
import { startPackages } from './packages';
import { leadProviders } from './provider/config';
import { managedKinds, startProvider } from './provider/stand-in';

const layout = JSON.parse(process.env['FLIPSIDE_LAYOUT'] ?? '') as Layout;
const repository = process.env['FLIPSIDE_REPOSITORY'] ?? '';
const programs = process.env['FLIPSIDE_PROGRAMS'] ?? '';
const name = process.env['FLIPSIDE_LAB_REGION'];

/** Puts this machine's addresses for the public names of both regions' entries. */
function localNames(regions: readonly Region[], of: { environment: string; domain: string }) {
  return (text: string) =>
    regions.reduce(
      (said, { name: region, ports }) =>
        said.replaceAll(entryUrl(region, of), `http://127.0.0.1:${ports.entry}`),
      text,
    );
}

async function main(): Promise<void> {
  const region = layout.regions.find((one) => one.name === name);
  const [input] = readEstates(repository, layout.estate);
  const model = input && modelOf(input);
  const cluster = model?.clusters.find((one) => one.name === region?.cluster);
  if (!region || !model || !cluster) throw new Error(`Cannot start the agent of "${name}": no such region`);
  const ended = new AbortController();
  // Everything the agent does listens to it.
  setMaxListeners(0, ended.signal);
  process.once('SIGTERM', () => {
    ended.abort();
    process.exit(0);
  });
  const context: AgentContext = {
    region,
    model,
    cluster,
    programs,
    kube: await kubeOf(region.kubeconfig),
    account: cluster.account,
    awsEndpoint: `http://127.0.0.1:${layout.ports.gateway}`,
    local: localNames(layout.regions, cluster.placement),
    signal: ended.signal,
  };
  startPackages(context);
  startAddOns(context);
  await startMetrics(context);
  startEntry(context, startKubelet(context));
  const isReal = layout.provider === 'rds';
  if (isReal) leadProviders(context);
  startProvider(context, await managedKinds(context, isReal ? ['rds'] : []));
}

void main();
