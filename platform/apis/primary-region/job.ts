/** The Jobs of a flip: one carries out an epoch's promotion or a dry run, one gives back what was raised before. */
import { PROMOTE } from '../../../model/identities';
import { imageOf } from '../../../model/release';
import { entryUrl } from '../../../model/site-hosts';
import { SYSTEM_NAMESPACE, type FlipMode } from '../../../spec/claims';
import { here, type Placement, there } from '../../../spec/placement';
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

/** The Job of a promotion. It has no `ttlSecondsAfterFinished`: a Job that vanished would be made again. */
export const promotionJob = (
  props: PromotionJobProps,
  observed: Manifest | undefined,
  placement: Placement,
): Manifest =>
  jobOf(props.name, observed, {
    ...jobSpec(placement, [
      { name: 'FLIPSIDE_NAME', value: props.name },
      { name: 'FLIPSIDE_EPOCH', value: String(props.epoch) },
      { name: 'FLIPSIDE_MODE', value: props.mode },
      { name: 'FLIPSIDE_DRY_RUN', value: String(props.dryRun) },
    ]),
    activeDeadlineSeconds: DEADLINE_SECONDS,
  });

/** Answers of DNS are kept this many times their time to live before everybody can have heard. */
const KEPT_TIMES = 2;

/**
 * The Job that gives the floors back in the region that a flip has left. It has no deadline: it waits for as long as the
 * other region does not say that it has taken over, and goes with the epoch.
 */
export const releaseJob = (
  { name, epoch }: Pick<PromotionJobProps, 'name' | 'epoch'>,
  observed: Manifest | undefined,
  placement: Placement,
): Manifest => jobOf(name, observed, jobSpec(placement, releaseEnvironment(epoch, placement), ['release']));

/**
 * A Job's template cannot change, so one that exists is composed as it is: a new release of Flipside must not touch a
 * promotion that runs.
 */
const jobOf = (name: string, observed: Manifest | undefined, spec: object): Manifest => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, namespace: SYSTEM_NAMESPACE },
  spec: observed?.spec ?? spec,
});

function releaseEnvironment(epoch: number, placement: Placement): Variable[] {
  const other = there(placement)?.region ?? '';
  return [
    { name: 'FLIPSIDE_EPOCH', value: String(epoch) },
    { name: 'FLIPSIDE_OTHER_BEACON', value: entryUrl(other, placement) },
    { name: 'FLIPSIDE_DRAIN_SECONDS', value: String(KEPT_TIMES * placement.traffic.ttl) },
  ];
}

interface Variable {
  readonly name: string;
  readonly value: string;
}

const jobSpec = (placement: Placement, env: readonly Variable[], args: readonly string[] = []) => ({
  backoffLimit: RETRIES,
  template: {
    metadata: { labels: { 'app.kubernetes.io/name': 'flipside-promote' } },
    spec: podSpec(placement, env, args),
  },
});

const podSpec = (placement: Placement, env: readonly Variable[], args: readonly string[]) => ({
  serviceAccountName: PROMOTE_SERVICE_ACCOUNT,
  restartPolicy: 'Never',
  priorityClassName: 'system-cluster-critical',
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: 'promote',
      image: imageOf('promote', placement.account, here(placement).region),
      command: ['node', 'promote.mjs', ...args],
      env: [
        ...env,
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
