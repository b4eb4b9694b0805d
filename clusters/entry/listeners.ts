/** What the load balancer does with a request. */
import type { Stack } from 'aws-cdk-lib';
import {
  CfnListener,
  CfnListenerRule,
  type CfnLoadBalancer,
  type CfnTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Cluster } from '../../model/clusters';
import { entryPaths, frontService, rootService } from '../../model/entry';
import type { EstateModel } from '../../model/estate';
import { BEACON_TARGET_GROUP } from '../../model/outputs';
import { BEACON_PATH } from '../../model/site-hosts';
import { nameTag } from '../_parts';

/**
 * TLS 1.2 and 1.3. Route 53's health checkers speak 1.2 at most, so with 1.3 alone both regions would look dead:
 * docs/decisions/0011-tls-at-the-entry.md.
 */
export const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/** What the listeners are made of. */
export interface ListenersProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly loadBalancer: CfnLoadBalancer;
  readonly certificate: string;
  readonly groups: ReadonlyMap<string, CfnTargetGroup>;
}

/** Makes the listeners and the rules. No rule asks for a host: checkers and accelerators come under any. */
export function listenersOf(stack: Stack, props: ListenersProps): void {
  redirect(stack, props.loadBalancer);
  const listener = new CfnListener(stack, 'https', {
    loadBalancerArn: props.loadBalancer.ref,
    port: 443,
    protocol: 'HTTPS',
    sslPolicy: TLS_POLICY,
    certificates: [{ certificateArn: props.certificate }],
    defaultActions: [defaultAction(props)],
  });
  for (const rule of rulesOf(props)) {
    new CfnListenerRule(stack, `rule-${rule.id}`, {
      listenerArn: listener.ref,
      priority: rule.priority,
      conditions: [{ field: 'path-pattern', pathPatternConfig: { values: [...rule.paths] } }],
      actions: [{ type: 'forward', targetGroupArn: rule.group.ref }],
      ...(rule.rewrite && { transforms: [rule.rewrite] }),
      tags: nameTag(`${props.cluster.name}-${rule.id}`),
    });
  }
}

const redirect = (stack: Stack, loadBalancer: CfnLoadBalancer) =>
  new CfnListener(stack, 'http', {
    loadBalancerArn: loadBalancer.ref,
    port: 80,
    protocol: 'HTTP',
    defaultActions: [
      { type: 'redirect', redirectConfig: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } },
    ],
  });

function defaultAction({ model, groups }: ListenersProps): CfnListener.ActionProperty {
  const group = groups.get(rootService(model)?.name ?? '');
  if (group) return { type: 'forward', targetGroupArn: group.ref };
  return {
    type: 'fixed-response',
    fixedResponseConfig: { statusCode: '404', contentType: 'text/plain', messageBody: 'no such page' },
  };
}

interface Rule {
  readonly id: string;
  readonly priority: number;
  readonly paths: readonly string[];
  readonly group: CfnTargetGroup;
  readonly rewrite?: CfnListenerRule.TransformProperty;
}

/** Rules of the platform come first; then the paths of the services, the most specific first. */
function rulesOf(props: ListenersProps): Rule[] {
  const { model, groups } = props;
  const beacon = groups.get(BEACON_TARGET_GROUP);
  const own = beacon ? [{ id: 'beacon', priority: 1, paths: below(BEACON_PATH), group: beacon }] : [];
  const paths = entryPaths(model).flatMap(({ path, service }, index): Rule[] => {
    const group = groups.get(service.name);
    return group ? [{ id: `path-${index}`, priority: 100 + index, paths: below(path), group }] : [];
  });
  return [...own, ...healthRule(props), ...paths];
}

/** A path and everything below it. */
const below = (path: string) => [path, `${path.replace(/\/$/, '')}/*`];

/** The region's health, asked for under the path of the estate, answered by pods under the path of their service. */
function healthRule({ model, cluster, groups }: ListenersProps): Rule[] {
  const { path } = cluster.placement.traffic.healthCheck;
  const front = frontService(model);
  const group = groups.get(front?.name ?? '');
  if (!front || !group) return [];
  const rule = { id: 'health', priority: 2, paths: [path], group };
  if (path === front.health.live) return [rule];
  return [{ ...rule, rewrite: rewriteOf(path, front.health.live) }];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-transforms.html (2026-11) */
const rewriteOf = (from: string, to: string): CfnListenerRule.TransformProperty => ({
  type: 'url-rewrite',
  urlRewriteConfig: { rewrites: [{ regex: `^${escaped(from)}$`, replace: to }] },
});

const escaped = (path: string) => path.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
