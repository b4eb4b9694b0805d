/** A Deployment that an autoscaler scales states no number of pods itself. */
import type { Check } from '../check';
import { type Located, appliedOf, numberAt, spot, textAt } from './_read';

/** A standby that is switched off states 0, which no autoscaler can keep. For every other number each sync of Argo CD would scale it
 * back, in the middle of a takeover as well.
 */
export const autoscalerOwnsReplicas: Check = {
  id: 'autoscaler-owns-replicas',
  title: 'What an autoscaler scales states no replicas',
  severity: 'error',
  reference: 'C-10, S3-28: Argo CD and the promotion must not fight',
  run: (estate, report) =>
    estate.clusters.flatMap((cluster) => {
      const scaled = new Set(appliedOf([cluster], 'HorizontalPodAutoscaler').map(targetOf));
      return appliedOf([cluster], 'Deployment')
        .filter(({ object }) => scaled.has(`${object.metadata.namespace}/${object.metadata.name}`))
        .filter(({ object }) => numberAt(object, 'spec.replicas') > 0)
        .map((item) =>
          report({
            message: `Deployment ${item.object.metadata.name} states ${String(item.object.spec?.['replicas'])} replicas and has an autoscaler`,
            path: spot(item, 'spec.replicas'),
            remedy: 'Leave replicas out; the floor is minReplicas of the autoscaler',
          }),
        );
    }),
};

const targetOf = ({ object }: Located) =>
  `${object.metadata.namespace}/${textAt(object, 'spec.scaleTargetRef.name')}`;
