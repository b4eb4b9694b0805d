/** Who looks for threats and open doors in a region: GuardDuty, Security Hub, IAM Access Analyzer. */
import type { Stack } from 'aws-cdk-lib';
import { CfnAnalyzer } from 'aws-cdk-lib/aws-accessanalyzer';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnDetector } from 'aws-cdk-lib/aws-guardduty';
import { CfnFindingAggregator, CfnHub, CfnStandard } from 'aws-cdk-lib/aws-securityhub';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { farClusters } from '../../model/far';
import { GLOBAL_REGION } from '../../model/guardrails';

/** Plans of protection. https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorFeatureConfiguration.html (2026-11) */
const PROTECTIONS = [
  'EKS_AUDIT_LOGS',
  'S3_DATA_EVENTS',
  'EBS_MALWARE_PROTECTION',
  'RDS_LOGIN_EVENTS',
  'LAMBDA_NETWORK_LOGS',
] as const;

/** Reads the audit log of the control plane and, by its own agent, what runs on the nodes. */
export const detectorOf = (stack: Stack): CfnDetector =>
  new CfnDetector(stack, 'detector', {
    enable: true,
    findingPublishingFrequency: 'FIFTEEN_MINUTES',
    features: [
      ...PROTECTIONS.map((name) => ({ name, status: 'ENABLED' })),
      {
        name: 'RUNTIME_MONITORING',
        status: 'ENABLED',
        additionalConfiguration: [{ name: 'EKS_ADDON_MANAGEMENT', status: 'ENABLED' }],
      },
    ],
  });

/** Version of each standard. https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html (2026-11) */
const STANDARDS = {
  aws: 'aws-foundational-security-best-practices/v/1.0.0',
  cis: 'cis-aws-foundations-benchmark/v/3.0.0',
  'pci-dss': 'pci-dss/v/4.0.1',
} as const;

/**
 * Gathers the findings of GuardDuty, Config, Access Analyzer and others in its region, and checks the standards. The
 * integration with GuardDuty is on by itself once both are. https://docs.aws.amazon.com/guardduty/latest/ug/securityhub-integration.html (2026-11)
 */
export function hubOf(stack: Stack, model: EstateModel): CfnHub {
  const hub = new CfnHub(stack, 'hub', {
    enableDefaultStandards: false,
    autoEnableControls: true,
    controlFindingGenerator: 'SECURITY_CONTROL',
  });
  for (const standard of ['aws', 'cis', ...model.estate.guardrails.standards] as const) {
    new CfnStandard(stack, `standard-${standard}`, {
      standardsArn: `arn:aws:securityhub:${stack.region}::standards/${STANDARDS[standard]}`,
    }).addResourceDependency(hub);
  }
  return hub;
}

/**
 * The region that reads both regions' findings. It is not us-east-1 if the estate has another one, so that the whole
 * picture is there when us-east-1 is not; each region keeps its own findings and tells its own topic in any case.
 */
export function gathers(model: EstateModel, cluster: Cluster): boolean {
  const [far] = farClusters(model, cluster);
  if (!far) return false;
  if (cluster.region === GLOBAL_REGION) return false;
  return far.region === GLOBAL_REGION || cluster.position === 'home';
}

/** Copies the findings of the other regions here. */
export function aggregatorOf(stack: Stack, hub: CfnHub, model: EstateModel, cluster: Cluster): void {
  const regions = farClusters(model, cluster).map(({ region }) => region);
  new CfnFindingAggregator(stack, 'aggregator', {
    regionLinkingMode: 'SPECIFIED_REGIONS',
    regions,
  }).addResourceDependency(hub);
}

/** Finds what is open to another account. */
export const analyzerOf = (stack: Stack, name: string): CfnAnalyzer =>
  new CfnAnalyzer(stack, 'analyzer', { analyzerName: name, type: 'ACCOUNT' });

/** Tells the topic every new finding that is high or critical, in the region where it arose. */
export const tellFindings = (stack: Stack, name: string, topic: string): CfnRule =>
  new CfnRule(stack, 'tell-findings', {
    name,
    description: 'New findings that are high or critical',
    eventPattern: {
      source: ['aws.securityhub'],
      'detail-type': ['Security Hub Findings - Imported'],
      detail: {
        findings: {
          Severity: { Label: ['HIGH', 'CRITICAL'] },
          Workflow: { Status: ['NEW'] },
          RecordState: ['ACTIVE'],
        },
      },
    },
    targets: [{ id: 'topic', arn: topic }],
  });
