/** What the programs of a flip may do in AWS: regional data planes only. */
import type { Check } from '../check';
import type { RenderedEstate } from '../rendered';
import { at, leavesOf, listAt, textAt } from './_read';

/** Services whose control plane stands in one region for the whole world, or that need a new resource to help. */
const GLOBAL =
  /^(iam|route53|route53domains|cloudfront|globalaccelerator|organizations|shield|waf|wafv2|acm|ecr|ec2|eks|elasticloadbalancing|cloudformation|codecommit|s3):/;

/** Roles by the service account that takes them. */
const PROGRAMS: ReadonlySet<string> = new Set(['flipside-promote', 'flipside-beacon', 'flipside-watch']);

/** A promotion that needs IAM or Route 53 waits for us-east-1. */
export const flipAwsPermissions: Check = {
  id: 'flip-aws-permissions',
  title: 'The programs of a flip may call regional data planes only',
  severity: 'error',
  reference: 'C-06, S4-35; AWS Fault Isolation Boundaries',
  run: (estate, report) =>
    rolesOf(estate).flatMap(({ path, account, actions }) =>
      actions
        .filter((action) => GLOBAL.test(action) || action === '*')
        .map((action) =>
          report({
            message: `${account} may call ${action}, which a failover must not need`,
            path,
            remedy: 'Prepare it before, and let only health change in a failover',
          }),
        ),
    ),
};

/** The role of each association with one of the programs, with every action that its policies allow. */
function rolesOf({ templates }: RenderedEstate) {
  return templates.flatMap(({ file, resources }) =>
    Object.values(resources)
      .filter(({ Type }) => Type === 'AWS::EKS::PodIdentityAssociation')
      .map(({ Properties }) => ({
        account: textAt(Properties, 'ServiceAccount'),
        role: String(listAt(at(Properties, 'RoleArn'), 'Fn::GetAtt')[0] ?? ''),
      }))
      .filter(({ account }) => PROGRAMS.has(account))
      .map(({ account, role }) => ({
        account,
        path: `${file}#Resources/${role}`,
        actions: actionsOf(resources, role),
      })),
  );
}

/** Actions of the role itself and of every policy that refers to it. */
function actionsOf(resources: RenderedEstate['templates'][number]['resources'], role: string): string[] {
  return Object.entries(resources)
    .filter(([id, { Type }]) => id === role || Type.startsWith('AWS::IAM::'))
    .filter(
      ([id, { Properties }]) =>
        id === role || JSON.stringify(at(Properties, 'Roles') ?? '').includes(`"${role}"`),
    )
    .flatMap(([, { Properties }]) => leavesOf(Properties))
    .filter(([path]) => /(^|\.)Action(\[\d+\])?$/.test(path) && !path.includes('AssumeRolePolicyDocument'))
    .map(([, action]) => String(action));
}
