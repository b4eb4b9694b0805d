/** Types of the stacks that take tags. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html (2026-11) */
const of = (service: string, ...types: readonly string[]) => types.map((type) => `AWS::${service}::${type}`);

/** Types that this folder's stacks make. */
export const TAGGABLE: ReadonlySet<string> = new Set([
  ...of(
    'EC2',
    'EIP',
    'FlowLog',
    'InternetGateway',
    'NatGateway',
    'NetworkAcl',
    'RouteTable',
    'SecurityGroup',
    'Subnet',
    'TransitGateway',
    'TransitGatewayAttachment',
    'TransitGatewayPeeringAttachment',
    'TransitGatewayRouteTable',
    'VPC',
    'VPCEndpoint',
  ),
  ...of('ElasticLoadBalancingV2', 'LoadBalancer', 'TargetGroup'),
  ...of('KMS', 'Key', 'ReplicaKey'),
  ...of('Logs', 'LogGroup'),
  ...of('S3', 'Bucket'),
  ...of('ECR', 'Repository'),
  ...of('IAM', 'Role'),
  ...of('CertificateManager', 'Certificate'),
  ...of('EKS', 'AccessEntry', 'Addon', 'Cluster', 'PodIdentityAssociation'),
]);
