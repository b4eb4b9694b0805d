/** The arrows of the drawing. */
import { duration } from '../checks/_words';
import type { Panel, Places, Rect, Shape } from './_layout';
import { Arrow, Label, Step, level, middle } from './_shapes';
import type { Side, Store, Topology } from './topology';

interface Props {
  readonly topology: Topology;
  readonly places: Places;
  readonly shape: Shape;
  readonly scope: string;
}

/** Requests, replication, delivery and the flip. */
export const Connections = (props: Props) => (
  <>
    <Requests {...props} />
    <Peering {...props} />
    {props.topology.stores.map((store, index) => (
      <Replication key={store.owner} {...props} store={store} index={index} />
    ))}
    <Sync {...props} />
    <Flip {...props} />
  </>
);

function Requests({ topology, places, shape, scope }: Props) {
  const hops = [places.users, ...places.front];
  const last = hops.at(-1) as Rect;
  return (
    <g>
      {hops.slice(1).map((to, index) => {
        const from = hops[index] as Rect;
        const points: [number, number][] =
          shape === 'wide'
            ? [
                [from.x + from.w, level(from)],
                [to.x - 1, level(to)],
              ]
            : [
                [middle(from), from.y + from.h],
                [middle(to), to.y - 1],
              ];
        return <Arrow key={to.x + to.y} points={points} kind="request" scope={scope} />;
      })}
      {topology.sides.map((side, index) => (
        <ToRegion
          key={side.region}
          side={side}
          panel={places.panels[index] as Panel}
          last={last}
          shape={shape}
          scope={scope}
        />
      ))}
    </g>
  );
}

/** Between the networks of both regions: pods reach a writer that stands in the other one. */
function Peering({ topology, places, shape, scope }: Props) {
  const [a, b] = places.panels.map(({ services }) => services);
  if (!topology.peered || !a || !b) return null;
  if (shape === 'wide')
    return (
      <g>
        <Arrow
          points={[
            [a.x + a.w + 1, level(a)],
            [b.x - 1, level(a)],
          ]}
          kind="request"
          both
          scope={scope}
        />
        <Label x={places.width / 2} y={level(a) - 6} text="peering" kind="detail" size={11} anchor="middle" />
      </g>
    );
  return <Arrow points={around(a, b, topology.stores.length, topology)} kind="request" both scope={scope} />;
}

/** On a phone: at the right of both regions, each in a lane of its own. */
function around(a: Rect, b: Rect, index: number, { stores }: Topology): [number, number][] {
  const lane = a.x + a.w + 31 + index * Math.min(7, 25 / (stores.length + 1));
  const low = 6;
  return [
    [a.x + a.w + 1, level(a) + low],
    [lane, level(a) + low],
    [lane, level(b) + low],
    [b.x + b.w + 1, level(b) + low],
  ];
}

/** From the last thing before the regions to a load balancer, and from there to the services and stores. */
function ToRegion(props: { side: Side; panel: Panel; last: Rect; shape: Shape; scope: string }) {
  const { side, panel, last, shape, scope } = props;
  const { entry, services, stores } = panel;
  const x = middle(entry);
  const inside: [number, number][][] = [
    [
      [x, entry.y + entry.h],
      [x, services.y - 1],
    ],
    ...(stores[0]
      ? [
          [
            [x, services.y + services.h],
            [x, stores[0].y - 1],
          ] as [number, number][],
        ]
      : []),
  ];
  return (
    <g>
      <Arrow
        points={toEntry(last, entry, shape, side.position)}
        kind={side.serves ? 'request' : 'idle'}
        scope={scope}
      />
      {inside.map((points) => (
        <Arrow key={points[0]?.[1]} points={points} kind="request" scope={scope} />
      ))}
      {!side.serves && shape === 'wide' && (
        <Label x={x - 8} y={entry.y - 40} text="when primary is lost" kind="detail" size={11} anchor="end" />
      )}
    </g>
  );
}

/** Down and over; on a phone around the other region, at the left. */
function toEntry(last: Rect, entry: Rect, shape: Shape, position: Side['position']): [number, number][] {
  const start = last.y + last.h;
  if (shape === 'narrow' && position === 'peer')
    return [
      [last.x, level(last)],
      [12, level(last)],
      [12, level(entry)],
      [entry.x - 1, level(entry)],
    ];
  const turn = start + (shape === 'wide' ? 16 : 10);
  return [
    [middle(last), start],
    [middle(last), turn],
    [middle(entry), turn],
    [middle(entry), entry.y - 1],
  ];
}

function Replication({
  topology,
  places,
  shape,
  scope,
  store,
  index,
}: Props & { store: Store; index: number }) {
  if (!store.link) return null;
  const { from, to, both } = store.link;
  const rectOf = (region: string) =>
    places.panels[topology.sides.findIndex((side) => side.region === region)]?.stores[index] as Rect;
  const [a, b] = [rectOf(from), rectOf(to)];
  const text = store.bound === undefined ? '' : store.bound === 0 ? 'in step' : `~${duration(store.bound)}`;
  if (shape === 'narrow')
    return <Arrow points={around(a, b, index, topology)} kind="data" both={both} scope={scope} />;
  const rightwards = a.x < b.x;
  const points: [number, number][] = rightwards
    ? [
        [a.x + a.w + 1, level(a)],
        [b.x - 1, level(b)],
      ]
    : [
        [a.x - 1, level(a)],
        [b.x + b.w + 1, level(b)],
      ];
  return (
    <g>
      <Arrow points={points} kind="data" both={both} scope={scope} />
      {text && (
        <Label x={places.width / 2} y={level(a) - 6} text={text} kind="data-text" size={11} anchor="middle" />
      )}
    </g>
  );
}

/** Git to the Argo CD of the region that is not flipped to: what happens with every change. */
function Sync({ topology, places, shape, scope }: Props) {
  return (
    <>
      {(shape === 'wide' ? places.others : places.others.slice(0, 1)).map((other) => (
        <Arrow key={other.y} points={toOther(places.git, other)} kind="sync" scope={scope} />
      ))}
      {topology.sides.map(({ region, position }, index) => {
        const { argo } = places.panels[index] as Panel;
        const kind = region === topology.flip.to ? 'flip' : 'sync';
        return (
          <Arrow
            key={region}
            points={fromGit(places.git, argo, shape === 'narrow' && position === 'home')}
            kind={kind}
            scope={scope}
          />
        );
      })}
    </>
  );
}

/** Beside Git on a laptop, below it on a phone. */
const toOther = (git: Rect, other: Rect): [number, number][] =>
  other.x + other.w < git.x
    ? [
        [git.x, level(other)],
        [other.x + other.w + 1, level(other)],
      ]
    : [
        [git.x + git.w - 20, git.y + git.h],
        [git.x + git.w - 20, other.y - 1],
      ];

const fromGit = (git: Rect, argo: Rect, round: boolean): [number, number][] => {
  const x = Math.min(Math.max(middle(argo), git.x + 10), git.x + git.w - 10);
  return round
    ? [
        [git.x, level(git)],
        [5, level(git)],
        [5, level(argo)],
        [argo.x - 1, level(argo)],
      ]
    : [
        [x, git.y],
        [x, argo.y + argo.h + 1],
      ];
};

const step = (a: Rect, b: Rect): [number, number][] =>
  a.x < b.x
    ? [
        [a.x + a.w, level(a)],
        [b.x - 1, level(b)],
      ]
    : [
        [a.x, level(a)],
        [b.x + b.w + 1, level(b)],
      ];

/** From Argo CD over Crossplane to the Job, and up to all that it promotes. */
function Flip({ topology, places, shape, scope }: Props) {
  const { flip, sides, stores } = topology;
  const index = sides.findIndex(({ region }) => region === flip.to);
  const panel = places.panels[index];
  if (!panel) return null;
  const { argo, crossplane, job, outer } = panel;
  const edge = outer === 'right' ? panel.rect.x + panel.rect.w - 10 : panel.rect.x + 10;
  const side = ({ x, w }: Rect) => (outer === 'right' ? x + w + 1 : x - 1);
  const moved = stores.flatMap(({ owner }, row) =>
    flip.stores.includes(owner) ? [panel.stores[row] as Rect] : [],
  );
  const targets = [...moved, ...(flip.floors.length > 0 ? [panel.services] : [])];
  // On a phone replication enters on the same side.
  const high = shape === 'narrow' ? 7 : 0;
  const lowest = targets.toSorted((a, b) => b.y - a.y)[0];
  return (
    <g>
      <Arrow points={step(argo, crossplane)} kind="flip" scope={scope} />
      <Arrow points={step(crossplane, job)} kind="flip" scope={scope} />
      {targets.map((target) => (
        <Arrow
          key={target.y}
          points={[
            [side(job), level(job)],
            [edge, level(job)],
            [edge, level(target) - high],
            [side(target), level(target) - high],
          ]}
          kind="flip"
          scope={scope}
        />
      ))}
      {lowest && <Step x={edge} y={(level(job) + level(lowest)) / 2} number={5} />}
    </g>
  );
}
