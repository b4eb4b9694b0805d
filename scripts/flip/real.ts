/** The real ports: kubectl, git, the terminal. */
import { userInfo } from 'node:os';
import { contextsOf, type FlipEstate } from './estate';
import { gitAt } from './git';
import { kubectlClusters } from './kubectl';
import type { Clock, Ports } from './ports';
import { jsonScreen, realClock, terminalPrompt, terminalScreen } from './terminal';
import type { CommonOptions } from './wish';

/** Makes the ports of one estate; tests make others. */
export type MakePorts = (root: string, estate: FlipEstate, options: CommonOptions) => Ports;

let clock: Clock | undefined;

/** What the command line uses. */
export const realPorts: MakePorts = (root, estate, { kubeconfig, context = [], json }) => {
  clock ??= realClock();
  return {
    clusters: kubectlClusters({
      estate: estate.name,
      contexts: contextsOf(estate, context),
      ...(kubeconfig && { kubeconfig }),
    }),
    git: gitAt(root),
    clock,
    prompt: terminalPrompt,
    screen: json ? jsonScreen : terminalScreen(),
    renderer: async () => (await import('../../main')).render,
    user: userInfo().username,
  };
};
