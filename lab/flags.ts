/** Flags of Go programs: `--name=value`, or `--name` alone for true. */
export const flags = (values: Readonly<Record<string, string | number | true>>): string[] =>
  Object.entries(values).map(([name, value]) => (value === true ? `--${name}` : `--${name}=${value}`));
