/** AWS refuses to delete a store, and a store that goes leaves a snapshot. */
import type { Check } from '../check';
import {
  type Located,
  at,
  composedOf,
  isManaged,
  kindOf,
  listAt,
  prodOf,
  spot,
  textAt,
  wanted,
} from './_read';

const RULES: Readonly<Record<string, (item: Located) => readonly (readonly [field: string, ok: boolean])[]>> =
  {
    'rds/GlobalCluster': (item) => [['deletionProtection', wanted(item).deletionProtection === true]],
    'rds/Cluster': (item) => [
      ['deletionProtection', wanted(item).deletionProtection === true],
      ['skipFinalSnapshot', wanted(item).skipFinalSnapshot === false],
      ['finalSnapshotIdentifier', textAt(wanted(item), 'finalSnapshotIdentifier') !== ''],
    ],
    'dynamodb/Table': (item) => [
      ['deletionProtectionEnabled', wanted(item).deletionProtectionEnabled === true],
      ['replica', listAt(wanted(item), 'replica').every((copy) => isProtected(copy))],
    ],
    's3/Bucket': (item) => [['forceDestroy', wanted(item).forceDestroy !== true]],
  };

/** A mistake, a script or a removed claim does not take data away. */
export const deletionProtection: Check = {
  id: 'deletion-protection',
  title: 'AWS refuses to delete any store of production',
  severity: 'error',
  reference: 'C-12, S1-31',
  run: (estate, report) =>
    composedOf(prodOf(estate), ...Object.keys(RULES))
      .filter(isManaged)
      .flatMap((item) =>
        (RULES[kindOf(item.object)]?.(item) ?? [])
          .filter(([, ok]) => !ok)
          .map(([field]) =>
            report({
              message: `${item.object.kind} has ${field} ${JSON.stringify(wanted(item)[field]) ?? 'not set'}, so its data can be deleted`,
              path: spot(item, `spec.forProvider.${field}`),
              remedy: 'Set deletionProtection: true on the claim; lift it by hand on the day of the teardown',
            }),
          ),
      ),
};

const isProtected = (copy: unknown) => at(copy, 'deletionProtectionEnabled') === true;
