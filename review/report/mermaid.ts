/** The picture of an estate as text that GitHub and others draw: the same nodes and links as the drawing. */
import { duration } from '../checks/_words';
import type { Side, Store, Topology } from './topology';

/** A flowchart in Mermaid's language. */
export function mermaidOf(topology: Topology): string {
  const { front, sides, stores, others, flip, domain, estate } = topology;
  const hops = ['users', ...front.map(({ id }) => id)];
  const last = hops.at(-1) ?? 'users';
  return [
    'flowchart TB',
    `  ${node('users', `Users of ${domain}`)}`,
    ...front.map(({ id, label, detail, waf }) => `  ${node(id, `${label}${waf ? ' + WAF' : ''}`, detail)}`),
    ...sides.flatMap((side) => regionOf(side, topology)),
    `  ${node('git', `Git: PrimaryRegion ${estate}`, 'pull request, review, merge')}`,
    ...others.map(({ name, services }, index) => `  ${node(`other${index}`, name, `${services} services`)}`),
    ...hops.slice(1).map((hop, index) => `  ${hops[index]} --> ${hop}`),
    ...sides.map(
      ({ position, serves }) => `  ${last} ${serves ? '-->' : '-. when primary is lost .->'} ${position}_lb`,
    ),
    ...sides.map(
      ({ position, region }) =>
        `  git ${region === flip.to ? `== "flip to ${flip.to}, epoch ${flip.next}" ==>` : '-.->'} ${position}_argo`,
    ),
    ...others.map((_, index) => `  git -.-> other${index}`),
    ...stores.flatMap((store, index) => linkOf(store, index, topology)),
    ...(topology.peered ? ['  home_eks <-- transit gateways --> peer_eks'] : []),
    ...flipOf(topology),
  ].join('\n');
}

function regionOf(side: Side, { stores, flip }: Topology): string[] {
  const at = side.position;
  const role = side.primary ? 'primary' : side.serves ? 'serves users' : 'standby';
  return [
    `  subgraph ${at}[${quoted(`${side.region}: ${at}, ${role}`)}]`,
    `    ${node(`${at}_lb`, `Load balancer${side.waf ? ' + WAF' : ''}`)}`,
    ...(side.platform.beacon
      ? [`    ${node(`${at}_beacon`, 'beacon', '/primary')}`, `    ${at}_lb --> ${at}_beacon`]
      : []),
    `    ${node(`${at}_eks`, `EKS ${side.cluster}`, side.services.map(({ name, min, max }) => `${name} ${min}–${max}`).join(', '))}`,
    `    ${at}_lb --> ${at}_eks`,
    ...stores.flatMap((store, index) => {
      const half = store.halves.find(({ region }) => region === side.region);
      return [
        `    ${at}_s${index}[(${quoted(store.name, store.service, half?.role ?? '', half?.detail ?? '')})]`,
        `    ${at}_eks --> ${at}_s${index}`,
      ];
    }),
    ...(side.platform.argo ? [`    ${node(`${at}_argo`, 'Argo CD')}`] : []),
    ...(side.platform.crossplane
      ? [
          `    ${node(`${at}_xp`, 'Crossplane')}`,
          ...(side.region === flip.to ? [] : [`    ${at}_argo --> ${at}_xp`]),
        ]
      : []),
    ...(side.region === flip.to ? [`    ${node(`${at}_job`, `Job promote-${flip.next}`)}`] : []),
    '  end',
  ];
}

const positionOf = ({ sides }: Topology, region: string) =>
  sides.find((side) => side.region === region)?.position ?? 'home';

function linkOf({ link, bound }: Store, index: number, topology: Topology): string[] {
  if (!link) return [];
  const text = bound === undefined ? 'replicates' : bound === 0 ? 'in step' : `about ${duration(bound)}`;
  const [from, to] = [link.from, link.to].map((region) => `${positionOf(topology, region)}_s${index}`);
  return [`  ${from} ${link.both ? '<' : ''}-. ${quoted(text)} .-> ${to}`];
}

function flipOf(topology: Topology): string[] {
  const { flip, stores } = topology;
  const at = positionOf(topology, flip.to);
  const moved = stores.flatMap(({ owner }, index) =>
    flip.stores.includes(owner) ? [`  ${at}_job == promotes ==> ${at}_s${index}`] : [],
  );
  const floors = flip.floors.length > 0 ? [`  ${at}_job == raises the floor ==> ${at}_eks`] : [];
  return [`  ${at}_argo ==> ${at}_xp ==> ${at}_job`, ...moved, ...floors];
}

const node = (id: string, ...lines: readonly string[]) => `${id}[${quoted(...lines)}]`;

/** Mermaid reads entities with `#`; quotes and angle brackets would end the text or start HTML, a backtick Markdown. */
const quoted = (...lines: readonly string[]) =>
  `"${lines
    .filter((line) => line !== '')
    .map((line) =>
      line
        .replaceAll('#', '#35;')
        .replaceAll('"', '#quot;')
        .replaceAll('`', '#96;')
        .replaceAll('<', '#lt;')
        .replaceAll('>', '#gt;')
        .replaceAll(/\s*\n\s*/g, ' '),
    )
    .join('<br/>')}"`;
