/** What the verbs of the lab do. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { kubeconfigPath } from '../../lab/kubeconfig';
import { keptLayout, statePath } from '../../lab/layout';
import { down, kill, regionNamed, revive, theLab, up } from '../../lab/lab';
import { partPath, pathWithKubectl } from '../../lab/parts';
import { tail } from '../../lab/process';
import { ready } from '../../lab/ready';
import { clonePath } from '../../lab/repository';
import { statusOf } from '../../lab/status';
import { EXIT, UserError } from '../answer';
import { pass } from '../exec';
import { failover } from '../failover';
import type { FailoverOptions } from '../flip/wish';
import { statusLines } from './show';

const tellerFrom = (started: number) => (line: string) =>
  console.log(`  ${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);

/** `flipside lab up` */
export async function upVerb(
  root: string,
  options: { readonly estate: string; readonly withProvider?: string; readonly speed: string },
): Promise<number> {
  const { withProvider } = options;
  if (withProvider !== undefined && withProvider !== 'rds') {
    throw new UserError(
      `Cannot run the provider of "${withProvider}": not built for the lab, expected rds`,
      EXIT.usage,
    );
  }
  const speed = Number(options.speed);
  if (!(speed >= 1 && speed <= 30)) {
    throw new UserError(
      `Cannot run the lab at speed "${options.speed}": expected a number of 1 to 30`,
      EXIT.usage,
    );
  }
  const tell = tellerFrom(performance.now());
  const layout = await up(root, { estate: options.estate, provider: withProvider ?? 'stub', speed }, tell);
  await ready(layout, tell);
  tell('ready');
  console.log(statusLines(await statusOf(layout)).join('\n'));
  return EXIT.ok;
}

/** `flipside lab status` */
export async function statusVerb(root: string, { json }: { readonly json?: boolean }): Promise<number> {
  const status = await statusOf(theLab(root));
  console.log(json ? JSON.stringify(status, null, 2) : statusLines(status).join('\n'));
  return status.regions.every((region) => region.settled) ? EXIT.ok : EXIT.undecided;
}

/** `flipside lab down` */
export async function downVerb(root: string): Promise<number> {
  const count = await down(root);
  console.log(count === 0 ? 'nothing was running' : `ended ${count} processes`);
  return EXIT.ok;
}

/** `flipside lab kill` */
export async function killVerb(root: string, name: string): Promise<number> {
  const layout = theLab(root);
  await kill(layout, regionNamed(layout, name));
  console.log(
    `${name} is lost: no process of it runs, its AWS endpoints do not answer, its database is gone`,
  );
  return EXIT.ok;
}

/** `flipside lab revive` */
export async function reviveVerb(root: string, name: string): Promise<number> {
  const layout = theLab(root);
  await revive(layout, regionNamed(layout, name));
  console.log(`${name} is back, with the state it was lost with`);
  return EXIT.ok;
}

/** `flipside lab failover`: the command of on-call, with its rights, in the lab's clone of the repository. */
export async function failoverVerb(root: string, name: string, options: LabFlip): Promise<number> {
  const layout = theLab(root);
  const to = regionNamed(layout, name).name;
  process.env['PATH'] = pathWithKubectl(root);
  const { estate, state } = layout;
  return failover(clonePath(state), { ...options, estate, to, kubeconfig: kubeconfigPath(layout) });
}

/** What is asked of a flip, beside where to. */
type LabFlip = Omit<FailoverOptions, 'estate' | 'to' | 'kubeconfig' | 'context'>;

/** `flipside lab logs` */
export async function logsVerb(
  root: string,
  name: string | undefined,
  { lines }: { readonly lines: string },
): Promise<number> {
  const state = statePath(root);
  const names = keptLayout(root)
    ? readdirSync(join(state, 'logs')).map((file) => file.replace(/\.log$/, ''))
    : [];
  if (names.length === 0) throw new UserError('Cannot show logs: there is no lab; run: npx flipside lab up');
  if (name === undefined) console.log(names.toSorted().join('\n'));
  else if (!names.includes(name)) {
    throw new UserError(
      `Cannot show the log of "${name}": no such process, expected one of ${names.toSorted().join(', ')}`,
      EXIT.usage,
    );
  } else console.log(tail(state, name, Number(lines)));
  return EXIT.ok;
}

/** `flipside lab kubectl` */
export async function kubectlVerb(root: string, name: string, args: readonly string[]): Promise<number> {
  const { kubeconfig } = regionNamed(theLab(root), name);
  return pass(partPath(root, 'kubernetes', 'kubectl'), ['--kubeconfig', kubeconfig, ...args]);
}
