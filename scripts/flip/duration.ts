/** Times as a person reads them. */

/** `0.4 s`, `41 s`, `1 min 12 s`; from milliseconds. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  return whole(Math.round(seconds));
}

/** `41 s`, `5 min`, `2 h 10 min`, `31 d`; from whole seconds. */
export function whole(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min${rest(seconds % 60, 's')}`;
  if (seconds < 86_400)
    return `${Math.floor(seconds / 3600)} h${rest(Math.floor((seconds % 3600) / 60), 'min')}`;
  return `${Math.floor(seconds / 86_400)} d`;
}

const rest = (value: number, unit: string) => (value === 0 ? '' : ` ${value} ${unit}`);

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `90s`, `20m` or `1h`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,5})(s|m|h)$/.exec(text) ?? [];
  return digits && unit ? Number(digits) * (UNITS[unit] ?? 0) : undefined;
}
