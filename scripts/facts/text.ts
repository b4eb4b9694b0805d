/** A facts file as text: always the same keys in the same order, as the formatter would leave it. */
import { parse, stringify } from 'yaml';
import { type Facts, factsSchema } from '../../spec/facts';

const SCHEMA = '# yaml-language-server: $schema=../../../schemas/facts.json';
const READ = '# Written by `flipside facts` from the outputs of the stacks: another bootstrap, other values.';
const MADE_UP = '# Placeholder values until `flipside facts` has read them from a bootstrapped account.';

/** Path of a cluster's facts. */
export const factsPath = (estate: string, cluster: string) => `estates/${estate}/facts/${cluster}.yaml`;

/** The file. */
export function factsText(facts: Facts): string {
  const { placeholder, ...rest } = facts;
  const body = stringify(ordered(placeholder ? { placeholder, ...rest } : rest), {
    singleQuote: true,
    lineWidth: 0,
  });
  return [SCHEMA, placeholder ? MADE_UP : READ, body].join('\n');
}

/** Keys in the order of the schema, whoever made the object. */
function ordered(facts: Partial<Facts>): Record<string, unknown> {
  const keys = Object.keys(factsSchema.shape) as (keyof Facts)[];
  return Object.fromEntries(keys.filter((key) => facts[key] !== undefined).map((key) => [key, facts[key]]));
}

/** What a file says, in the form of {@link factsText}; its own text when it is not a facts file. */
export function canonical(text: string): string {
  const read = factsSchema.safeParse(parseSafe(text));
  return read.success ? factsText(read.data) : text;
}

function parseSafe(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
