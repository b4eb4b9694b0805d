/** Nothing in one region depends on the other, apart from replication and from evidence. */
import type { Check } from '../check';
import type { RenderedEstate } from '../rendered';
import { type Leaf, type Located, everyOf, kindOf, spot, textsOf } from './_read';

/**
 * Where the name of the other region may stand, by kind: links of replication, what exists once for both regions, and
 * what is only looked at. `*` stands for every kind.
 */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  Composition: /^spec\.pipeline\[\d+\]\.input\.(home|peer|flip)\./,
  PrimaryRegion: /^spec\.(override\.|dryRun\.)?region$/,
  'cloudfront/Distribution': /^spec\.forProvider\.origin\[/,
  'cloudwatch/MetricAlarm': /^spec\.forProvider\.(alarmDescription|dimensions\.)/,
  'dax/Cluster': /\.iamRoleArn$/,
  'dynamodb/Table': /\.replica\[/,
  'globalaccelerator/EndpointGroup': /./,
  'iam/Role': /./,
  'iam/RolePolicy': /\.policy$/,
  'rds/Cluster': /^spec\.initProvider\.sourceRegion$/,
  'rds/GlobalCluster': /^metadata\.annotations\.flipside\.dev\/home-member$/,
  'route53/HealthCheck': /\.(fqdn|alarmIdentifier|cloudwatchAlarmRegion)/,
  'route53/Record': /./,
  's3/BucketReplicationConfiguration': /\.rule\[\d+\]\.(id$|destination\.)/,
  's3control/MultiRegionAccessPoint': /./,
  'secretsmanager/Secret': /\.replica\[/,
};

/** The other region's beacon is evidence: without an answer from it a flip still runs. */
const EVIDENCE = 'FLIPSIDE_OTHER_BEACON';

/** What serves or flips in one region names no endpoint of the other. */
export const noOtherRegion: Check = {
  id: 'no-other-region',
  title: 'Nothing in a region names the other one, except replication and evidence',
  severity: 'error',
  reference: 'C-01, design of the flip: only the survivor and data planes',
  run: (estate, report) =>
    everyOf(estate.clusters).flatMap((item) => {
      const other = otherRegion(estate, item.cluster.region);
      return namesOf(item, other).map(([path, value]) =>
        report({
          message: `${item.object.kind} of ${item.cluster.name} names "${short(value)}", which lies in ${other}`,
          path: spot(item, path),
          remedy: `Use what ${item.cluster.region} has itself: when ${other} is lost, this is lost too`,
        }),
      );
    }),
};

const otherRegion = ({ input }: RenderedEstate, region: string): string => {
  const { home, peer } = input.estate.regions;
  return region === home.name ? peer.name : home.name;
};

function namesOf({ object }: Located, other: string): Leaf[] {
  const allowed = ALLOWED[kindOf(object)];
  const names = textsOf(object).filter(
    ([path, value]) => String(value).includes(other) && !allowed?.test(path),
  );
  if (names.length === 0) return [];
  const evidence = evidencePaths(object);
  return names.filter(([path]) => !evidence.has(path));
}

/** Paths of the values whose variable carries evidence only. */
function evidencePaths(object: Located['object']): ReadonlySet<string> {
  const names = textsOf(object).filter(([path, value]) => path.endsWith('].name') && value === EVIDENCE);
  return new Set(names.map(([path]) => path.replace(/name$/, 'value')));
}

const short = (value: unknown) => String(value).slice(0, 120);
