/**
 * A kubelet that runs the containers of the platform's own pods as processes of this machine: the promotion, the
 * beacon and the watch are the real programs. Every other pod is pretended by KWOK.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { SYSTEM_NAMESPACE } from '../../spec/claims';
import type { Known, KubeObject } from '../kube';
import { freePorts } from '../ports';
import { launch } from '../process';
import { type AgentContext, complain } from './context';
import { environmentOf } from './environment';

const PODS = `/api/v1/namespaces/${SYSTEM_NAMESPACE}/pods`;
const RESTART_MS = 1_000;

/** A container that runs. */
interface Running {
  readonly process: ChildProcess;
  readonly port: number;
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
  const starting = new Set<string>();
  const labels = new Map<string, string>();
  const look = (known: Known, listed: boolean) => {
    for (const [uid, one] of running) if (!known.has(uid)) end(one, 'SIGKILL');
    for (const [uid, pod] of known) {
      labels.set(uid, pod.metadata.labels?.['app.kubernetes.io/name'] ?? '');
      void attend(context, pod, { running, starting, listed }).catch(complain(`pod ${pod.metadata.name}`));
    }
  };
  let first = true;
  void context.kube.watch(
    PODS,
    (known) => {
      look(known, first);
      first = false;
    },
    context.signal,
  );
  context.signal.addEventListener('abort', () => {
    for (const one of running.values()) end(one, 'SIGKILL');
  });
  return {
    ready: (program) =>
      [...running]
        .filter(([uid, one]) => one.ready && labels.get(uid) === program)
        .map(([, { port }]) => port),
  };
}

interface Books {
  readonly running: Map<string, Running>;
  readonly starting: Set<string>;
  /** True at the first list after a start: what it holds as running ended with the machine. */
  readonly listed: boolean;
}

async function attend(context: AgentContext, pod: KubeObject, books: Books): Promise<void> {
  const { uid = '', deletionTimestamp } = pod.metadata;
  const one = books.running.get(uid);
  if (deletionTimestamp) return leave(context, pod, one);
  if (!pod.spec.nodeName || one || books.starting.has(uid)) return;
  if (['Succeeded', 'Failed'].includes(pod.status?.phase)) return;
  books.starting.add(uid);
  if (books.listed && pod.status?.phase === 'Running' && pod.spec.restartPolicy === 'Never') {
    return told(context, pod, { phase: 'Failed' }, { terminated: { exitCode: 137, reason: 'Error' } }, false);
  }
  await run(context, pod, books).finally(() => books.starting.delete(uid));
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
async function run(context: AgentContext, pod: KubeObject, { running }: Books): Promise<void> {
  const { uid = '' } = pod.metadata;
  for (;;) {
    const one = await started(context, pod);
    running.set(uid, one);
    await told(
      context,
      pod,
      { phase: 'Running' },
      { running: { startedAt: new Date().toISOString() } },
      false,
    );
    void probe(context, pod, one).catch(complain(`probe of ${pod.metadata.name}`));
    const code = await exitOf(one.process);
    one.ready = false;
    running.delete(uid);
    if (one.ending) return leave(context, pod, undefined);
    const terminated = { exitCode: code, reason: code === 0 ? 'Completed' : 'Error' };
    if (pod.spec.restartPolicy === 'Never') {
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
  return { process, port, ready: false, ending: false };
}

const exitOf = (child: ChildProcess) =>
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
