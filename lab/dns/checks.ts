/**
 * The health of checks from what their endpoints answered. Pure.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html (2026-11)
 */
import type { Health, HealthCheck } from './records';

/** An endpoint is healthy while more than this share of the checkers say so. Same page. */
export const HEALTHY_SHARE = 0.18;

/**
 * Statuses by id: `endpoints` says which endpoints answer; one that nobody has asked yet counts as healthy before it is
 * inverted, so a new inverted check starts unhealthy. Throws when a calculated check names a check that is not there.
 */
export function statusesOf(checks: readonly HealthCheck[], endpoints: Health): Health {
  const byId = new Map(checks.map((check) => [check.id, check]));
  return Object.fromEntries(checks.map(({ id }) => [id, statusOf(id, byId, endpoints, [])]));
}

type Checks = ReadonlyMap<string, HealthCheck>;

function statusOf(id: string, checks: Checks, endpoints: Health, parents: readonly string[]): boolean {
  const check = checks.get(id);
  if (!check || parents.includes(id)) {
    const current = check ? 'it is combined of itself' : 'there is no such check';
    throw new Error(
      `Cannot combine health check "${id}": ${current}, expected ${[...checks.keys()].join(', ')}`,
    );
  }
  // A disabled check counts as healthy, before it is inverted.
  const answers = check.disabled === true || isMet(check, checks, endpoints, parents);
  return answers !== (check.invertHealthcheck ?? false);
}

function isMet(check: HealthCheck, checks: Checks, endpoints: Health, parents: readonly string[]): boolean {
  if (check.type !== 'CALCULATED') return endpoints[check.id] ?? true;
  const children = check.childHealthchecks ?? [];
  const healthy = children.filter((child) => statusOf(child, checks, endpoints, [...parents, check.id]));
  return healthy.length >= (check.childHealthThreshold ?? children.length);
}
