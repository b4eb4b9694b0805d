/** Flags of Go programs: `--name=value`, or `--name` alone for true. */
export const flags = (values: Readonly<Record<string, string | number | true>>): string[] =>
  Object.entries(values).map(([name, value]) => (value === true ? `--${name}` : `--${name}=${value}`));

/** Environment of Go programs that collect their garbage half as often: the lab has memory to spare, its cores are full. */
export const SPARING = { GOGC: '200' };
