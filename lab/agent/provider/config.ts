/** Leads a real provider to the emulated AWS: fields beside those that the platform applies, by another field manager. */
import type { AgentContext } from '../context';
import { tend } from '../tend';

const PATH = '/apis/aws.m.upbound.io/v1beta1/clusterproviderconfigs';
/** Every service the family asks. */
const SERVICES = ['rds', 'sts', 'iam', 'ec2', 'kms', 'secretsmanager'];

/** Starts it. */
export function leadProviders(context: AgentContext): void {
  tend(context, PATH, async ({ metadata, spec }) => {
    if (spec.endpoint) return;
    await context.kube.merge(`${PATH}/${metadata.name}`, {
      spec: {
        endpoint: {
          hostnameImmutable: true,
          services: SERVICES,
          url: { type: 'Static', static: context.awsEndpoint },
        },
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
        skip_requesting_account_id: true,
        s3_use_path_style: true,
      },
    });
  });
}
