import { Cluster } from '../../imports/rds';
import { AwsRecord } from '../../imports/route53';
import { TargetGroupBinding } from '../../imports/eks-auto-mode';
import { validateManifest } from '../helpers/validate';

test('initProvider passes through untyped, with an empty string kept', () => {
  const manifest = Cluster.manifest({
    metadata: { name: 'orders' },
    spec: {
      managementPolicies: ['Observe', 'Create', 'Update'],
      forProvider: { region: 'us-east-1', engine: 'aurora-postgresql' },
      initProvider: { replicationSourceIdentifier: '' },
    },
  });
  expect(manifest.spec.initProvider).toEqual({ replicationSourceIdentifier: '' });
  expect(validateManifest(manifest)).toEqual([]);
});

test('names that cdk8s changes are written as the API spells them', () => {
  const manifest = TargetGroupBinding.manifest({
    metadata: { name: 'catalog' },
    spec: { serviceRef: { name: 'catalog', port: 80 }, targetGroupArn: 'arn:aws:x', targetType: 'ip' },
  });
  expect(manifest.spec).toMatchObject({ targetGroupARN: 'arn:aws:x', serviceRef: { port: 80 } });
  expect(validateManifest(manifest)).toEqual([]);
});

test('the class of a Route 53 record has a prefix, its kind has not', () => {
  expect(AwsRecord.GVK).toEqual({ apiVersion: 'route53.aws.m.upbound.io/v1beta1', kind: 'Record' });
});
