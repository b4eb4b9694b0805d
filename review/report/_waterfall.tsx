/** The recovery as bars over time: at p50 and p95, with the objective as a line. */
import { duration } from '../checks/_words';
import type { Percentiles, RtoFigure, RtoLine } from '../assessment';
import { Label, round } from './_shapes';

const WIDTH = 860;
const LEFT = 356;
const RIGHT = 76;
const TOP = 30;
const ROW = 28;
const FOOT = 34;

/** Seconds between two marks: about six of them. */
const STEPS = [10, 30, 60, 120, 300, 600, 1200, 3600];

/** The drawing of a recovery. */
export function Waterfall({ rto }: { rto: RtoFigure }) {
  const { lines, objective, total } = rto;
  const longest = Math.max(objective, total.p95) * 1.02;
  const scale = (seconds: number) => LEFT + (seconds / longest) * (WIDTH - LEFT - RIGHT);
  const bottom = TOP + lines.length * ROW;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${WIDTH} ${bottom + FOOT}`}
      class="diagram waterfall"
      role="img"
      aria-labelledby="waterfall-title waterfall-desc"
    >
      <title id="waterfall-title">Recovery time, step by step</title>
      <desc id="waterfall-desc">{toldOf(rto)}</desc>
      <Marks longest={longest} scale={scale} bottom={bottom} />
      {lines.map((line, index) => (
        <Bars key={line.label} line={line} y={TOP + index * ROW} scale={scale} />
      ))}
      <path d={`M${round(scale(objective))} ${TOP - 8}V${bottom}`} class="objective" />
      <Label
        x={scale(objective)}
        y={TOP - 14}
        text={`objective ${duration(objective)}`}
        kind="objective-text"
        size={12}
        anchor="middle"
      />
      <Legend y={bottom + 22} />
    </svg>
  );
}

const toldOf = ({ lines, total, objective, meets }: RtoFigure) =>
  `${duration(total.p50)} at p50 and ${duration(total.p95)} at p95, objective ${duration(objective)}, ${meets ? 'met' : 'missed'}. ${lines.map(({ label, start, length }) => `${label}: from ${duration(start.p95)}, ${duration(length.p95)}.`).join(' ')}`;

type Scale = (seconds: number) => number;

function Marks({ longest, scale, bottom }: { longest: number; scale: Scale; bottom: number }) {
  const step = STEPS.find((one) => longest / one <= 7) ?? 7200;
  const marks = Array.from({ length: Math.floor(longest / step) + 1 }, (_, index) => index * step);
  return (
    <>
      {marks.map((at) => (
        <g key={at}>
          <path d={`M${round(scale(at))} ${TOP}V${bottom}`} class="grid" />
          <Label x={scale(at)} y={bottom + 14} text={duration(at)} kind="detail" size={11} anchor="middle" />
        </g>
      ))}
    </>
  );
}

function Bars({ line, y, scale }: { line: RtoLine; y: number; scale: Scale }) {
  const { label, critical, length } = line;
  const end = scale(line.start.p95 + length.p95);
  return (
    <g>
      <Label
        x={LEFT - 10}
        y={y + 18}
        text={`${critical ? '● ' : ''}${label}`}
        kind={critical ? 'name' : 'word'}
        size={12}
        width={LEFT - 14}
        anchor="end"
      />
      <Bar line={line} at="p50" y={y + 4} scale={scale} />
      <Bar line={line} at="p95" y={y + 14} scale={scale} />
      <Label x={end + 6} y={y + 23} text={duration(length.p95)} kind="detail" size={11} />
    </g>
  );
}

function Bar({ line, at, y, scale }: { line: RtoLine; at: keyof Percentiles; y: number; scale: Scale }) {
  const start = scale(line.start[at]);
  const w = Math.max(2, scale(line.start[at] + line.length[at]) - start);
  return (
    <rect
      x={round(start)}
      y={y}
      width={round(w)}
      height="9"
      class={`bar ${at} ${line.critical ? 'critical' : ''}`.trim()}
    />
  );
}

const Legend = ({ y }: { y: number }) => (
  <g aria-hidden="true">
    <rect x="10" y={y - 8} width="18" height="9" class="bar p50 critical" />
    <Label x={34} y={y} text="p50" kind="detail" size={11} />
    <rect x="70" y={y - 8} width="18" height="9" class="bar p95 critical" />
    <Label x={94} y={y} text="p95" kind="detail" size={11} />
    <Label x={130} y={y} text="● a shorter one shortens it" kind="detail" size={11} />
  </g>
);
