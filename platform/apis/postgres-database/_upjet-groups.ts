/** What a cluster and its instances refer to by name: the data subnets, and parameters equal in both regions. */
import { ClusterParameterGroup, ParameterGroup, SubnetGroup } from '../../../imports/rds';
import { type ParameterValue, RESTART_PARAMETERS } from '../../../spec/claims/postgres-parameters';
import type { Manifest } from '../../kind';
import { managed } from '../../managed';
import type { Plan } from './plan';
import type { Seen } from './seen';

const DESCRIPTION = 'Managed by Flipside';

/** `16` of `16.8`. */
export const majorOf = (version: string) => version.split('.')[0] ?? version;

/** A group is made for one major version, so its name holds it and an upgrade brings groups of its own. */
export const clusterGroupName = ({ names }: Plan, major: string) => names.part(`cluster-pg${major}`);
export const instanceGroupName = ({ names }: Plan, major: string) => names.part(`pg${major}`);
export const subnetsName = ({ names }: Plan) => names.part('data');

/**
 * The major version whose groups are used now. AWS refuses those of another one, and a global database is upgraded
 * from outside the cluster, so its members keep their groups until they have been.
 */
export function groupMajor({ global, version }: Plan, { cluster }: Seen): string {
  return majorOf((global && cluster.version) ?? version);
}

/** The major versions that need groups: during an upgrade both. */
export const groupMajors = (plan: Plan, seen: Seen): string[] => [
  ...new Set([groupMajor(plan, seen), majorOf(plan.version)]),
];

/** The three data subnets of the region. */
export function subnets(plan: Plan): Manifest {
  const { region, facts } = plan.place;
  const manifest = SubnetGroup.manifest({
    metadata: {},
    spec: {
      forProvider: {
        region,
        description: DESCRIPTION,
        subnetIds: [...facts.subnets.data],
        tags: { ...plan.tags },
      },
    },
  });
  return managed(manifest, { policy: 'keep', externalName: subnetsName(plan) });
}

/** Parameters of the cluster: ours and the claim's. */
export function clusterParameters(plan: Plan, major: string): Manifest {
  const manifest = ClusterParameterGroup.manifest({
    metadata: {},
    spec: { forProvider: { ...group(plan, major), parameter: parametersOf(plan) } },
  });
  return managed(manifest, { policy: 'keep', externalName: clusterGroupName(plan, major) });
}

/** Parameters of the instances: none yet. A group of our own can be changed later, AWS's default one cannot. */
export function instanceParameters(plan: Plan, major: string): Manifest {
  const manifest = ParameterGroup.manifest({ metadata: {}, spec: { forProvider: group(plan, major) } });
  return managed(manifest, { policy: 'keep', externalName: instanceGroupName(plan, major) });
}

const group = ({ place, tags }: Plan, major: string) => ({
  region: place.region,
  family: `aurora-postgresql${major}`,
  description: DESCRIPTION,
  tags: { ...tags },
});

/**
 * `rds.global_db_rpo` is not set: with one secondary its lag would stop the commits of the only writer.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html (2026-11)
 */
function parametersOf({ spec }: Plan) {
  const wanted = Object.entries(spec.parameters).map(([name, value]) => parameter(name, value));
  return [parameter('rds.force_ssl', true), ...wanted].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** A method other than AWS's own for a parameter never settles: AWS keeps reporting its own. */
const parameter = (name: string, value: ParameterValue) => ({
  name,
  value: written(value),
  applyMethod: RESTART_PARAMETERS.has(name) ? 'pending-reboot' : 'immediate',
});

function written(value: ParameterValue): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
}
