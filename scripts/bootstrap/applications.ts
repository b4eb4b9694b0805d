/** What Argo CD has delivered so far. */
import { columns } from '../ui/text';
import { type Command, command, run } from './command';

/** An application as it stands. */
export interface Delivered {
  readonly name: string;
  readonly sync: string;
  readonly health: string;
  readonly message: string;
}

/** Asks for all of them. */
export const applicationsCommand = (target: readonly string[]): Command =>
  command('kubectl', ['get', 'applications.argoproj.io', '--namespace=argocd', '--output=json', ...target]);

/** The applications by name, or undefined when the API server does not answer. */
export async function delivered(target: readonly string[]): Promise<Delivered[] | undefined> {
  const ran = await run(applicationsCommand(target));
  return ran.ok ? applicationsIn(ran.stdout) : undefined;
}

interface Application {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly sync?: { readonly status?: string };
    readonly health?: { readonly status?: string };
    readonly operationState?: { readonly phase?: string; readonly message?: string };
  };
}

/** Reads the list that kubectl prints. */
export function applicationsIn(json: string): Delivered[] {
  const { items } = JSON.parse(json) as { items: readonly Application[] };
  return items
    .map(({ metadata: { name }, status: { sync, health, operationState } = {} }) => ({
      name,
      sync: sync?.status ?? 'Unknown',
      health: health?.status ?? 'Unknown',
      message: operationState?.phase === 'Succeeded' ? '' : (operationState?.message?.split('\n')[0] ?? ''),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** The root alone is not all: it is healthy before what it delivers exists. */
export const isWhole = (applications: readonly Delivered[], expected: readonly string[]): boolean =>
  expected.every((name) => applications.some((one) => one.name === name)) &&
  applications.every(({ sync, health }) => sync === 'Synced' && health === 'Healthy');

/** A table, and what does not exist yet. */
export function shownApplications(
  applications: readonly Delivered[],
  expected: readonly string[],
): readonly string[] {
  const rows = applications.map(({ name, sync, health, message }) => [name, sync, health, message]);
  const names = new Set(applications.map(({ name }) => name));
  const missing = expected.filter((name) => !names.has(name)).map((name) => [name, 'not yet', '', '']);
  return columns([['application', 'sync', 'health', ''], ...rows, ...missing]);
}
