/** The AWS clients of the verbs that stand a landscape up. `AWS_ENDPOINT_URL` points them elsewhere. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { STSClient } from '@aws-sdk/client-sts';

/** The clients of one region. */
export interface CloudClients {
  readonly cloudFormation: CloudFormationClient;
  readonly sts: STSClient;
}

/** Somebody watches and nothing is in a hurry: AWS is asked again a few times when it throttles. Milliseconds. */
const PATIENCE = { connectionTimeout: 5_000, requestTimeout: 15_000, throwOnRequestTimeout: true };

/** The clients of `region`. */
export function cloudClients(region: string): CloudClients {
  const config = { region, maxAttempts: 4, requestHandler: PATIENCE };
  return { cloudFormation: new CloudFormationClient(config), sts: new STSClient(config) };
}
