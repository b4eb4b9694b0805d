/** What the capacity checks share: who is short, and where it is written. */
import type { CapacityLine } from '../assessment';
import type { Finding } from '../finding';
import type { Report } from '../check';
import type { RenderedEstate } from '../rendered';
import { firstShort } from '../numbers/capacity';
import { number } from './_words';

type Situation = keyof CapacityLine['needed'];

const SITUATIONS: Readonly<Record<Situation, string>> = {
  peak: 'at the surge',
  zoneLost: 'at the surge with one zone lost',
  regionLost: 'at the surge with the other region lost',
};

const said = ({ limit, available, unit, needed }: CapacityLine, situation: Situation) =>
  `${limit} ${number(available)} of ${number(needed[situation])} ${unit}`;

/** One finding for each cluster: the first limit that is reached, then the others. */
export function shortages(
  { input }: RenderedEstate,
  lines: readonly CapacityLine[],
  situation: Situation,
  report: Report,
): Finding[] {
  return [...new Set(lines.map(({ cluster }) => cluster))].flatMap((cluster) => {
    const own = lines.filter((line) => line.cluster === cluster);
    const first = firstShort(own, situation);
    if (!first) return [];
    const others = own
      .filter((line) => line !== first && line.needed[situation] > line.available)
      .map((line) => said(line, situation));
    const [file = ''] = first.source.split('; ');
    return [
      report({
        message: `Cannot carry ${cluster} ${SITUATIONS[situation]}: first short is ${said(first, situation)}${others.length > 0 ? `; then ${others.join(', ')}` : ''}`,
        path: file.startsWith('estates/')
          ? file
          : `estates/${input.estate.name}/estate.yaml#objectives.surge`,
        remedy: remedyOf(first, situation),
      }),
    ];
  });
}

/** Units bought in advance are paid for while nobody comes; on demand there is nothing to raise. */
function remedyOf({ limit, needed }: CapacityLine, situation: Situation): string {
  const raise = `Raise ${limit} to ${number(needed[situation])} or more`;
  return limit.includes(' units of ')
    ? `Leave out capacity.provisioned: on demand carries it; or ${raise.toLowerCase()}; or list X-33 in assumptions: a value to show`
    : raise;
}
