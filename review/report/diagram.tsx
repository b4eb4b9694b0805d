/** The picture of an estate, drawn from what was rendered: the way of a request, replication, and what a flip moves. */
import { render } from 'preact-render-to-string';
import type { RenderedEstate } from '../rendered';
import { Connections } from './_connections';
import { type Panel, type Places, placesOf, type Rect, type Shape } from './_layout';
import { Badge, Box, Heads, Label, sizes } from './_shapes';
import { DRAWING, DRAWING_THEME } from './_style';
import { type Side, type Store, type Topology, topologyOf } from './topology';

/** The drawing of an estate. `scope` keeps the ids of several in one page apart. */
export function Diagram(props: { topology: Topology; shape: Shape; scope: string }) {
  const { topology, shape, scope } = props;
  const places = placesOf(topology, shape);
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${places.width} ${places.height}`}
      class={`diagram ${shape}`}
      role="img"
      aria-labelledby={`${scope}-title ${scope}-desc`}
    >
      <title id={`${scope}-title`}>{`${topology.estate}: two regions`}</title>
      <desc id={`${scope}-desc`}>{descriptionOf(topology)}</desc>
      <Heads scope={scope} />
      <rect width={places.width} height={places.height} class="ground" />
      {topology.sides.map((side, index) => (
        <Region key={side.region} topology={topology} side={side} panel={places.panels[index] as Panel} />
      ))}
      <Front topology={topology} places={places} />
      <Delivery topology={topology} places={places} />
      <Connections topology={topology} places={places} shape={shape} scope={scope} />
      <Legend places={places} shape={shape} />
    </svg>
  );
}

/** The drawing as a file of its own, which follows the reader's light or dark theme. */
export function architectureSvg(estate: RenderedEstate): string {
  const drawing = render(<Diagram topology={topologyOf(estate)} shape="wide" scope="a" />);
  return `${drawing.replace('<defs>', () => `<style>${DRAWING_THEME}${DRAWING}</style><defs>`)}\n`;
}

/** The picture in one paragraph, for who cannot see it. */
export function descriptionOf({ front, sides, stores, flip }: Topology): string {
  const way = ['Users', ...front.map(({ label, waf }) => (waf ? `${label} with WAF` : label))].join(', ');
  const regions = sides.map(
    ({ region, primary, serves, services }) =>
      `${region} ${primary ? 'is primary and ' : ''}${serves ? 'serves users' : 'waits'} with ${services.map(({ name }) => name).join(', ')}`,
  );
  const kept = stores.map(
    ({ name, service, link }) =>
      `${name} (${service}) ${link ? `replicates from ${link.from} to ${link.to}${link.both ? ' and back' : ''}` : 'is not replicated'}`,
  );
  const moved = flip.stores.length > 0 ? `promotes ${flip.stores.join(', ')}` : 'raises the compute floor';
  return [
    `${way}, then the load balancer of a region.`,
    ...regions.map((one) => `${one}.`),
    ...kept.map((one) => `${one}.`),
    `A flip of PrimaryRegion to ${flip.to} goes from Git to Argo CD, Crossplane and a Job there, which ${moved}.`,
  ].join(' ');
}

function Front({ topology, places }: { topology: Topology; places: Places }) {
  return (
    <>
      <Box at={places.users} name="Users" detail={topology.domain} />
      {topology.front.map((hop, index) => (
        <Box
          key={hop.id}
          at={places.front[index] as Rect}
          name={hop.label}
          detail={hop.detail}
          {...(hop.waf && { badge: 'WAF' })}
        />
      ))}
    </>
  );
}

function Region({ topology, side, panel }: { topology: Topology; side: Side; panel: Panel }) {
  const { rect, entry, beacon, outer } = panel;
  const { platform, region } = side;
  return (
    <g>
      <rect {...sizes(rect)} rx="10" class={side.primary ? 'panel primary' : 'panel'} />
      <Label x={rect.x + 14} y={rect.y + 22} text={region} kind="region" size={15} />
      <Badge
        right={rect.x + rect.w - 12}
        y={rect.y + 9}
        text={roleOf(side)}
        kind={side.primary ? 'solid' : 'badge'}
      />
      <Box
        at={entry}
        name="Load balancer"
        detail={side.entry?.replace(`.${topology.domain}`, '') ?? 'HTTPS'}
        {...(side.waf && { badge: 'WAF' })}
      />
      {platform.beacon && <Box at={beacon} name="beacon" detail="/primary" />}
      <Services side={side} panel={panel} />
      {topology.stores.map((store, index) => (
        <StoreBox key={store.owner} store={store} region={region} at={panel.stores[index] as Rect} />
      ))}
      <Platform topology={topology} side={side} panel={panel} />
      <Label
        x={outer === 'left' ? rect.x + 14 : rect.x + rect.w - 14}
        y={rect.y + rect.h - 10}
        text={footOf(side)}
        kind="detail"
        size={11}
        width={rect.w - 74}
        anchor={outer === 'left' ? 'start' : 'end'}
      />
    </g>
  );
}

/** Argo CD and Crossplane; the Job only where the next flip runs it. */
function Platform({ topology, side, panel }: { topology: Topology; side: Side; panel: Panel }) {
  const { argo, crossplane, job } = panel;
  const isTarget = topology.flip.to === side.region;
  const marked = (step: number) => (isTarget ? { kind: 'box step', step } : {});
  return (
    <>
      {side.platform.argo && <Box at={argo} name="Argo CD" detail="reads Git" small {...marked(2)} />}
      {side.platform.crossplane && (
        <Box at={crossplane} name="Crossplane" detail="composes" small {...marked(3)} />
      )}
      {isTarget && (
        <Box
          at={job}
          name="Job"
          detail={`promote-${topology.flip.next}`}
          kind="box step strong"
          step={4}
          small
        />
      )}
    </>
  );
}

const roleOf = ({ primary, serves, position }: Side) =>
  [position, primary ? 'primary' : serves ? 'serves users' : 'standby'].join(' · ');

const footOf = ({ cidr, zones, network }: Side) => [`${zones} zones`, ...network, cidr].join(' · ');

function Services({ side, panel }: { side: Side; panel: Panel }) {
  const { services, chips } = panel;
  return (
    <g>
      <rect {...sizes(services)} rx="6" class="cluster" />
      <Label
        x={services.x + 10}
        y={services.y + 18}
        text={`EKS ${side.cluster}`}
        kind="name"
        size={12}
        width={services.w - 120}
      />
      <Label
        x={services.x + services.w - 10}
        y={services.y + 18}
        text={`${side.nodes} static nodes`}
        kind="detail"
        size={11}
        anchor="end"
      />
      {side.services.map(({ name, min, max, team }, index) => {
        const at = chips[index] as Rect;
        const pods = `${min}–${max}`;
        return (
          <g key={`${team}/${name}`}>
            <rect {...sizes(at)} rx="4" class="chip" />
            <Label
              x={at.x + 7}
              y={at.y + 17}
              text={name}
              kind="word"
              size={11}
              width={at.w - 16 - pods.length * 6.5}
            />
            <Label x={at.x + at.w - 7} y={at.y + 17} text={pods} kind="detail" size={11} anchor="end" />
          </g>
        );
      })}
    </g>
  );
}

function StoreBox({ store, region, at }: { store: Store; region: string; at: Rect }) {
  const half = store.halves.find((one) => one.region === region);
  const role = half?.role ?? 'none';
  return (
    <g>
      <rect {...sizes(at)} rx="6" class="store" />
      <path
        d={`M${at.x + 10} ${at.y + 13}a7 3 0 0 1 14 0v15a7 3 0 0 1 -14 0zm0 0a7 3 0 0 0 14 0`}
        class="drum"
      />
      <Label
        x={at.x + 32}
        y={at.y + 17}
        text={store.name}
        kind="name"
        size={12}
        width={at.w - 50 - role.length * 7}
      />
      <Label
        x={at.x + 32}
        y={at.y + 33}
        text={`${store.service}, ${half?.detail ?? ''}`}
        kind="detail"
        size={11}
        width={at.w - 40}
      />
      <Badge right={at.x + at.w - 8} y={at.y + 6} text={role} kind={role === 'writer' ? 'solid' : 'badge'} />
    </g>
  );
}

function Delivery({ topology, places }: { topology: Topology; places: Places }) {
  const { flip, estate } = topology;
  return (
    <>
      <Box
        at={places.git}
        name={`Git: PrimaryRegion ${estate}`}
        detail={`${flip.from} → ${flip.to}, epoch ${flip.next}`}
        kind="box step"
        step={1}
      />
      {topology.others.map((other, index) => {
        const at = places.others[index] as Rect;
        return (
          <g key={other.name}>
            <rect {...sizes(at)} rx="4" class="chip" />
            <Label
              x={at.x + 8}
              y={at.y + 15}
              text={`${other.name}, ${other.services} services`}
              kind="detail"
              size={11}
              width={at.w - 14}
            />
          </g>
        );
      })}
    </>
  );
}

const LEGEND = [
  ['request', 'requests'],
  ['data', 'replication'],
  ['sync', 'Argo CD reads Git'],
  ['flip', 'a flip, steps 1 to 5'],
] as const;

function Legend({ places, shape }: { places: Places; shape: Shape }) {
  const columns = shape === 'wide' ? 4 : 2;
  const step = shape === 'wide' ? 150 : 160;
  const left = shape === 'wide' ? (places.width - 4 * step) / 2 + 20 : 24;
  const top = places.height - (shape === 'wide' ? 12 : 30);
  return (
    <g aria-hidden="true">
      {LEGEND.map(([kind, text], index) => {
        const x = left + (index % columns) * step;
        const y = top + Math.floor(index / columns) * 18;
        return (
          <g key={kind}>
            <path d={`M${x} ${y - 4}h22`} class={`arrow ${kind}`} />
            <Label x={x + 28} y={y} text={text} kind="detail" size={11} />
          </g>
        );
      })}
    </g>
  );
}
