/** A lab's status as people read it: no more than a screen. */
import type { LabStatus, Share } from '../../lab/status';
import { colour, columns } from '../ui/text';

/** Most reasons to wait that are shown. */
const MAX_REASONS = 6;

/** The lines. */
export function statusLines(status: LabStatus): string[] {
  const { estate, provider, regions, world, processes, memoryMiB } = status;
  const rows = regions.map(({ name, alive, applications, claims, primary, beacon }) => [
    name,
    alive ? 'answers' : 'lost',
    shareText(applications),
    shareText(claims),
    primary ? `${primary.region} epoch ${primary.epoch} ${primary.phase}` : '-',
    beacon ? 'writers here' : '-',
  ]);
  const reasons = regions.flatMap(({ name, applications, claims }) =>
    [...applications.waiting, ...claims.waiting].map((why) => `  ${name}  ${why}`),
  );
  const stores = Object.entries(world?.writers ?? {}).map(
    ([store, writers]) => `  ${store}: writes in ${writers.join(' and ') || 'no region'}`,
  );
  return [
    `lab of ${estate}, ${processes} processes, ${memoryMiB} MiB`,
    provider === 'rds'
      ? 'AWS is emulated; provider-aws is real for rds, a stand-in for all else'
      : 'AWS is emulated; a stand-in writes what AWS providers would',
    '',
    ...columns([['region', 'API', 'applications', 'claims', 'regional claim', 'beacon'], ...rows]),
    ...(stores.length > 0 ? ['', 'PostgreSQL', ...stores] : []),
    ...(reasons.length > 0 ? ['', 'waiting', ...reasons.slice(0, MAX_REASONS).map(colour.yellow)] : []),
    ...(reasons.length > MAX_REASONS ? [`  and ${reasons.length - MAX_REASONS} more`] : []),
  ];
}

const shareText = ({ total, waiting }: Share) => `${total - waiting.length} of ${total}`;
