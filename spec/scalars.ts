/**
 * The small values that estates and claims are written in.
 *
 * Each schema gives its own half of the error form: what the value is now and what is allowed. The loader puts
 * `Cannot use "<value>": ` in front.
 */
import ipaddr from 'ipaddr.js';
import ms from 'ms';
import * as z from 'zod';
import { mistyped } from './_words';

const said = (description: string, expected: string) => ({ description, expected });

/** A string that must match `pattern`; `expected` completes the error message and the editor's hint. */
function text(pattern: RegExp, { description, expected }: ReturnType<typeof said>) {
  return z
    .string({ error: (issue) => mistyped(issue.input, expected) })
    .regex(pattern, { error: `expected ${expected}` })
    .meta({ description });
}

/** A DNS label of at most `max` characters: names of estates, teams, services and claims. */
export const label = (max: number, description: string) =>
  text(
    /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
    said(description, 'lower-case letters, digits and single hyphens, starting with a letter'),
  )
    .max(max, { error: `longer than ${max} characters, expected at most ${max}` })
    .refine((name) => !name.includes('--'), { error: 'has two hyphens in a row, expected single hyphens' });

/** A team, which is also its namespace. No hyphens, so that names joined with hyphens never collide. */
export const teamName = text(
  /^[a-z][a-z0-9]*$/,
  said('Team that owns it; its namespace', 'lower-case letters and digits, starting with a letter'),
).max(20, { error: 'longer than 20 characters, expected at most 20' });

/** A 12-digit AWS account id, quoted in YAML so that leading zeros survive. */
export const accountId = text(
  /^\d{12}$/,
  said('AWS account id', 'twelve digits in quotes, for example "111111111111"'),
);

/** An AWS region of the commercial partition. */
export const regionName = text(
  /^[a-z]{2}(-[a-z]+)+-\d$/,
  said('AWS region', 'a region name, for example us-east-1'),
);

/** A DNS name without a trailing dot. */
export const domainName = text(
  /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
  said('DNS name', 'a lower-case DNS name, for example shop.example.com'),
);

/** A path of a URL. */
export const urlPath = text(/^\//, said('Path of a URL', 'a path that starts with /, for example /health'));

/** A container image as `<repository>@sha256:<digest>`; the registry of the region is put in front. */
export const imageReference = text(
  /^[a-z0-9][a-z0-9._/-]*@sha256:[0-9a-f]{64}$/,
  said('Image by digest, without a registry', 'name@sha256:<64 hex digits>; a tag can move, a digest cannot'),
);

const BLOCK = 'an IPv4 block, for example 10.0.0.0/16';

/** An IPv4 block of a VPC, its host bits zero. AWS allows /16 to /28. */
export const vpcCidr = z
  .string({ error: (issue) => mistyped(issue.input, BLOCK) })
  .superRefine((value, context) => {
    const problem = cidrProblem(value);
    if (problem) context.addIssue({ code: 'custom', message: problem, input: value });
  })
  .meta({ description: 'IPv4 block of the VPC', examples: ['10.0.0.0/16'] });

/** An IPv4 block of any size, its host bits zero. */
export const anyCidr = z
  .string({ error: (issue) => mistyped(issue.input, 'an IPv4 block, for example 192.0.2.0/24') })
  .superRefine((value, context) => {
    const problem = blockProblem(value);
    if (problem) context.addIssue({ code: 'custom', message: problem, input: value });
  })
  .meta({ description: 'IPv4 block', examples: ['192.0.2.0/24'] });

function blockProblem(value: string): string | undefined {
  if (!ipaddr.IPv4.isValidCIDR(value)) return 'expected an IPv4 block, for example 192.0.2.0/24';
  const [address, prefix] = ipaddr.IPv4.parseCIDR(value);
  const block = blockAt(address, prefix);
  return block === value ? undefined : `not the first address of its block, expected ${block}`;
}

function cidrProblem(value: string): string | undefined {
  if (!ipaddr.IPv4.isValidCIDR(value)) return `expected ${BLOCK}`;
  const [address, prefix] = ipaddr.IPv4.parseCIDR(value);
  if (prefix < 16 || prefix > 28)
    return `prefix ${prefix}, expected 16 to 28, for example ${blockAt(address, 16)}`;
  const block = blockAt(address, prefix);
  if (block !== `${address}/${prefix}`) return `has host bits set, expected ${block}`;
  return block === value ? undefined : `written in another form, expected ${block}`;
}

const blockAt = (address: ipaddr.IPv4, prefix: number) =>
  `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/${prefix}`)}/${prefix}`;

/** A duration as `30s`, `5m`, `12h` or `35d`; gives seconds. */
export const duration = text(
  /^[1-9]\d{0,5}(s|m|h|d)$/,
  said('Duration', 'a whole number and s, m, h or d, for example 30s'),
).transform((value) => ms(value as ms.StringValue) / 1000);

/** A share as `70%` or `99.99%`; gives the number. */
export const percentage = (min: number, max: number) =>
  text(/^\d+(\.\d+)?%$/, said('Percentage', `a percentage, for example ${max}%`))
    .transform((value) => Number(value.slice(0, -1)))
    .refine((value) => value >= min && value <= max, {
      error: `out of range, expected ${min}% to ${max}%`,
    });

/** A multiple of the normal load as `10x`; gives the number. */
export const multiple = text(
  /^[1-9]\d{0,5}x$/,
  said('Multiple of the normal load', 'a whole number and x, for example 10x'),
).transform((value) => Number(value.slice(0, -1)));

/** A whole number of `min` to `max`. */
export const count = (min: number, max: number, description: string) =>
  z
    .int({
      error: (issue) =>
        `${mistyped(issue.input, `a whole number of ${min} to ${max}`)}${unquoted(issue.input)}`,
    })
    .min(min, { error: `out of range, expected ${min} to ${max}` })
    .max(max, { error: `out of range, expected ${min} to ${max}` })
    .meta({ description });

const unquoted = (input: unknown) => (typeof input === 'string' ? ', without quotes' : '');
