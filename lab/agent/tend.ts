/** A controller: attends to every object of a path after each change, and again after a while. */
import type { Known, KubeObject } from '../kube';
import { type AgentContext, complain } from './context';

/** What failed, or waits for something else, is tried again this often. */
const AGAIN_MS = 1_000;

/** Calls `attend` for every object; never twice at a time for the same one. It must be quick where nothing is to do. */
export function tend(
  { kube, signal }: AgentContext,
  path: string,
  attend: (object: KubeObject) => Promise<void>,
  heard: (known: Known) => void = () => undefined,
): void {
  let known: Known = new Map();
  const busy = new Set<string>();
  const visit = (object: KubeObject) => {
    const { uid = '', name } = object.metadata;
    if (busy.has(uid)) return;
    busy.add(uid);
    void attend(object)
      .catch(complain(`${object.kind} ${name}`))
      .finally(() => busy.delete(uid));
  };
  const timer = setInterval(() => {
    for (const object of known.values()) visit(object);
  }, AGAIN_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  void kube.watch(
    path,
    (all, changed) => {
      known = all;
      heard(all);
      if (changed) {
        if (all.has(changed.metadata.uid ?? '')) visit(changed);
        return;
      }
      for (const object of all.values()) visit(object);
    },
    signal,
  );
}
