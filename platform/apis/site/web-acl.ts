/** AWS WAF web ACLs as managed resources, and the regional one's association with the load balancer. */
import { WebAcl, WebAclAssociation } from '../../../imports/wafv2';
import { globalNameOf } from '../../../model/names';
import { tagsFor } from '../../../model/tags';
import type { Manifest } from '../../kind';
import { managed } from '../../managed';
import type { Answers, Spelled } from './answers';
import type { SitePlan, WebAclPlan } from './plan';

/**
 * Rule groups that AWS maintains, in block mode: in all 1,125 capacity units, below the 1,500 that cost no more.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html (2026-11)
 */
export const MANAGED_GROUPS = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesSQLiRuleSet',
] as const;

/** Seconds over which requests are counted. */
const WINDOW = 300;

/** The web ACLs by key, each with its association. */
export const webAcls = (plan: SitePlan, answers: Answers): Record<string, Spelled> =>
  Object.fromEntries(
    plan.webAcls.flatMap((acl): [string, Spelled][] => [
      [acl.key, webAcl(acl, plan)],
      ...associationOf(acl, answers),
    ]),
  );

function webAcl({ key, region, scope, ...acl }: WebAclPlan, { id }: SitePlan): Manifest {
  const name = `${globalNameOf('kubernetes', id)}-${key}`;
  return managed(
    WebAcl.manifest({
      metadata: {},
      spec: {
        forProvider: {
          region,
          scope,
          name,
          defaultAction: { allow: {} },
          ruleJson: JSON.stringify(rulesOf(acl)),
          visibilityConfig: {
            cloudwatchMetricsEnabled: true,
            metricName: name,
            sampledRequestsEnabled: true,
          },
          tags: tagsFor(id),
        },
      },
    }),
    { policy: 'own' },
  );
}

function associationOf({ key, region, loadBalancer }: WebAclPlan, answers: Answers): [string, Spelled][] {
  if (!loadBalancer) return [];
  const webAclArn = answers(key, 'arn');
  if (!webAclArn) return [[`${key}-association`, 'waiting for web ACL']];
  const manifest = WebAclAssociation.manifest({
    metadata: {},
    spec: { forProvider: { region, resourceArn: loadBalancer, webAclArn } },
  });
  return [[`${key}-association`, managed(manifest, { policy: 'own' })]];
}

type Limits = Pick<WebAclPlan, 'rateLimit' | 'behindCdn' | 'checkPaths'>;

/** In the form of the AWS API, the only one that the provider takes. The limit comes first: it is the cheapest. */
function rulesOf(limits: Limits): unknown[] {
  const groups = MANAGED_GROUPS.map((Name) => ({
    Name,
    OverrideAction: { None: {} },
    Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } },
  }));
  const rate = { Name: 'rate', Action: { Block: {} }, Statement: { RateBasedStatement: rateOf(limits) } };
  return [rate, ...groups].map((rule, Priority) => ({
    ...rule,
    Priority,
    VisibilityConfig: visible(rule.Name),
  }));
}

const visible = (MetricName: string) => ({
  CloudWatchMetricsEnabled: true,
  MetricName,
  SampledRequestsEnabled: true,
});

/**
 * Behind the CDN every connection comes from one of its addresses: counting these would block the CDN, so the sender
 * is taken from the header. Whoever forges it is counted by the CDN's own web ACL.
 */
const rateOf = ({ rateLimit, behindCdn, checkPaths }: Limits) => ({
  Limit: rateLimit,
  EvaluationWindowSec: WINDOW,
  ...(behindCdn
    ? {
        AggregateKeyType: 'FORWARDED_IP',
        ForwardedIPConfig: { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'MATCH' },
      }
    : { AggregateKeyType: 'IP' }),
  ...(checkPaths.length > 0 && { ScopeDownStatement: exceptFor(checkPaths) }),
});

/** A blocked health checker would fail the region over. */
const exceptFor = (paths: readonly string[]) => ({
  NotStatement: {
    Statement: {
      RegexMatchStatement: {
        RegexString: `^(${paths.map(escaped).join('|')})$`,
        FieldToMatch: { UriPath: {} },
        TextTransformations: [{ Priority: 0, Type: 'NONE' }],
      },
    },
  },
});

const escaped = (path: string) => path.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
