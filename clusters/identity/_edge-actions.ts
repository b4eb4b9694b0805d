/** What the providers of names, the edge and roles may do. */
import { type ProviderActions, prefixed } from './_actions';

type Services =
  'acm' | 'appautoscaling' | 'cloudfront' | 'cloudwatch' | 'globalaccelerator' | 'iam' | 'route53' | 'wafv2';

/** The actions by provider. */
export const EDGE_ACTIONS: Readonly<Record<Services, ProviderActions>> = {
  acm: {
    read: prefixed('acm', 'DescribeCertificate', 'GetCertificate', 'ListTagsForCertificate'),
    write: prefixed(
      'acm',
      'AddTagsToCertificate',
      'DeleteCertificate',
      'RemoveTagsFromCertificate',
      'RequestCertificate',
      'UpdateCertificateOptions',
    ),
  },
  appautoscaling: {
    read: prefixed(
      'application-autoscaling',
      'DescribeScalableTargets',
      'DescribeScalingPolicies',
      'ListTagsForResource',
    ),
    write: prefixed(
      'application-autoscaling',
      'PutScalingPolicy',
      'RegisterScalableTarget',
      'TagResource',
      'UntagResource',
    ),
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
    write: prefixed(
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
    once: true,
  },
  cloudwatch: {
    read: prefixed('cloudwatch', 'DescribeAlarms', 'ListTagsForResource'),
    write: prefixed('cloudwatch', 'PutMetricAlarm', 'TagResource', 'UntagResource'),
    resources: ['arn:aws:cloudwatch:<region>:<account>:alarm:<name>'],
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
    write: prefixed(
      'globalaccelerator',
      'CreateAccelerator',
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
    once: true,
  },
  iam: {
    read: prefixed('iam', 'GetRole', 'GetRolePolicy', 'ListAttachedRolePolicies', 'ListRolePolicies'),
    write: prefixed(
      'iam',
      'CreateRole',
      'PutRolePermissionsBoundary',
      'PutRolePolicy',
      'TagRole',
      'UntagRole',
      'UpdateAssumeRolePolicy',
      'UpdateRole',
    ),
    resources: ['arn:aws:iam::<account>:role/<name>'],
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
    write: prefixed(
      'route53',
      'ChangeResourceRecordSets',
      'ChangeTagsForResource',
      'CreateHealthCheck',
      'DeleteHealthCheck',
      'UpdateHealthCheck',
    ),
    once: true,
  },
  wafv2: {
    read: prefixed('wafv2', 'GetWebACL', 'GetWebACLForResource', 'ListTagsForResource'),
    write: prefixed(
      'wafv2',
      'AssociateWebACL',
      'CreateWebACL',
      'DeleteWebACL',
      'DisassociateWebACL',
      'TagResource',
      'UntagResource',
      'UpdateWebACL',
    ),
  },
};
