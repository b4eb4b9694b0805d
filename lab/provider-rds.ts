/** The real AWS provider's family rds, out of cluster, against the emulated AWS. */
import type { Layout, Region } from './layout';
import { flags } from './flags';
import { partPath } from './parts';
import { freePorts } from './ports';
import { start } from './process';

/** Starts it for a region; each of its controllers starts when its definition is there. */
export async function startProviderRds(
  { root, state }: Layout,
  region: Region,
  account: string,
): Promise<void> {
  const [webhooks = 0] = await freePorts(1);
  start(
    partPath(root, 'provider-aws-rds', 'provider-aws-rds'),
    flags({
      'certs-dir': '',
      poll: '10s',
      'webhook-port': webhooks,
      'metrics-bind-address': '127.0.0.1:0',
      'health-probe-bind-addr': '127.0.0.1:0',
    }),
    {
      name: `${region.name}-provider-aws-rds`,
      state,
      region: region.name,
      env: {
        KUBECONFIG: region.kubeconfig,
        // What Pod Identity gives on AWS; the emulator takes a twelve-digit key for an account.
        AWS_ACCESS_KEY_ID: account,
        AWS_SECRET_ACCESS_KEY: 'provider-aws-rds',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    },
  );
}
