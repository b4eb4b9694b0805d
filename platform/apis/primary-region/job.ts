/** The Job that carries out one epoch's promotion, or a dry run. */
import { PROMOTE } from '../../../model/identities';
import { imageOf } from '../../../model/release';
import { SYSTEM_NAMESPACE, type FlipMode } from '../../../spec/claims';
import { here, type Placement } from '../../../spec/placement';
import type { Manifest } from '../../kind';
import { FLIP_CONFIG_MAP, KEYS } from './config-map';

/** What a Job is made for. */
export interface PromotionJobProps {
  readonly name: string;
  readonly epoch: number;
  readonly mode: FlipMode;
  readonly dryRun: boolean;
}

/** Service account of the Job; its Pod Identity role may make the calls of `runtime/promote` and no others. */
export const PROMOTE_SERVICE_ACCOUNT = PROMOTE.name;

/** Longer than all deadlines of `runtime/promote` together. */
const DEADLINE_SECONDS = 3600;

/**
 * More pods than fit into the deadline: an outage of AWS's endpoints must not use up the tries of a promotion that could
 * go on once they are back. Kubernetes waits at most six minutes between two of them.
 */
const RETRIES = 60;

/**
 * The Job. A Job's template cannot change, so one that exists is composed as it is: a new release of Flipside must
 * not touch a promotion that runs. It has no `ttlSecondsAfterFinished`: a Job that vanished would be made again.
 */
export function promotionJob(
  props: PromotionJobProps,
  observed: Manifest | undefined,
  placement: Placement,
): Manifest {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: props.name, namespace: SYSTEM_NAMESPACE },
    spec: observed?.spec ?? {
      backoffLimit: RETRIES,
      activeDeadlineSeconds: DEADLINE_SECONDS,
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': 'flipside-promote' } },
        spec: podSpec(props, placement),
      },
    },
  };
}

const podSpec = (props: PromotionJobProps, placement: Placement) => ({
  serviceAccountName: PROMOTE_SERVICE_ACCOUNT,
  restartPolicy: 'Never',
  priorityClassName: 'system-cluster-critical',
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: 'promote',
      image: imageOf('promote', placement.account, here(placement).region),
      command: ['node', 'promote.mjs'],
      env: [
        { name: 'FLIPSIDE_NAME', value: props.name },
        { name: 'FLIPSIDE_EPOCH', value: String(props.epoch) },
        { name: 'FLIPSIDE_MODE', value: props.mode },
        { name: 'FLIPSIDE_DRY_RUN', value: String(props.dryRun) },
        { name: 'FLIPSIDE_PLAN', valueFrom: { configMapKeyRef: { name: FLIP_CONFIG_MAP, key: KEYS.plan } } },
        { name: 'AWS_STS_REGIONAL_ENDPOINTS', value: 'regional' },
      ],
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    },
  ],
});
