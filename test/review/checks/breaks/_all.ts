/** Every break. */
import type { Break } from './_row';
import { backups } from './_backups';
import { copies } from './_copies';
import { path } from './_path';
import { plan } from './_plan';
import { privilege } from './_privilege';
import { safety } from './_safety';
import { stacks } from './_stacks';
import { symmetry } from './_symmetry';
import { traffic } from './_traffic';
import { written } from './_written';

/** In the order of the groups. */
export const BREAKS: readonly Break[] = [
  ...path,
  ...plan,
  ...stacks,
  ...symmetry,
  ...safety,
  ...backups,
  ...copies,
  ...privilege,
  ...traffic,
  ...written,
];
