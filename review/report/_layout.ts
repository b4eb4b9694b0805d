/** Where each thing of the drawing stands. Two shapes: both regions side by side, or one below the other for phones. */
import type { Side, Topology } from './topology';

/** Pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A region's box and what stands in it. */
export interface Panel {
  readonly rect: Rect;
  readonly entry: Rect;
  readonly beacon: Rect;
  readonly services: Rect;
  readonly chips: readonly Rect[];
  readonly stores: readonly Rect[];
  readonly argo: Rect;
  readonly crossplane: Rect;
  readonly job: Rect;
  /** The side of the region's box that is away from the other region: where a flip runs up to the stores. */
  readonly outer: 'left' | 'right';
}

/** Everything placed. */
export interface Places {
  readonly width: number;
  readonly height: number;
  readonly users: Rect;
  readonly front: readonly Rect[];
  readonly panels: readonly Panel[];
  readonly git: Rect;
  readonly others: readonly Rect[];
}

/** `wide` for a laptop, `narrow` for a phone. */
export type Shape = 'wide' | 'narrow';

const EDGE = 8;
const PAD = 12;
const HOP = 46;
const CHIP = { h: 26, gap: 6 };
const STORE = { h: 42, gap: 8 };
const HEAD = 34;
const ENTRY = 42;
const PLATFORM = 40;
const FOOT = 24;

/** Places an estate. */
export const placesOf = (topology: Topology, shape: Shape): Places =>
  shape === 'wide' ? wide(topology) : narrow(topology);

const WIDE = { width: 840, panel: 384, gap: 56 };

function wide({ front, sides, stores, others }: Topology): Places {
  const hops = row({ x: EDGE, y: EDGE, w: WIDE.width - 2 * EDGE, h: HOP }, front.length + 1, 34, 210);
  const top = EDGE + HOP + 46;
  const panels = sides.map((side, index) =>
    panelAt(
      side,
      stores.length,
      EDGE + index * (WIDE.panel + WIDE.gap),
      top,
      WIDE.panel,
      index === 0 ? 'left' : 'right',
    ),
  );
  const gitTop = top + Math.max(...panels.map(({ rect }) => rect.h)) + 34;
  const git = { x: (WIDE.width - 300) / 2, y: gitTop, w: 300, h: HOP };
  return {
    width: WIDE.width,
    height: gitTop + HOP + FOOT + EDGE,
    users: hops[0] as Rect,
    front: hops.slice(1),
    panels,
    git,
    others: others.map((_, index) => ({ x: EDGE, y: gitTop + index * 25, w: 232, h: 21 })),
  };
}

const NARROW = { width: 360, left: 18, panel: 310 };

function narrow({ front, sides, stores, others }: Topology): Places {
  const column = (index: number): Rect => ({
    x: NARROW.left,
    y: EDGE + index * (HOP + 18),
    w: NARROW.panel,
    h: HOP,
  });
  let top = EDGE + (front.length + 1) * (HOP + 18) + 12;
  const panels = sides.map((side) => {
    const panel = panelAt(side, stores.length, NARROW.left, top, NARROW.panel, 'right');
    top += panel.rect.h + 26;
    return panel;
  });
  const git = { x: NARROW.left, y: top + 10, w: NARROW.panel, h: HOP };
  const below = git.y + HOP + 10;
  return {
    width: NARROW.width,
    height: below + others.length * 25 + FOOT + 34,
    users: column(0),
    front: front.map((_, index) => column(index + 1)),
    panels,
    git,
    others: others.map((_, index) => ({ x: NARROW.left, y: below + index * 25, w: NARROW.panel, h: 21 })),
  };
}

/** So many boxes of one width in a row, in the middle of `within`. */
function row(within: Rect, count: number, gap: number, most: number): Rect[] {
  const w = Math.min(most, (within.w - gap * (count - 1)) / count);
  const start = within.x + (within.w - count * w - (count - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => ({ ...within, x: start + index * (w + gap), w }));
}

/** From above: entry, services, stores, delivery. */
function panelAt(side: Side, stores: number, x: number, y: number, w: number, outer: Panel['outer']): Panel {
  const rail = 14;
  const inner = { x: x + PAD + (outer === 'left' ? rail : 0), w: w - 2 * PAD - rail };
  const entryTop = y + HEAD;
  const servicesTop = entryTop + ENTRY + 14;
  const rows = Math.ceil(side.services.length / columnsFor(inner));
  const services = { ...inner, y: servicesTop, h: 30 + rows * (CHIP.h + CHIP.gap) + 4 };
  const storesTop = services.y + services.h + 14;
  const platformTop = storesTop + stores * (STORE.h + STORE.gap) + 6;
  const [first, second, third] = row({ ...inner, y: platformTop, h: PLATFORM }, 3, 12, 200) as [
    Rect,
    Rect,
    Rect,
  ];
  const isMirrored = outer === 'left';
  return {
    rect: { x, y, w, h: platformTop + PLATFORM + FOOT - y + 4 },
    entry: { x: inner.x, y: entryTop, w: inner.w - 92, h: ENTRY },
    beacon: { x: inner.x + inner.w - 84, y: entryTop, w: 84, h: ENTRY },
    services,
    chips: chipsIn(services, side.services.length),
    stores: Array.from({ length: stores }, (_, index) => ({
      ...inner,
      y: storesTop + index * (STORE.h + STORE.gap),
      h: STORE.h,
    })),
    argo: isMirrored ? third : first,
    crossplane: second,
    job: isMirrored ? first : third,
    outer,
  };
}

/** A name of nine letters and two numbers of pods fit into each. */
const columnsFor = ({ w }: Pick<Rect, 'w'>) => (w > 300 ? 3 : 2);

function chipsIn(box: Rect, count: number): Rect[] {
  const columns = columnsFor(box);
  const w = (box.w - 2 * 8 - (columns - 1) * CHIP.gap) / columns;
  return Array.from({ length: count }, (_, index) => ({
    x: box.x + 8 + (index % columns) * (w + CHIP.gap),
    y: box.y + 28 + Math.floor(index / columns) * (CHIP.h + CHIP.gap),
    w,
    h: CHIP.h,
  }));
}
