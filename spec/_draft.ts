/** An estate on its way in: every file checked by itself, not yet against the others. */
import * as z from 'zod';
import { type Checked, type Entry, check } from './_entry';
import { type File, type Layout, layoutOf } from './_layout';
import { type AnyClaim, type PrimaryRegion, claimSchema, claimSchemas, primaryRegionSchema } from './claims';
import { type Estate, estateSchema } from './estate';
import { type Facts, factsSchema } from './facts';
import type { Problem } from './problem';
import { type Service, serviceSchema } from './service';
import { type Waivers, waiversSchema } from './waivers';

/** What the rules between files are given. */
export interface Draft {
  /** Name of the estate's folder. */
  readonly name: string;
  readonly layout: Layout;
  readonly estate?: Entry<Estate>;
  readonly primaryRegion?: Entry<PrimaryRegion>;
  readonly services: readonly Entry<Service>[];
  readonly claims: readonly Entry<AnyClaim>[];
  readonly facts: readonly Entry<Facts>[];
  readonly waivers?: Entry<Waivers>;
  /** Problems within single files. */
  readonly problems: readonly Problem[];
}

/** A rule between the files of an estate. It passes over what is missing or invalid: that is told already. */
export type Rule = (draft: Draft) => Problem[];

/** Checks every file of the estate in folder `name`. */
export function draftOf(name: string, files: readonly File[]): Draft {
  const layout = layoutOf(name, files);
  const estate = checkAll(layout.estate ? [layout.estate] : [], () => estateSchema);
  const region = checkAll(layout.primaryRegion ? [layout.primaryRegion] : [], () => primaryRegionSchema);
  const services = checkAll(layout.services, () => serviceSchema);
  const claims = checkAll(layout.claims, claimSchemaFor);
  const facts = checkAll(layout.facts, () => factsSchema);
  const waivers = checkAll(layout.waivers ? [layout.waivers] : [], () => waiversSchema);
  return {
    name,
    layout,
    ...(estate.entries[0] && { estate: estate.entries[0] }),
    ...(region.entries[0] && { primaryRegion: region.entries[0] }),
    services: services.entries,
    claims: claims.entries,
    facts: facts.entries,
    ...(waivers.entries[0] && { waivers: waivers.entries[0] }),
    problems: [layout, estate, region, services, claims, facts, waivers].flatMap(
      (checked) => checked.problems,
    ),
  };
}

function checkAll<T>(files: readonly File[], schemaFor: (value: unknown) => z.ZodType<T>) {
  const checked: Checked<T>[] = files.map(([path, bytes]) => check(path, bytes, schemaFor));
  return {
    entries: checked.flatMap(({ entry }) => (entry ? [entry] : [])),
    problems: checked.flatMap(({ problems }) => problems),
  };
}

const KINDS = Object.keys(claimSchemas);

/** Holds a claim of an unknown kind against what all kinds share. */
const anyKind = claimSchema('', z.looseObject({})).extend({ kind: z.enum(KINDS) });

function claimSchemaFor(value: unknown): z.ZodType<AnyClaim> {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  const schema = Object.entries(claimSchemas).find(([name]) => name === kind)?.[1];
  // `anyKind` accepts no claim, so it never gives a value of another type.
  return schema ?? (anyKind as unknown as z.ZodType<AnyClaim>);
}
