/** What a `Table` becomes in one region, in no controller's words. */
import { connectionSecret } from '../../../model/connection';
import { globalNameOf, identityOf, regionalNameOf } from '../../../model/names';
import { tagsFor } from '../../../model/tags';
import type { Table, TableSpec } from '../../../spec/claims/table';
import { type KeyAttribute, keyAttributes } from '../../../spec/claims/table-keys';
import { tableProblems } from '../../../spec/claims/table-regions';
import { here, type Place, type Placement, there } from '../../../spec/placement';
import { type DaxPlan, daxPlanOf } from './_dax-plan';

/** The copy in the other region. */
export interface ReplicaPlan {
  readonly region: string;
  /** KMS key of that region. */
  readonly key: string;
}

/** What exists in this region. */
export interface TablePlan {
  readonly place: Place;
  /** The home region manages the table and its replica; the peer region observes its own copy. */
  readonly manages: boolean;
  readonly name: string;
  /** True for an existing table, which must be found before anything about it is changed. */
  readonly adopted: boolean;
  /** Why it cannot be in these regions; then nothing exists. */
  readonly problems: readonly string[];
  readonly spec: TableSpec;
  readonly attributes: readonly KeyAttribute[];
  /** Absent in an environment of one region. */
  readonly replica?: ReplicaPlan;
  readonly dax?: DaxPlan;
  /** Name of the alarm on replication from this region; a strongly consistent table has no lag. */
  readonly lagAlarm?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly connection: string;
}

/** The plan of a claim in the placement's region. Depends on home and peer, never on who is primary. */
export function planOf(claim: Table, placement: Placement): TablePlan {
  const { metadata, spec } = claim;
  const id = identityOf(claim, placement);
  const place = here(placement);
  const other = there(placement);
  const adopted = placement.environment === 'prod' ? spec.adopt?.table : undefined;
  const name = adopted ?? globalNameOf('dynamodb', id);
  return {
    place,
    manages: placement.position === 'home',
    name,
    adopted: adopted !== undefined,
    problems: tableProblems(spec, { home: placement.home.region, peer: placement.peer?.region }),
    spec,
    attributes: keyAttributes(spec),
    ...(other && { replica: { region: other.region, key: other.facts.keys.data } }),
    ...(spec.dax && { dax: daxPlanOf({ id, dax: spec.dax, table: name, placement }) }),
    ...(other &&
      spec.consistency === 'eventual' && {
        lagAlarm: alarmName(regionalNameOf('dynamodb', id, place.region)),
      }),
    tags: tagsFor(id),
    connection: connectionSecret(metadata.name),
  };
}

/** Alarm names go to 255 characters, like table names: the ending replaces what it would push over the limit. */
const alarmName = (name: string) => `${name.slice(0, 255 - LAG.length)}${LAG}`;
const LAG = '.replication-lag';
