/** A planned site as managed resources of provider-upjet-aws. */
import type { Manifest, Observed } from '../../kind';
import { ACCELERATOR, accelerator } from './accelerator';
import { answersOf, kept, type Spelled } from './answers';
import { certificates } from './certificates';
import { DISTRIBUTION, distribution } from './distribution';
import { healthChecks } from './health-checks';
import type { SitePlan } from './plan';
import { addressRecords, validationRecords } from './records';
import { webAcls } from './web-acl';

/** The managed resources that can be composed now, and what the others wait for. */
export interface Spelling {
  readonly manifests: Readonly<Record<string, Manifest>>;
  readonly waiting: readonly string[];
}

/** Spells every resource whose ids and addresses AWS has given; keeps those that stand already. */
export function spell(plan: SitePlan, observed: Observed): Spelling {
  const all = Object.entries(spelledOf(plan, observed));
  const manifests = Object.fromEntries(all.flatMap(([key, spelled]) => manifestOf(key, spelled, observed)));
  return {
    manifests: { ...manifests, ...replaced(manifests, observed) },
    waiting: all.flatMap(([, spelled]) => (typeof spelled === 'string' ? [spelled] : [])),
  };
}

function spelledOf(plan: SitePlan, observed: Observed): Record<string, Spelled> {
  const answers = answersOf(observed);
  return {
    ...certificates(plan),
    ...validationRecords(plan, observed),
    ...healthChecks(plan, answers),
    ...webAcls(plan, answers),
    ...accelerator(plan, answers),
    ...distribution(plan, answers, observed),
    ...addressRecords(plan, answers),
  };
}

function manifestOf(key: string, spelled: Spelled, observed: Observed): [string, Manifest][] {
  const manifest = typeof spelled === 'string' ? kept(observed[key]) : spelled;
  return manifest ? [[key, manifest]] : [];
}

const REPLACEABLE = new Set(['HealthCheck', 'Certificate']);

/** Checks and certificates that others have taken the place of stay until nothing that stands refers to them. */
function replaced(
  manifests: Readonly<Record<string, Manifest>>,
  observed: Observed,
): Record<string, Manifest> {
  const answers = answersOf(observed);
  const left = Object.keys(observed).filter(
    (key) => !manifests[key] && REPLACEABLE.has(observed[key]?.kind ?? ''),
  );
  if (left.length === 0) return {};
  const references = JSON.stringify([manifests, ...Object.values(observed).map(({ spec }) => spec)]);
  return Object.fromEntries(
    left.flatMap((key) => {
      const id = answers(key, 'id');
      const manifest = id && references.includes(id) ? kept(observed[key]) : undefined;
      return manifest ? [[key, manifest]] : [];
    }),
  );
}

/** Addresses and ids that AWS gave the site; empty before they are known. */
export function addressesOf(plan: SitePlan, observed: Observed) {
  const answers = answersOf(observed);
  const own = plan.certificates[0]?.key ?? '';
  return {
    certificateArn: answers(own, 'id') ?? '',
    ...(plan.distribution && {
      distribution: answers(DISTRIBUTION, 'domainName') ?? '',
      distributionArn: answers(DISTRIBUTION, 'arn') ?? '',
    }),
    ...(plan.accelerator && { accelerator: answers(ACCELERATOR, 'dnsName') ?? '' }),
  };
}
