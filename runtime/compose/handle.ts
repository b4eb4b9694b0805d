/**
 * One call of Crossplane: checks the claim and the region's facts, composes, answers. No server, no clock, no log.
 *
 * Whatever goes wrong is an answer: a fatal result, whose message Crossplane shows on the claim. Then nothing is
 * applied and nothing deleted.
 */
import type { RunFunctionRequest, RunFunctionResponse } from '@crossplane-org/function-sdk-typescript';
import type * as z from 'zod';
import type { Composition } from '../../platform/kind';
import type { Claim } from '../../spec/claims';
import { placementSchema } from '../../spec/placement';
import type { Offer, Offers } from './offers';
import { problemsOf } from './problems';
import { type Asked, askedOf, observedOf, placedOf } from './request';
import { composed, fatal } from './response';

/** How a call ended: `refused` is for people to mend, `failed` is a bug. */
export type Outcome = 'ready' | 'waiting' | 'refused' | 'failed';

/** The answer, and what the log and the metrics may tell of it: no field of the claim's spec. */
export interface Handled {
  readonly response: RunFunctionResponse;
  readonly outcome: Outcome;
  /** A kind on offer, else `unknown`: it labels metrics, so it has few values. */
  readonly kind: string;
  /** `<namespace>/<name>` */
  readonly claim: string;
  readonly resources: number;
  /** What was thrown. */
  readonly bug?: unknown;
}

/** Answers one request. Never throws. */
export function handle(offers: Offers, request: RunFunctionRequest): Handled {
  const asked = askedOf(request);
  const offer = offers.get(asked.kind);
  if (!offer) return refused(request, asked, 'unknown', unknownKind(asked, offers));
  try {
    return composeOffered(offer, asked, request);
  } catch (bug) {
    return { ...refused(request, asked, asked.kind, threw(bug)), outcome: 'failed', bug };
  }
}

function composeOffered({ kind, schema }: Offer, asked: Asked, request: RunFunctionRequest): Handled {
  const placement = placementSchema.safeParse(placedOf(request));
  if (!placement.success) return refused(request, asked, asked.kind, unplaced(placement.error, request));
  const claim = schema.safeParse(asked.claim);
  if (!claim.success) return refused(request, asked, asked.kind, unfit(claim.error, asked));
  // Every claim schema is made by claimSchema(), so what it gives is a claim.
  const composition = kind.compose(claim.data as Claim, observedOf(request), placement.data);
  return done(request, asked, composition);
}

const done = (request: RunFunctionRequest, { kind, name }: Asked, composition: Composition): Handled => ({
  response: composed(request, composition),
  outcome: composition.status.reason === '' ? 'ready' : 'waiting',
  kind,
  claim: name,
  resources: Object.keys(composition.resources).length,
});

const refused = (request: RunFunctionRequest, asked: Asked, kind: string, why: string): Handled => ({
  response: fatal(request, `Cannot compose ${asked.kind} "${asked.name}": ${why}`),
  outcome: 'refused',
  kind,
  claim: asked.name,
  resources: 0,
});

const unknownKind = ({ kind }: Asked, offers: Offers) =>
  `${kind} is no kind of this function, expected one of ${[...offers.keys()].join(', ')}`;

const unplaced = (error: z.ZodError, { input }: RunFunctionRequest) =>
  `the region's facts in the Composition do not hold together. This is for the platform team, not for you: ` +
  `fill in estates/<estate>/facts and synthesize again\n${listed(error, input)}`;

const unfit = (error: z.ZodError, { claim }: Asked) => `mend this in its file\n${listed(error, claim)}`;

const listed = ({ issues }: z.ZodError, value: unknown) =>
  problemsOf(issues, value)
    .map((problem) => `- ${problem}`)
    .join('\n');

const threw = (bug: unknown) =>
  `a bug in Flipside, nothing was changed: ${bug instanceof Error ? bug.message : String(bug)}. ` +
  `Tell the platform team; the log of the function flipside-compose has the stack`;
