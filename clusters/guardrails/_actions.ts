/** The actions that may run without a person. Adding one here is adding it to what a test compares with the failover path. */
import type { Stack } from 'aws-cdk-lib';
import type { REMEDIATIONS } from '../../spec/guardrails';
import type { Statement } from '../_policies';

/** One repair. */
export interface Action {
  /** What it does, in one sentence without a full stop. */
  readonly does: string;
  /** Path of the runbook that says what a person does before and after. */
  readonly runbook: string;
  /** Events that start it. */
  readonly pattern: object;
  /** Parameters of the document, by where they stand in the event. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly document: object;
  readonly allow: (stack: Stack) => readonly Statement[];
  /** The wildcard resources of `allow`, and why each is as narrow as it gets. */
  readonly wildcards: (stack: Stack) => readonly string[];
  readonly why: string;
}

/** Schema of automation documents. https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-documents.html (2026-11) */
const SCHEMA = '0.3';

const automation = (description: string, parameters: Readonly<Record<string, string>>, steps: object[]) => ({
  schemaVersion: SCHEMA,
  description,
  assumeRole: '{{ AutomationAssumeRole }}',
  parameters: {
    ...Object.fromEntries(
      Object.entries(parameters).map(([name, pattern]) => [
        name,
        { type: 'String', allowedPattern: pattern },
      ]),
    ),
    AutomationAssumeRole: { type: 'AWS::IAM::Role::Arn' },
  },
  mainSteps: steps,
});

/** Users below this path are the last way in when everything else fails. */
const BREAK_GLASS = 'break-glass';

/** A leaked key works at once, and from anywhere: the one case that cannot wait for a person. */
const accessKeys: Action = {
  does: 'Switches off the access key of an IAM user that GuardDuty finds used by a stranger',
  runbook: 'runbooks/credential-leak.md',
  pattern: {
    source: ['aws.guardduty'],
    'detail-type': ['GuardDuty Finding'],
    detail: {
      severity: [{ numeric: ['>=', 7] }],
      resource: { resourceType: ['AccessKey'], accessKeyDetails: { userType: ['IAMUser'] } },
    },
  },
  inputs: {
    AccessKeyId: '$.detail.resource.accessKeyDetails.accessKeyId',
    UserName: '$.detail.resource.accessKeyDetails.userName',
  },
  document: automation(
    'Switches off one access key of one IAM user; aws iam update-access-key --status Active undoes it',
    { AccessKeyId: '^AKIA[A-Z0-9]{16}$', UserName: '^[\\w+=,.@-]{1,64}$' },
    [
      {
        name: 'SwitchOff',
        action: 'aws:executeAwsApi',
        isEnd: true,
        inputs: {
          Service: 'iam',
          Api: 'UpdateAccessKey',
          UserName: '{{ UserName }}',
          AccessKeyId: '{{ AccessKeyId }}',
          Status: 'Inactive',
        },
      },
    ],
  ),
  allow: ({ account }) => [
    { Effect: 'Allow', Action: 'iam:UpdateAccessKey', Resource: `arn:aws:iam::${account}:user/*` },
    {
      Effect: 'Deny',
      Action: 'iam:*',
      Resource: `arn:aws:iam::${account}:user/${BREAK_GLASS}/*`,
    },
  ],
  wildcards: ({ account }) => [
    `arn:aws:iam::${account}:user/*`,
    `arn:aws:iam::${account}:user/${BREAK_GLASS}/*`,
  ],
  why: 'Any user of the account may leak a key; pods have roles, which have no such keys',
};

const ADMIN_PORTS = [22, 3389] as const;

/** Only in groups that the estate did not make: its own are what traffic of a failover passes. */
const openPorts: Action = {
  does: 'Closes ports 22 and 3389 to the world in a security group that is not of the estate',
  runbook: 'runbooks/open-port.md',
  pattern: {
    source: ['aws.securityhub'],
    'detail-type': ['Security Hub Findings - Imported'],
    detail: {
      findings: {
        Compliance: { SecurityControlId: ['EC2.13', 'EC2.14', 'EC2.19'], Status: ['FAILED'] },
        Workflow: { Status: ['NEW'] },
        RecordState: ['ACTIVE'],
      },
    },
  },
  inputs: { GroupId: '$.detail.findings[0].Resources[0].Details.AwsEc2SecurityGroup.GroupId' },
  document: automation(
    'Takes the rules that let the world in to port 22 or 3389 out of one security group; wider ranges stay for a person',
    { GroupId: '^sg-[0-9a-f]{8,17}$' },
    ADMIN_PORTS.map((port, index) => ({
      name: `Close${port}`,
      action: 'aws:executeAwsApi',
      // A rule that is not there is what was wanted.
      onFailure: 'Continue',
      ...(index === ADMIN_PORTS.length - 1 && { isEnd: true }),
      inputs: {
        Service: 'ec2',
        Api: 'RevokeSecurityGroupIngress',
        GroupId: '{{ GroupId }}',
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
        ],
      },
    })),
  ),
  allow: ({ account, region }) => [
    {
      Effect: 'Allow',
      Action: 'ec2:RevokeSecurityGroupIngress',
      Resource: `arn:aws:ec2:${region}:${account}:security-group/*`,
      Condition: { Null: { 'aws:ResourceTag/flipside.dev/estate': 'true' } },
    },
  ],
  wildcards: ({ account, region }) => [`arn:aws:ec2:${region}:${account}:security-group/*`],
  why: 'Any group without the tag of an estate may be open; a tagged one is refused',
};

/** The actions by the name that an estate switches them on with. */
export const ACTIONS: Readonly<Record<(typeof REMEDIATIONS)[number], Action>> = {
  'access-keys': accessKeys,
  'open-ports': openPorts,
};
