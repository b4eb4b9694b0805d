/** The few shapes that the drawing is made of. Colours come from classes, so that a page and a lone file share them. */
import type { Rect } from './_layout';

/** Widths of letters as shares of the size, in the widest font that readers have, bold: the first that matches counts. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[mwMW@%…]/, 1],
  [/[A-Z×→]/, 0.78],
  [/[iljtfI.,:;'|!() \-/·]/, 0.42],
  [/./, 0.66],
];

const widthOf = (letter: string): number => WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? 1;

/** Width of regular letters against bold ones. */
const REGULAR = 0.92;

/** As much of a text as fits in so many pixels; `size` of bold letters. */
export function fitted(text: string, width: number, size: number): string {
  const letters = [...text];
  let end = 0;
  const ends = letters.map((letter) => (end += widthOf(letter)));
  if ((ends.at(-1) ?? 0) * size <= width) return text;
  const most = ends.filter((end) => (end + widthOf('…')) * size <= width).length;
  return `${letters.slice(0, Math.max(1, most)).join('')}…`;
}

/** Middle of a box. */
export const middle = ({ x, w }: Rect): number => x + w / 2;
/** Half height of a box. */
export const level = ({ y, h }: Rect): number => y + h / 2;

/** A line of text; what does not fit is cut, and the whole stands in its title. */
export function Label(props: {
  x: number;
  y: number;
  text: string;
  kind: string;
  size?: number;
  width?: number;
  anchor?: 'start' | 'middle' | 'end';
}) {
  const { x, y, text, kind, size = 12, width = Infinity, anchor = 'start' } = props;
  const weight = kind === 'name' ? 1 : REGULAR;
  const shown = Number.isFinite(width) ? fitted(text, width, size * weight) : text;
  return (
    <text x={round(x)} y={round(y)} class={`${kind} s${size}`} text-anchor={anchor}>
      {shown}
      {shown !== text && <title>{text}</title>}
    </text>
  );
}

/** A box with a name and what there is to say of it. */
export function Box(props: {
  at: Rect;
  name: string;
  detail: string;
  kind?: string;
  badge?: string;
  step?: number;
  small?: boolean;
}) {
  const { at, name, detail, kind = 'box', badge, step, small } = props;
  const pad = small ? 7 : 10;
  const badgeWidth = badge ? badge.length * 6.6 + 12 : 0;
  return (
    <g>
      <rect {...sizes(at)} rx="6" class={kind} />
      <Label
        x={at.x + pad}
        y={at.y + 18}
        text={name}
        kind="name"
        width={at.w - 2 * pad - badgeWidth}
        size={small ? 11 : 12}
      />
      <Label x={at.x + pad} y={at.y + 33} text={detail} kind="detail" width={at.w - 2 * pad} size={11} />
      {step !== undefined && <Step x={at.x} y={at.y} number={step} />}
      {badge && <Badge right={at.x + at.w - 8} y={at.y + 7} text={badge} />}
    </g>
  );
}

/** Which step of a flip it is. */
export const Step = ({ x, y, number }: { x: number; y: number; number: number }) => (
  <g>
    <circle cx={round(x)} cy={round(y)} r="9" class="number" />
    <Label x={x} y={y + 4} text={String(number)} kind="number-text" size={11} anchor="middle" />
  </g>
);

/** A word on a coloured ground, its right edge at `right`. */
export function Badge({
  right,
  y,
  text,
  kind = 'badge',
}: {
  right: number;
  y: number;
  text: string;
  kind?: string;
}) {
  const w = text.length * 6.6 + 12;
  return (
    <g>
      <rect x={round(right - w)} y={round(y)} width={round(w)} height="16" rx="8" class={kind} />
      <Label x={right - w / 2} y={y + 12} text={text} kind={`${kind}-text`} size={11} anchor="middle" />
    </g>
  );
}

/** A line through points, with a head at its end, and at its beginning where `both`. */
export function Arrow({
  points,
  kind,
  both,
  scope,
}: {
  points: readonly (readonly [number, number])[];
  kind: string;
  both?: boolean;
  scope: string;
}) {
  const d = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join(' ');
  const head = `url(#${scope}-${kind})`;
  return <path d={d} class={`arrow ${kind}`} marker-end={head} {...(both && { 'marker-start': head })} />;
}

/** Heads of every kind of arrow. `scope` keeps the ids of several drawings in one page apart. */
export const Heads = ({ scope }: { scope: string }) => (
  <defs>
    {['request', 'idle', 'data', 'flip', 'sync'].map((kind) => (
      <marker
        key={kind}
        id={`${scope}-${kind}`}
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth="8"
        markerHeight="8"
        markerUnits="userSpaceOnUse"
        orient="auto-start-reverse"
      >
        <path d="M0 0L8 4L0 8Z" class={`head ${kind}-head`} />
      </marker>
    ))}
  </defs>
);

/** Attributes of a rectangle. */
export const sizes = ({ x, y, w, h }: Rect) => ({
  x: round(x),
  y: round(y),
  width: round(w),
  height: round(h),
});

/** Shorter files, and the same bytes on every machine. */
export const round = (value: number): number => Math.round(value * 10) / 10;
