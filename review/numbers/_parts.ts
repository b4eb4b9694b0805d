/** The parts of a recovery, from what it depends on. */
import {
  ARGO_WEBHOOK,
  BEACON_EVERY,
  CACHE_FAILOVER,
  CROSSPLANE_REACT,
  DECIDE,
  NOTICE,
  OTHER_SILENT,
  POD_START,
  PODS_READY,
  SOURCES,
  WRITER_ENDPOINT_TTL,
} from '../../model/recovery-times';
import type { HealthCheck, Recovery } from './_recovery';
import { AURORA, fixed, type Part, plus, spread } from './_schedule';

/** Every part, each behind those it waits for. */
export const partsOf = (recovery: Recovery): Part[] => [
  detection(recovery),
  decision(recovery),
  ...delivery(recovery),
  ...job(recovery),
  ...promotions(recovery),
  ...compute(recovery),
  ...clients(recovery),
  ...traffic(recovery),
];

/** The first look comes up to one interval after the loss. */
const detected = ({ interval, failures }: HealthCheck) =>
  plus(fixed(interval * failures), spread([0, interval]));

const detection = ({ check }: Recovery): Part => ({
  id: 'detection',
  step: 'detection',
  label: check
    ? `Route 53: ${check.failures} checks of ${check.interval} s fail`
    : 'somebody notices: no health check renders',
  after: [],
  length: check ? detected(check) : spread(NOTICE),
  source: check?.source ?? SOURCES.notice,
});

const decision = ({ automaticAfter }: Recovery): Part => ({
  id: 'decision',
  step: 'decision',
  label: automaticAfter === undefined ? 'a person decides' : `the trigger waits ${automaticAfter} s`,
  after: ['detection'],
  length: automaticAfter === undefined ? spread(DECIDE) : fixed(automaticAfter),
  source: automaticAfter === undefined ? SOURCES.decide : 'primary-region.yaml#spec.trigger.afterSeconds',
});

/**
 * `flipside failover` and a webhook tell Argo CD of the commit. Neither is rendered, and both can get lost, so the p95
 * counts on the poll alone. The trigger writes to its own API server: no commit has to arrive.
 */
function delivery({ automaticAfter, poll }: Recovery): Part[] {
  const told = spread(ARGO_WEBHOOK);
  const argo: Part = {
    id: 'argo',
    step: 'delivery',
    label: poll ? `Argo CD is told, or polls every ${poll.seconds} s` : 'Argo CD is told of the commit',
    after: ['decision'],
    length: poll ? { p50: told.p50, p95: Math.max(told.p95, spread([0, poll.seconds]).p95) } : told,
    source: poll?.source ?? SOURCES.argoWebhook,
  };
  const crossplane: Part = {
    id: 'crossplane',
    step: 'delivery',
    label: 'Crossplane composes the Job',
    after: automaticAfter === undefined ? ['argo'] : ['decision'],
    length: spread(CROSSPLANE_REACT),
    source: SOURCES.crossplane,
  };
  return automaticAfter === undefined ? [argo, crossplane] : [crossplane];
}

function job({ stores }: Recovery): Part[] {
  const pod: Part = {
    id: 'pod',
    step: 'job',
    label: 'the pod of the Job starts',
    after: ['crossplane'],
    length: spread(POD_START),
    source: SOURCES.podStart,
  };
  const fence: Part = {
    id: 'fence',
    step: 'job',
    label: 'the fence waits for the silent region',
    after: ['pod'],
    length: fixed(OTHER_SILENT),
    source: SOURCES.fence,
  };
  return stores.length > 0 ? [pod, fence] : [pod];
}

const begun = ({ stores }: Recovery) => (stores.length > 0 ? 'fence' : 'pod');

const promotions = (recovery: Recovery): Part[] =>
  recovery.stores.map(({ name, kind }) => ({
    id: `store ${name}`,
    step: 'promotion',
    label: `${name}: ${kind === 'Cache' ? 'ElastiCache failover' : 'Aurora failover'}`,
    after: [begun(recovery)],
    length: kind === 'Cache' ? spread(CACHE_FAILOVER) : AURORA,
    source: kind === 'Cache' ? SOURCES.cache : SOURCES.aurora,
  }));

const SLOWEST = ['cold', 'warm', 'hot'] as const;

/** Services start side by side; the slowest counts. New pods get requests once the load balancer trusts them. */
function compute(recovery: Recovery): Part[] {
  const readiness = SLOWEST.find((one) => recovery.compute.some((service) => service.readiness === one));
  if (!readiness) return [];
  const slow = recovery.compute.filter((service) => service.readiness === readiness);
  const pods: Part = {
    id: 'pods',
    step: 'compute',
    label: `${readiness} pods: ${slow.map(({ service }) => service).join(', ')}`,
    after: [begun(recovery)],
    length: spread(PODS_READY[readiness]),
    source: `${slow[0]?.file}; ${SOURCES.pods}`,
  };
  const { targets } = recovery;
  if (readiness === 'hot' || !targets) return [pods];
  return [
    pods,
    {
      id: 'targets',
      step: 'compute',
      label: `load balancer: ${targets.healthy} good answers, one every ${targets.interval} s`,
      after: ['pods'],
      length: fixed(targets.healthy * targets.interval),
      source: targets.source,
    },
  ];
}

/** Pools open new connections when the old ones break; what is left is the name of the writer. */
function clients({ stores }: Recovery): Part[] {
  const aurora = stores.filter(({ kind }) => kind === 'PostgresDatabase');
  if (aurora.length === 0) return [];
  return [
    {
      id: 'clients',
      step: 'clients',
      label: 'pools resolve the global writer endpoint again',
      after: aurora.map(({ name }) => `store ${name}`),
      length: spread([0, WRITER_ENDPOINT_TTL]),
      source: SOURCES.writerEndpoint,
    },
  ];
}

/** The dead region's entry turns its own health check: names move while the writers do. */
function traffic({ ttl, accelerator, beacon, stores, compute: services }: Recovery): Part[] {
  const moved = [...stores.map(({ name }) => `store ${name}`), ...(services.length > 0 ? ['pods'] : [])];
  return [
    ...(ttl
      ? [
          {
            id: 'resolvers',
            step: 'traffic',
            label: `resolvers forget the dead region, TTL ${ttl.seconds} s`,
            after: ['detection'],
            length: spread([0, ttl.seconds]),
            source: ttl.fixed ? SOURCES.alias : ttl.source,
          },
        ]
      : []),
    ...(accelerator
      ? [
          {
            id: 'accelerator',
            step: 'traffic',
            label: `Global Accelerator: ${accelerator.failures} checks of ${accelerator.interval} s fail`,
            after: [],
            length: detected(accelerator),
            source: accelerator.source,
          },
        ]
      : []),
    ...(beacon && moved.length > 0
      ? [
          {
            id: 'beacon',
            step: 'traffic',
            label: 'the beacon sees the new writers',
            after: moved,
            length: spread([0, BEACON_EVERY]),
            source: SOURCES.beacon,
          },
        ]
      : []),
  ];
}
