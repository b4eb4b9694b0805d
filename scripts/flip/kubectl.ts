/** The API servers of both regions, through kubectl: it knows every way of logging in, and people can repeat the call. */
import { FLIP_CONFIG_MAP } from '../../platform/apis/primary-region/config-map';
import { API_GROUP, SYSTEM_NAMESPACE } from '../../spec/claims';
import { UserError } from '../answer';
import { complaintOf, exec, type Ran } from '../exec';
import type { Clusters } from './ports';
import { type Sight, sightOf, type Unseen } from './sight';

/** Where the clusters are found. */
export interface KubectlOptions {
  readonly estate: string;
  /** A kubeconfig file; kubectl's own rules when absent. */
  readonly kubeconfig?: string;
  /** Name of the context, by region. */
  readonly contexts: Readonly<Record<string, string>>;
}

/** A region that says nothing for this long is taken for dead; more would hold up the person who waits. */
const ANSWER_SECONDS = 3;
/** Logging in may run a program of the cloud first. */
const DEADLINE_MS = 8_000;

const CLAIMS = `primaryregions.${API_GROUP}`;
const KINDS = `${CLAIMS},configmaps,jobs`;
/** The application that delivers the regional claim; named as its folder under `dist/`. */
const APPLICATION = 'applications.argoproj.io primary-region --namespace argocd';

/** A command in the namespace of the platform, as words; none of them holds a space. */
const words = (command: string) => [...command.split(' '), '--namespace', SYSTEM_NAMESPACE];

/** The clusters of an estate. */
export function kubectlClusters(options: KubectlOptions): Clusters {
  const run = (region: string, args: readonly string[]) =>
    exec('kubectl', [...targetOf(options, region), ...args], { timeout: DEADLINE_MS });
  return {
    look: async (region) => {
      const ran = await run(region, words(`get ${KINDS} --output json`));
      return ran.ok ? read(options, region, ran.stdout) : troubleOf(options, region, ran);
    },
    patch: async (region, spec) => {
      const patch = JSON.stringify({ spec });
      const args = words(`patch ${CLAIMS} ${options.estate} --type merge --field-manager flipside-cli`);
      const ran = await run(region, [...args, '--patch', patch]);
      if (!ran.ok) throw new UserError(refusal(region, ran));
    },
    refresh: async (region) => {
      await run(region, `annotate ${APPLICATION} argocd.argoproj.io/refresh=normal --overwrite`.split(' '));
    },
  };
}

function targetOf({ kubeconfig, contexts }: KubectlOptions, region: string): string[] {
  const context = contexts[region] ?? region;
  const where = kubeconfig ? ['--kubeconfig', kubeconfig] : [];
  return [...where, '--context', context, `--request-timeout=${ANSWER_SECONDS}s`];
}

interface ObjectLike {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string };
  readonly data?: Readonly<Record<string, string>>;
}

function read({ estate, contexts }: KubectlOptions, region: string, stdout: string): Sight {
  const { items = [] } = JSON.parse(stdout) as { items?: readonly ObjectLike[] };
  const claim = items.find(({ kind, metadata }) => kind === 'PrimaryRegion' && metadata?.name === estate);
  if (!claim) {
    const why = `answers, but has no claim of ${estate}: context ${contexts[region]} is another cluster's, or nothing is installed yet`;
    return { answers: false, region, silent: false, why };
  }
  const shared = items.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata?.name === FLIP_CONFIG_MAP,
  );
  return sightOf(region, {
    claim,
    data: shared?.data ?? {},
    jobs: items.filter(({ kind }) => kind === 'Job'),
  });
}

/** What kubectl complains with, and what it means. A mistake on this machine must not look like a dead region. */
const TROUBLES: readonly (readonly [RegExp, (options: KubectlOptions, region: string) => string])[] = [
  [
    /context .*does not exist|no context exists|context was not found/,
    ({ contexts }, region) =>
      `was not asked: kubectl has no context ${contexts[region]}, name another with --context`,
  ],
  [/not found, expected it on the PATH/, () => 'was not asked: kubectl is not installed'],
  [
    /Unauthorized|must be logged in|provide credentials|getting credentials|executable .* failed/i,
    () => 'refuses these credentials: log in again',
  ],
  [/Forbidden|forbidden/, () => 'refuses: these credentials may not read namespace flipside-system'],
  [/doesn't have a resource type/, () => 'answers, but Flipside is not installed there'],
];

function troubleOf(options: KubectlOptions, region: string, ran: Ran): Unseen {
  const [, say] = TROUBLES.find(([pattern]) => pattern.test(ran.stderr)) ?? [];
  if (say) return { answers: false, region, silent: false, why: say(options, region) };
  const detail = ran.late ? `nothing within ${DEADLINE_MS / 1000} s` : complaintOf(ran);
  return { answers: false, region, silent: true, why: `does not answer (API server: ${detail})` };
}

function refusal(region: string, ran: Ran): string {
  if (ran.late)
    return `Cannot tell whether the claim in "${region}" was patched: no answer within ${DEADLINE_MS / 1000} s, expected one; the same command again finds out`;
  return `Cannot patch the claim in "${region}": ${complaintOf(ran)}, expected its API server to accept it; nothing was changed there`;
}
