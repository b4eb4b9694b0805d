/** What a person reads before they say yes: where to, what may be lost, who is ready, how long, which lines change. */
import { colour } from '../ui/text';
import { changeLines } from './edit';
import { expectedTime, lossOf } from './expected';
import { readinessLines } from './readiness';
import type { Situation } from './situation';

/** Says it. */
export function announce(situation: Situation): void {
  const { intent, estate, ports } = situation;
  const { flip, raised } = intent;
  const name = colour.bold(estate.name);
  if (!raised)
    return ports.screen.line(
      `${name}  epoch ${flip.epoch} to ${flip.region} is asked for already: carrying on`,
    );
  ports.screen.line(`${name}  ${headOf(situation)}`);
  bodyOf(situation).forEach((line) => ports.screen.line(line && `  ${line}`));
}

function headOf({ intent: { flip }, stand, wish, estate, target }: Situation): string {
  const { current } = stand;
  const from = stand.writer ?? (current.region === flip.region ? wish.other : current.region);
  const loss = lossOf(estate, flip.mode, target);
  return `${from} -> ${flip.region}   epoch ${current.epoch} -> ${flip.epoch}   ${loss}`;
}

function bodyOf(situation: Situation): string[] {
  const { intent, stand, options, estate, target, other, ports } = situation;
  const { flip } = intent;
  const seen = [target, other].filter((sight) => sight.answers);
  return [
    '',
    ...readinessLines(target, other, ports.clock.now()),
    ...needsBoth(situation),
    expectedTime(estate, flip.mode, seen),
    '',
    ...(options.breakGlass
      ? [`+   override: ${flip.region}, epoch ${flip.epoch} (in the cluster of ${flip.region}, not in Git)`]
      : changeLines(stand.git, flip)),
    '',
  ];
}

function needsBoth({ wish, other }: Situation): string[] {
  if (wish.mode === 'Unplanned' || other.answers) return [];
  const text = `a planned flip is refused unless AWS answers in ${other.region}; if that region is lost: --unplanned --accept-data-loss`;
  return [colour.yellow(text)];
}
