/** How the checks of the figures write numbers. */

/** `5 min`, `7 min 15 s`, `40 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  return [minutes > 0 ? `${minutes} min` : '', rest > 0 || minutes === 0 ? `${rest} s` : '']
    .filter(Boolean)
    .join(' ');
}

/** A share of 1 as a percentage with three decimals at most. */
export const percentage = (share: number): string => `${Number((share * 100).toFixed(3))} %`;

/** A number with one decimal at most. */
export const number = (value: number): string => String(Math.round(value * 10) / 10);

/** Whole USD. */
export const dollars = (usd: number): string => `${Math.round(usd).toLocaleString('en-US')} USD`;
