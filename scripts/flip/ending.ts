/** How a flip ended: the last lines a person reads, and the exit code. */
import { EXIT } from '../answer';
import { colour } from '../ui/text';
import { duration, whole } from './duration';
import { type FlipEstate, otherThan } from './estate';
import type { Followed } from './follow';
import type { Flip } from './stand';

/** A flip that is over, or that nobody follows any more. */
export interface Ending {
  readonly code: number;
  readonly lines: readonly string[];
}

/** What a person has to know now. */
export function endingOf(estate: FlipEstate, flip: Flip, followed: Followed): Ending {
  const say = SAYINGS[followed.outcome];
  return say(estate, flip, followed);
}

type Say = (estate: FlipEstate, flip: Flip, followed: Followed) => Ending;

const SAYINGS: Readonly<Record<Followed['outcome'], Say>> = {
  Promoted: (estate, flip, followed) => promoted(estate, flip, followed),
  Refused: (estate, { region, epoch }, { reasons }) => ({
    code: EXIT.no,
    lines: [
      colour.red(`Refused: ${region} did not take over in epoch ${epoch}, and nothing was changed in AWS`),
      ...listed(reasons),
      '',
      `Mend that and run the same command again (it takes epoch ${epoch + 1}), or call it off:`,
      `  flipside failover --estate ${estate.name} --to ${otherThan(estate, region)}`,
    ],
  }),
  Superseded: ({ name }, { epoch }, { reasons }) => ({
    code: EXIT.no,
    lines: [
      colour.red(`Superseded: a flip with an epoch above ${epoch} counts now`),
      ...listed(reasons),
      '',
      `See where the writers are: flipside status --estate ${name}`,
    ],
  }),
  Conflict: ({ name }, { epoch, region }, { reasons }) => ({
    code: EXIT.no,
    lines: [
      colour.red(`Conflict: epoch ${epoch} names two regions, so neither acts`),
      ...listed(reasons),
      '',
      `Choose one; this takes the next epoch: flipside failover --estate ${name} --to ${region}`,
    ],
  }),
  Failed: (_, { epoch, region }, { reasons }) => ({
    code: EXIT.no,
    lines: [
      colour.red(`Failed: the promotion to ${region} in epoch ${epoch} was given up half-way`),
      ...listed(reasons),
      '',
      `  kubectl --namespace flipside-system logs job/promote-${epoch}`,
      'Running the same command again carries on where it stopped, with the next epoch (runbooks/stuck-promotion.md)',
    ],
  }),
  Running: (estate, { epoch, region }, { reasons }) => ({
    code: EXIT.undecided,
    lines: [
      colour.yellow(`Not over yet: epoch ${epoch} to ${region} still runs`),
      ...listed(reasons),
      ...goOn(estate),
    ],
  }),
  Interrupted: (estate, { epoch, region }) => ({
    code: EXIT.undecided,
    lines: [colour.yellow(`Not followed any more; epoch ${epoch} to ${region} goes on`), ...goOn(estate)],
  }),
};

function promoted(
  { name, input }: FlipEstate,
  { region, epoch }: Flip,
  { beacon, reasons, progress }: Followed,
): Ending {
  const { rto } = input.estate.objectives;
  const took = progress?.finishedAt && Date.parse(progress.finishedAt) - Date.parse(progress.startedAt);
  const facts = [
    `epoch ${epoch}`,
    ...(took ? [`promoted in ${duration(took)} (objective ${whole(rto)} in all)`] : []),
    ...(progress?.lagSeconds === undefined ? [] : [`lag at the flip ${progress.lagSeconds} s`]),
  ];
  const head = `${colour.green(`${name} is written in ${region}`)}: ${facts.join(', ')}`;
  if (beacon !== false) return { code: EXIT.ok, lines: [head] };
  return {
    code: EXIT.undecided,
    lines: [
      head,
      colour.yellow(`but its beacon does not say so yet, so public writes may not follow:`),
      ...listed(reasons),
    ],
  };
}

const listed = (reasons: readonly string[]) => reasons.map((reason) => `  - ${reason}`);

const goOn = ({ name }: FlipEstate) => [`Go on watching: flipside status --estate ${name} --follow`];
