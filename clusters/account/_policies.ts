/** The policies of an organization as plain data. None of them refuses a call that a failover makes: a test compares. */
import type { EstateModel } from '../../model/estate';
import { GLOBAL_REGION } from '../../model/guardrails';
import { documentOf } from '../_policies';

/** A service control policy: what it is for, and what it says. */
export interface ServicePolicy {
  readonly description: string;
  readonly content: object;
}

/** The policies by name. */
export const servicePolicies = (model: EstateModel): Readonly<Record<string, ServicePolicy>> => ({
  regions: { description: 'Nothing outside the regions of the estate', content: regionsOnly(model) },
  audit: { description: 'The audit trail and the look-outs cannot be stopped', content: auditStays },
  backups: { description: 'Backups cannot be deleted', content: backupsStay },
  membership: { description: 'Accounts cannot leave', content: membersStay },
});

/** Services that have one endpoint for all regions. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html (2026-11) */
const WITHOUT_REGION = [
  'account:*',
  'budgets:*',
  'ce:*',
  'cloudfront:*',
  'globalaccelerator:*',
  'health:*',
  'iam:*',
  'organizations:*',
  'route53:*',
  'route53domains:*',
  'shield:*',
  'sts:*',
  'support:*',
  'tag:*',
  'trustedadvisor:*',
  'waf:*',
] as const;

/** A strongly consistent table has a witness in a third region. */
const witnesses = ({ claims }: EstateModel): string[] =>
  claims.flatMap((claim) => (claim.kind === 'Table' && claim.spec.witness ? [claim.spec.witness] : []));

const regionsOf = (model: EstateModel): string[] => [
  ...new Set([...model.clusters.map(({ region }) => region), GLOBAL_REGION, ...witnesses(model)]),
];

const regionsOnly = (model: EstateModel) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'OtherRegions',
      Effect: 'Deny',
      NotAction: WITHOUT_REGION,
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': regionsOf(model) } },
    },
  ],
});

const auditStays = documentOf({
  Sid: 'AuditStays',
  Effect: 'Deny',
  Action: [
    'access-analyzer:DeleteAnalyzer',
    'cloudtrail:DeleteTrail',
    'cloudtrail:StopLogging',
    'config:DeleteConfigurationRecorder',
    'config:DeleteDeliveryChannel',
    'config:StopConfigurationRecorder',
    'ec2:DeleteFlowLogs',
    'guardduty:DeleteDetector',
    'securityhub:DisableSecurityHub',
  ],
  Resource: '*',
});

const backupsStay = documentOf({
  Sid: 'BackupsStay',
  Effect: 'Deny',
  Action: [
    'backup:DeleteBackupVault',
    'backup:DeleteBackupVaultLockConfiguration',
    'backup:DeleteRecoveryPoint',
    'backup:DisassociateRecoveryPoint',
    'backup:UpdateRecoveryPointLifecycle',
    'dynamodb:DeleteBackup',
    'rds:DeleteDBClusterAutomatedBackup',
    'rds:DeleteDBClusterSnapshot',
  ],
  Resource: '*',
});

const membersStay = documentOf({
  Sid: 'MembersStay',
  Effect: 'Deny',
  Action: 'organizations:LeaveOrganization',
  Resource: '*',
});

/** What a tag policy can hold to its word. https://docs.aws.amazon.com/organizations/latest/userguide/supported-resources-enforcement.html (2026-11) */
const ENFORCED = [
  'dynamodb:table',
  'ec2:volume',
  'elasticloadbalancing:loadbalancer',
  'rds:cluster',
  's3:bucket',
];

/** The tags that costs are told by: the right values, and on what costs most they are refused otherwise. */
export const tagPolicy = (estate: string) => ({
  tags: {
    estate: tag('flipside.dev/estate', [estate]),
    environment: tag('flipside.dev/environment', ['prod', 'staging', 'dev']),
    team: tag('flipside.dev/team'),
    owner: tag('flipside.dev/owner', ['platform']),
  },
});

const tag = (key: string, values?: readonly string[]) => ({
  tag_key: { '@@assign': key },
  ...(values && { tag_value: { '@@assign': values }, enforced_for: { '@@assign': ENFORCED } }),
});
