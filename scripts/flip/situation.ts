/** Everything that is known when a flip is asked for: the wish, one look at both regions, and what it comes to. */
import { EXIT, UserError } from '../answer';
import { type FlipEstate, flipEstate } from './estate';
import type { Ports } from './ports';
import type { MakePorts } from './real';
import type { Seen, Sight } from './sight';
import { type Intent, intentOf, type Stand, standOf } from './stand';
import { type FailoverOptions, type Wish, wishOf } from './wish';

/** What the steps of one failover share. */
export interface Situation {
  readonly root: string;
  readonly estate: FlipEstate;
  readonly options: FailoverOptions;
  readonly wish: Wish;
  /** The region that takes over, and the other one. */
  readonly target: Seen;
  readonly other: Sight;
  readonly stand: Stand;
  readonly intent: Intent;
  readonly ports: Ports;
}

/** Looks. Throws a UserError when the wish is none or the region that takes over cannot be seen. */
export async function situationOf(
  root: string,
  options: FailoverOptions,
  makePorts: MakePorts,
): Promise<Situation> {
  const estate = flipEstate(root, options.estate);
  const wish = wishOf(estate, options);
  const ports = makePorts(root, estate, options);
  const { look } = ports.clusters;
  const [target, other] = await Promise.all([look(wish.region), look(wish.other)]);
  if (!target.answers) throw new UserError(unseenText(target, other, estate.name), EXIT.undecided);
  const stand = standOf(estate, [target, other]);
  const intent = intentOf(stand, wish.region, wish.mode);
  return { root, estate, options, wish, target, other, stand, intent, ports };
}

/** Everything is decided from what the region that takes over says: without it, nothing is done. */
function unseenText(target: Sight & { answers: false }, other: Sight, estate: string): string {
  const head = `Cannot see the region that should take over: ${target.region} ${target.why}, expected an answer; nothing was changed`;
  const both = other.answers
    ? []
    : [
        `${other.region} ${other.why}`,
        'Neither region answers: look at your own network, VPN and login first',
      ];
  return [head, ...both, `See what answers: flipside status --estate ${estate}`].join('\n');
}
