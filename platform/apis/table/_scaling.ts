/**
 * Autoscaling of a provisioned table and its indexes. Each region scales its own copy; the settings are equal, as
 * DynamoDB asks for writes: a copy with fewer write units would fall behind.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_reqs_bestpractices.html (2026-11)
 */
import { Policy, Target } from '../../../imports/appautoscaling';
import type { Manifest } from '../../kind';
import { managed } from '../../managed';
import type { TablePlan } from './plan';

type Provisioned = NonNullable<TablePlan['spec']['capacity']['provisioned']>;

/** Units of one kind of a table or an index, as Application Auto Scaling names them. */
interface Dimension {
  readonly key: string;
  readonly resourceId: string;
  readonly scalableDimension: string;
  readonly metric: string;
}

/** A target and a policy for the reads and the writes of the table and of each index. */
export function scaling(plan: TablePlan): Record<string, Manifest> {
  const { provisioned } = plan.spec.capacity;
  if (!provisioned) return {};
  return Object.fromEntries(
    dimensionsOf(plan).flatMap((dimension) => [
      [`${dimension.key}-target`, target(plan, provisioned, dimension)],
      [`${dimension.key}-policy`, policy(plan, provisioned, dimension)],
    ]),
  );
}

function dimensionsOf({ name, spec }: TablePlan): Dimension[] {
  const scaled = [
    { key: 'table', kind: 'table', resourceId: `table/${name}` },
    ...spec.indexes.map((index) => ({
      key: `index-${index.name}`,
      kind: 'index',
      resourceId: `table/${name}/index/${index.name}`,
    })),
  ];
  return scaled.flatMap(({ key, kind, resourceId }) =>
    (['Read', 'Write'] as const).map((unit) => ({
      key: `${key}-${unit.toLowerCase()}`,
      resourceId,
      scalableDimension: `dynamodb:${kind}:${unit}CapacityUnits`,
      metric: `DynamoDB${unit}CapacityUtilization`,
    })),
  );
}

const located = ({ place }: TablePlan, { resourceId, scalableDimension }: Dimension) => ({
  region: place.region,
  resourceId,
  scalableDimension,
  serviceNamespace: 'dynamodb',
});

function target(plan: TablePlan, { min, max }: Provisioned, dimension: Dimension): Manifest {
  const manifest = Target.manifest({
    metadata: {},
    spec: {
      forProvider: {
        ...located(plan, dimension),
        minCapacity: min,
        maxCapacity: max,
        tags: { ...plan.tags },
      },
    },
  });
  return managed(manifest, { policy: 'keep', externalName: dimension.resourceId });
}

function policy(plan: TablePlan, { target: targetValue }: Provisioned, dimension: Dimension): Manifest {
  const manifest = Policy.manifest({
    metadata: {},
    spec: {
      forProvider: {
        ...located(plan, dimension),
        policyType: 'TargetTrackingScaling',
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          predefinedMetricSpecification: { predefinedMetricType: dimension.metric },
        },
      },
    },
  });
  return managed(manifest, { policy: 'keep', externalName: dimension.metric });
}
