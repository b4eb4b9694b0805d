/** Backups and maintenance do not overlap, and both regions are not maintained on the same day. */
import { windowOf } from '../../spec/claims/window';
import type { Check } from '../check';
import { type Located, claimKey, composedOf, matched, pairsOf, prodOf, spot, textAt, wanted } from './_read';

const STORES = ['rds/Cluster', 'elasticache/ReplicationGroup'] as const;
const MINUTES_OF_DAY = 1440;

/** AWS refuses windows that overlap, and a maintenance that goes wrong should hit one region first. */
export const separateWindows: Check = {
  id: 'separate-windows',
  title: 'Backup and maintenance do not overlap, nor does the maintenance of the two regions',
  severity: 'error',
  reference: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBCluster.html (2026-11)',
  run: (estate, report) => [
    ...composedOf(prodOf(estate), ...STORES)
      .filter((item) => overlap(backupOf(item), timeOf(maintenanceOf(item))))
      .map((item) =>
        report({
          message: `${item.object.kind} is backed up ${backupOf(item)} and maintained ${maintenanceOf(item)}, expected windows apart`,
          path: spot(item, 'spec.forProvider'),
          remedy: 'Move spec.backup.window of the claim',
        }),
      ),
    ...pairsOf(estate).flatMap(({ home, peer }) =>
      matched(composedOf([home], ...STORES), composedOf([peer], ...STORES), claimKey)
        .filter((pair) => pair.peer && maintenanceOf(pair.home) === maintenanceOf(pair.peer))
        .map((pair) =>
          report({
            severity: 'warning',
            message: `${pair.home.object.kind} is maintained ${maintenanceOf(pair.home)} in both regions, expected one region first`,
            path: spot(pair.home, 'spec.forProvider'),
            remedy: 'Give the regions different days',
          }),
        ),
    ),
  ],
};

const backupOf = (item: Located) =>
  textAt(wanted(item), 'preferredBackupWindow') || textAt(wanted(item), 'snapshotWindow');

const maintenanceOf = (item: Located) =>
  textAt(wanted(item), 'preferredMaintenanceWindow') || textAt(wanted(item), 'maintenanceWindow');

/** `thu:12:00-thu:13:00` → `12:00-13:00` */
const timeOf = (window: string) => window.replace(/[a-z]{3}:/g, '');

/** True when two daily windows share a minute; either may cross midnight. */
function overlap(one: string, other: string): boolean {
  if (!one || !other) return false;
  const [a, b] = [windowOf(one), windowOf(other)];
  const gap = (b.start - a.start + MINUTES_OF_DAY) % MINUTES_OF_DAY;
  return gap < a.length || MINUTES_OF_DAY - gap < b.length;
}
