/** Both regions run the same engine version: a promotion refuses anything else. */
import type { Check } from '../check';
import type { Finding } from '../finding';
import type { Report } from '../check';
import { type Located, claimKey, composedOf, initial, matched, pairsOf, spot, textAt, wanted } from './_read';

const MEMBERS = ['rds/Cluster', 'elasticache/ReplicationGroup', 'dax/Cluster'] as const;

/** Aurora moves a writer only between members of one version. */
export const equalEngineVersions: Check = {
  id: 'equal-engine-versions',
  title: 'Both regions run the same engine and version',
  severity: 'error',
  reference:
    'S0-33; https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html (2026-08)',
  run: (estate, report) =>
    pairsOf(estate).flatMap(({ home, peer }) => [
      ...matched(composedOf([home], ...MEMBERS), composedOf([peer], ...MEMBERS), claimKey).flatMap((pair) =>
        ['engine', 'engineVersion'].flatMap((field) => difference(pair, field, report)),
      ),
      ...composedOf([home], 'rds/GlobalCluster').flatMap((global) =>
        membersOf([...composedOf([home, peer], 'rds/Cluster')], global).flatMap((member) =>
          versionOf(member, 'engineVersion') === versionOf(global, 'engineVersion')
            ? []
            : [
                report({
                  message: `The member of ${member.cluster.region} starts with ${versionOf(member, 'engineVersion')}, its global database has ${versionOf(global, 'engineVersion')}`,
                  path: spot(member, 'spec.initProvider.engineVersion'),
                  remedy: 'Take the version from one constant; upgrades go through the global database',
                }),
              ],
        ),
      ),
    ]),
};

function difference(
  { home, peer }: { readonly home: Located; readonly peer?: Located },
  field: string,
  report: Report,
): Finding[] {
  if (!peer) return [];
  const [one, other] = [versionOf(home, field), versionOf(peer, field)];
  // A member that joins a global datastore takes the version of the datastore.
  if (one === other || !other) return [];
  return [
    report({
      message: `${home.cluster.name} has ${field} "${one}", ${peer.cluster.name} has "${other}", expected the same`,
      path: spot(peer, `spec.forProvider.${field}`),
      remedy: 'Take the version from one constant for both regions',
    }),
  ];
}

const versionOf = (item: Located, field: string) =>
  textAt(wanted(item), field) || textAt(initial(item), field);

const membersOf = (clusters: readonly Located[], { file }: Located) =>
  clusters.filter((cluster) => cluster.file.split('/').at(-1) === file.split('/').at(-1));
