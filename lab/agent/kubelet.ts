/**
 * A kubelet that runs the containers of the platform's own pods as processes of this machine: the promotion, the
 * beacon and the watch are the real programs. Every other pod is pretended by KWOK.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { SYSTEM_NAMESPACE } from '../../spec/claims';
import type { KubeObject } from '../kube';
import { freePorts } from '../ports';
import { launch } from '../process';
import { type AgentContext, complain } from './context';
import { environmentOf } from './environment';
import { tend } from './tend';

const PODS = `/api/v1/namespaces/${SYSTEM_NAMESPACE}/pods`;
const RESTART_MS = 1_000;
const PROGRAM = 'app.kubernetes.io/name';

/** A container that runs. */
interface Running {
  readonly process: ChildProcess;
  readonly port: number;
  /** Its exit code. */
  readonly exit: Promise<number>;
  ready: boolean;
  ending: boolean;
}

/** The kubelet, as the region's entry sees it. */
export interface Kubelet {
  /** Ports of the containers of a program that are ready. */
  readonly ready: (program: string) => readonly number[];
}

/** Starts it. */
export function startKubelet(context: AgentContext): Kubelet {
  const running = new Map<string, Running>();
  const programs = new Map<string, string>();
  const before = new Set<string>();
  let listed = false;
  tend(
    context,
    PODS,
    (pod) => attend(context, pod, running, before),
    (known) => {
      if (!listed) for (const uid of known.keys()) before.add(uid);
      listed = true;
      for (const [uid, one] of running) if (!known.has(uid)) end(one, 'SIGKILL');
      for (const [uid, { metadata }] of known) programs.set(uid, metadata.labels?.[PROGRAM] ?? '');
    },
  );
  context.signal.addEventListener('abort', () => {
    for (const one of running.values()) end(one, 'SIGKILL');
  });
  return {
    ready: (program) =>
      [...running]
        .filter(([uid, one]) => one.ready && programs.get(uid) === program)
        .map(([, { port }]) => port),
  };
}

/** `before` holds the pods of the first list: what ran of them ended with the machine. */
async function attend(
  context: AgentContext,
  pod: KubeObject,
  running: Map<string, Running>,
  before: Set<string>,
): Promise<void> {
  const { uid = '', deletionTimestamp } = pod.metadata;
  const { phase } = pod.status ?? {};
  const one = running.get(uid);
  if (deletionTimestamp) return leave(context, pod, one);
  if (one || !pod.spec.nodeName || phase === 'Succeeded' || phase === 'Failed') return;
  if (before.delete(uid) && phase === 'Running' && pod.spec.restartPolicy === 'Never') {
    return told(context, pod, { phase: 'Failed' }, { terminated: { exitCode: 137, reason: 'Error' } }, false);
  }
  const first = await started(context, pod);
  running.set(uid, first);
  void run(context, pod, running, first).catch(complain(`pod ${pod.metadata.name}`));
}

/** Ends the container, and then the pod. */
async function leave(context: AgentContext, pod: KubeObject, one: Running | undefined): Promise<void> {
  if (one) {
    if (!one.ending) end(one, 'SIGTERM');
    return;
  }
  await context.kube.remove(`${PODS}/${pod.metadata.name}`, '?gracePeriodSeconds=0').catch(gone);
}

function end(one: Running, signal: NodeJS.Signals): void {
  one.ending = true;
  one.ready = false;
  one.process.kill(signal);
}

/** Runs the container until it need not run any more. */
async function run(
  context: AgentContext,
  pod: KubeObject,
  running: Map<string, Running>,
  first: Running,
): Promise<void> {
  const { uid = '' } = pod.metadata;
  for (let one = first; ; one = await started(context, pod)) {
    running.set(uid, one);
    await told(
      context,
      pod,
      { phase: 'Running' },
      { running: { startedAt: new Date().toISOString() } },
      false,
    );
    void probe(context, pod, one).catch(complain(`probe of ${pod.metadata.name}`));
    const code = await one.exit;
    one.ready = false;
    const terminated = { exitCode: code, reason: code === 0 ? 'Completed' : 'Error' };
    const isLast = one.ending || pod.spec.restartPolicy === 'Never';
    if (isLast) running.delete(uid);
    if (one.ending) return leave(context, pod, undefined);
    if (isLast) {
      return told(context, pod, { phase: code === 0 ? 'Succeeded' : 'Failed' }, { terminated }, false);
    }
    await told(context, pod, { phase: 'Running' }, { terminated }, false);
    await sleep(RESTART_MS);
    if (context.signal.aborted) return;
  }
}

async function started(context: AgentContext, pod: KubeObject): Promise<Running> {
  const [{ command }] = pod.spec.containers as [{ readonly command: readonly string[] }];
  const [program = 'node', ...args] = command;
  const [port = 0] = await freePorts(1);
  const env = { ...(await environmentOf(context, pod)), PORT: String(port) };
  const process = launch(program, args, {
    name: pod.metadata.name,
    state: context.region.state,
    region: context.region.name,
    cwd: context.programs,
    env,
  });
  return { process, port, exit: ended(process), ready: false, ending: false };
}

const ended = (child: ChildProcess) =>
  new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 137));
  });

interface Probe {
  readonly httpGet?: { readonly path: string };
  readonly periodSeconds?: number;
}

/** Asks the readiness probe for as long as the container runs; without one a container is ready at once. */
async function probe(context: AgentContext, pod: KubeObject, one: Running): Promise<void> {
  const [{ readinessProbe }] = pod.spec.containers as [{ readonly readinessProbe?: Probe }];
  while (!one.ending && one.process.exitCode === null && one.process.signalCode === null) {
    const ready = readinessProbe ? await answers(one.port, readinessProbe) : true;
    if (ready !== one.ready && !one.ending) {
      one.ready = ready;
      await told(context, pod, { phase: 'Running' }, { running: {} }, ready);
    }
    if (!readinessProbe) return;
    await sleep((readinessProbe.periodSeconds ?? 10) * 500);
  }
}

const answers = (port: number, { httpGet }: Probe) =>
  fetch(`http://127.0.0.1:${port}${httpGet?.path ?? '/'}`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Writes the pod's status; a pod that is gone needs none. */
async function told(
  { kube }: AgentContext,
  pod: KubeObject,
  phase: object,
  state: object,
  ready: boolean,
): Promise<void> {
  const [{ name, image }] = pod.spec.containers as [{ readonly name: string; readonly image: string }];
  const now = new Date().toISOString();
  const condition = (type: string, is: boolean) => ({
    type,
    status: is ? 'True' : 'False',
    lastTransitionTime: now,
  });
  const status = {
    ...phase,
    podIP: '127.0.0.1',
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', true),
      condition('ContainersReady', ready),
      condition('Ready', ready),
    ],
    containerStatuses: [{ name, image, imageID: '', ready, restartCount: 0, state }],
  };
  await kube.merge(`${PODS}/${pod.metadata.name}/status`, { status }).catch(gone);
}

/** The object went away meanwhile. */
function gone(error: unknown): void {
  if ((error as { code?: number }).code !== 404) throw error;
}
