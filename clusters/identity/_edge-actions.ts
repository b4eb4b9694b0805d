/** What the providers of names, the edge and roles may do. */
import { type ProviderActions, prefixed } from './_actions';

type Services =
  'acm' | 'appautoscaling' | 'cloudfront' | 'cloudwatch' | 'globalaccelerator' | 'iam' | 'route53' | 'wafv2';

/** Their ids are made up by AWS. The ones of CloudFront stand in us-east-1. */
const CERTIFICATES = [
  'arn:aws:acm:<region>:<account>:certificate/*',
  'arn:aws:acm:us-east-1:<account>:certificate/*',
];

/** Their ids are made up by AWS. */
const TARGETS = ['arn:aws:application-autoscaling:<region>:<account>:scalable-target/*'];

/** The actions by provider. */
export const EDGE_ACTIONS: Readonly<Record<Services, ProviderActions>> = {
  acm: {
    read: prefixed('acm', 'DescribeCertificate', 'GetCertificate', 'ListTagsForCertificate'),
    changes: [
      { sid: 'Request', actions: prefixed('acm', 'RequestCertificate'), limit: 'tags it' },
      // A request that gives tags is checked for this call too, before the certificate has any.
      {
        sid: 'Tag',
        actions: prefixed('acm', 'AddTagsToCertificate'),
        on: CERTIFICATES,
        limit: 'has no other tag',
      },
      {
        actions: prefixed(
          'acm',
          'DeleteCertificate',
          'RemoveTagsFromCertificate',
          'UpdateCertificateOptions',
        ),
        on: CERTIFICATES,
        limit: 'has the tag',
      },
    ],
  },
  appautoscaling: {
    read: prefixed(
      'application-autoscaling',
      'DescribeScalableTargets',
      'DescribeScalingPolicies',
      'ListTagsForResource',
    ),
    changes: [
      {
        actions: prefixed('application-autoscaling', 'PutScalingPolicy', 'RegisterScalableTarget'),
        on: TARGETS,
        limit: 'of DynamoDB',
      },
      {
        sid: 'Tag',
        actions: prefixed('application-autoscaling', 'TagResource', 'UntagResource'),
        on: TARGETS,
      },
    ],
  },
  cloudfront: {
    read: prefixed(
      'cloudfront',
      'GetCachePolicy',
      'GetDistribution',
      'GetOriginAccessControl',
      'GetOriginRequestPolicy',
      'GetResponseHeadersPolicy',
      'ListTagsForResource',
    ),
    changes: [
      {
        actions: prefixed(
          'cloudfront',
          'CreateDistribution',
          'CreateOriginAccessControl',
          'DeleteDistribution',
          'DeleteOriginAccessControl',
          'TagResource',
          'UntagResource',
          'UpdateDistribution',
          'UpdateOriginAccessControl',
        ),
        // AWS makes the ids up. It checks a new control as `origin-access-control/*`, of which the reference says nothing.
        on: [
          'arn:aws:cloudfront::<account>:distribution/*',
          'arn:aws:cloudfront::<account>:origin-access-control/*',
        ],
      },
    ],
    once: true,
  },
  cloudwatch: {
    read: prefixed('cloudwatch', 'DescribeAlarms', 'ListTagsForResource'),
    changes: [
      {
        actions: prefixed('cloudwatch', 'PutMetricAlarm', 'TagResource', 'UntagResource'),
        on: ['arn:aws:cloudwatch:<region>:<account>:alarm:<name>'],
      },
    ],
  },
  globalaccelerator: {
    read: prefixed(
      'globalaccelerator',
      'DescribeAccelerator',
      'DescribeAcceleratorAttributes',
      'DescribeEndpointGroup',
      'DescribeListener',
      'ListTagsForResource',
    ),
    changes: [
      { sid: 'Make', actions: prefixed('globalaccelerator', 'CreateAccelerator'), limit: 'tags it' },
      {
        actions: prefixed(
          'globalaccelerator',
          'CreateEndpointGroup',
          'CreateListener',
          'DeleteEndpointGroup',
          'DeleteListener',
          'TagResource',
          'UntagResource',
          'UpdateAccelerator',
          'UpdateAcceleratorAttributes',
          'UpdateEndpointGroup',
          'UpdateListener',
        ),
        // Listeners and endpoint groups stand below their accelerator, whose id AWS makes up.
        on: ['arn:aws:globalaccelerator::<account>:accelerator/*'],
      },
    ],
    once: true,
  },
  iam: {
    read: prefixed('iam', 'GetRole', 'GetRolePolicy', 'ListAttachedRolePolicies', 'ListRolePolicies'),
    changes: [
      {
        actions: prefixed(
          'iam',
          'CreateRole',
          'PutRolePermissionsBoundary',
          'PutRolePolicy',
          'TagRole',
          'UntagRole',
          'UpdateAssumeRolePolicy',
          'UpdateRole',
        ),
        on: ['arn:aws:iam::<account>:role/<name>'],
        limit: 'bounded',
      },
    ],
    once: true,
  },
  route53: {
    read: prefixed(
      'route53',
      'GetChange',
      'GetHealthCheck',
      'GetHostedZone',
      'ListResourceRecordSets',
      'ListTagsForResource',
    ),
    changes: [
      // No health check has an id before it is made, and a call that makes one says no tags.
      { sid: 'Make', actions: prefixed('route53', 'CreateHealthCheck') },
      {
        sid: 'HealthChecks',
        actions: prefixed('route53', 'ChangeTagsForResource', 'DeleteHealthCheck', 'UpdateHealthCheck'),
        on: ['arn:aws:route53:::healthcheck/*'],
      },
      {
        sid: 'Records',
        actions: prefixed('route53', 'ChangeResourceRecordSets'),
        on: ['arn:aws:route53:::hostedzone/<zone>'],
      },
    ],
    once: true,
  },
  wafv2: {
    read: prefixed('wafv2', 'GetWebACL', 'GetWebACLForResource', 'ListTagsForResource'),
    changes: [
      {
        actions: prefixed(
          'wafv2',
          'AssociateWebACL',
          'CreateWebACL',
          'DeleteWebACL',
          'DisassociateWebACL',
          'TagResource',
          'UntagResource',
          'UpdateWebACL',
        ),
        // The one of CloudFront stands in us-east-1. Rules that AWS keeps are checked in the name of who uses them.
        on: [
          'arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/*',
          'arn:aws:wafv2:<region>:<account>:regional/managedruleset/*',
          'arn:aws:wafv2:us-east-1:<account>:global/webacl/<name>/*',
          'arn:aws:wafv2:us-east-1:<account>:global/managedruleset/*',
          'arn:aws:elasticloadbalancing:<region>:<account>:loadbalancer/app/<cluster>-entry/*',
        ],
      },
    ],
  },
};
