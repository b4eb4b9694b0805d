/** What a flip touches. */
import { edit, list, replace, set, withTemplate } from '../_mutate';
import { type Break, ALL, beacon, containers, ELSEWHERE, otherOf, row, services } from './_row';

/** Each row breaks one thing. */
export const path: readonly Break[] = [
  row(
    'own-registry',
    'an image of another region',
    ALL,
    edit('Deployment', (object) =>
      replace(object, `${containers}.0.image`, /ecr\.[a-z0-9-]+/, `ecr.${ELSEWHERE}`),
    ),
  ),
  row(
    'own-registry',
    'a package of another region',
    ALL,
    edit('Function', (object) => replace(object, 'spec.package', /ecr\.[a-z0-9-]+/, `ecr.${ELSEWHERE}`)),
  ),
  row(
    'no-other-region',
    'an address of the other region',
    ALL,
    edit(
      'Deployment',
      (object, cluster, estate) => {
        list(object, `${containers}.0.env`).push({
          name: 'FALLBACK',
          value: `https://entry-${otherOf(estate, cluster.region)}.example.com`,
        });
      },
      services,
    ),
  ),
  row(
    'data-planes-only',
    'a beacon that asks Git',
    ALL,
    edit(
      'Deployment',
      (object) => list(object, `${containers}.0.env`).push({ name: 'GIT', value: 'https://github.com/shop' }),
      beacon,
    ),
  ),
  row(
    'data-planes-only',
    'global STS',
    ALL,
    edit('Deployment', (object) => set(object, `${containers}.0.env`, []), beacon),
  ),
  row(
    'flip-permissions',
    'a promotion that may delete',
    ALL,
    edit(
      'Role',
      (object) =>
        list(object, 'rules').push({ apiGroups: ['apps'], resources: ['deployments'], verbs: ['delete'] }),
      { name: /^flipside-promote$/ },
    ),
  ),
  row(
    'flip-permissions',
    'a beacon that may change Deployments',
    ALL,
    edit(
      'Role',
      (object) =>
        list(object, 'rules').push({ apiGroups: ['apps'], resources: ['deployments'], verbs: ['patch'] }),
      beacon,
    ),
  ),
  row(
    'flip-aws-permissions',
    'a promotion that writes records',
    ALL,
    withTemplate({
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }] },
        },
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: {
            Statement: [
              {
                Effect: 'Allow',
                Action: ['route53:ChangeResourceRecordSets'],
                Resource: 'arn:aws:route53:::hostedzone/Z1',
              },
            ],
          },
        },
      },
      Association: {
        Type: 'AWS::EKS::PodIdentityAssociation',
        Properties: { ServiceAccount: 'flipside-promote', RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
      },
    }),
  ),
];
