/** How the checks of the figures write numbers. */

/** `35 h`, `5 min`, `7 min 15 s`, `40 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.length > 0 ? said.join(' ') : '0 s';
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A size in steps of a thousand with three digits: `30 GB`, `1.39 GB`. */
export function bytes(size: number): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(1, size)) / 3), SIZES.length - 1);
  return `${Number((size / 1000 ** step).toPrecision(3))} ${SIZES[step]}`;
}

/** A share of 1 as a percentage with three decimals at most. */
export const percentage = (share: number): string => `${Number((share * 100).toFixed(3))} %`;

/** A number with one decimal at most. */
export const number = (value: number): string => String(Math.round(value * 10) / 10);

/** Whole USD. */
export const dollars = (usd: number): string => `${Math.round(usd).toLocaleString('en-US')} USD`;
