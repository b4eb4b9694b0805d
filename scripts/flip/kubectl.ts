/** The API servers of both regions, through kubectl: it knows every way of logging in, and people can repeat the call. */
import { PRIMARY_REGION_APPLICATION } from '../../model/applications';
import { FLIP_CONFIG_MAP } from '../../platform/apis/primary-region/config-map';
import { API_GROUP, API_VERSION, SYSTEM_NAMESPACE } from '../../spec/claims';
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

/** How long one answer may take. kubectl asks twice, so that a dead region is known as such after four seconds. */
const ANSWER_SECONDS = 2;
/** Logging in may run a program of the cloud first. */
const DEADLINE_MS = 8_000;

const CLAIMS = `primaryregions.${API_GROUP}`;
const APPLICATION = `applications.argoproj.io ${PRIMARY_REGION_APPLICATION} --namespace argocd`;

/** A command in the namespace of the platform, as words; none of them holds a space. */
const words = (command: string) => [...command.split(' '), '--namespace', SYSTEM_NAMESPACE];

/** The clusters of an estate. */
export function kubectlClusters(options: KubectlOptions): Clusters {
  const run = (region: string, args: readonly string[]) =>
    exec('kubectl', [...targetOf(options, region), ...args], { timeout: DEADLINE_MS });
  return {
    look: async (region) => {
      const [claim, shared, jobs] = await Promise.all(
        pathsOf(options).map((path) => run(region, ['get', '--raw', path])),
      );
      return lookOf(options, region, claim, [shared, jobs]);
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

/** Asked by their paths: finding out first what a server has takes six tries against one that is dead. */
const pathsOf = ({ estate }: KubectlOptions) => [
  `/apis/${API_VERSION}/namespaces/${SYSTEM_NAMESPACE}/primaryregions/${estate}`,
  `/api/v1/namespaces/${SYSTEM_NAMESPACE}/configmaps/${FLIP_CONFIG_MAP}`,
  `/apis/batch/v1/namespaces/${SYSTEM_NAMESPACE}/jobs`,
];

const MISSING = /NotFound|not find the requested resource/;

/** Only the claim has to be there: the rest is made after it. But half an answer is none. */
function lookOf(
  options: KubectlOptions,
  region: string,
  claim: Ran | undefined,
  rest: readonly (Ran | undefined)[],
): Sight {
  const failed = rest.find((ran) => ran && !ran.ok && !MISSING.test(ran.stderr));
  if (!claim?.ok || failed) return troubleOf(options, region, claim?.ok ? failed : claim);
  const [shared, jobs] = rest.map(objectIn);
  return sightOf(region, {
    claim: JSON.parse(claim.stdout),
    data: shared?.data ?? {},
    jobs: jobs?.items ?? [],
  });
}

interface ObjectLike {
  readonly data?: Readonly<Record<string, string>>;
  readonly items?: readonly unknown[];
}

const objectIn = (ran: Ran | undefined): ObjectLike =>
  ran?.ok ? (JSON.parse(ran.stdout) as ObjectLike) : {};

/** What kubectl complains with, and what it means. A mistake on this machine must not look like a dead region. */
const TROUBLES: readonly (readonly [RegExp, (options: KubectlOptions, region: string) => string])[] = [
  [
    /context .*does not exist|no context exists|context was not found/,
    ({ contexts }, region) =>
      `was not asked: kubectl has no context ${contexts[region]}, name another with --context`,
  ],
  [/not found, expected it on the PATH/, () => 'was not asked: kubectl is not installed'],
  [
    MISSING,
    ({ estate, contexts }, region) =>
      `answers, but has no claim of ${estate}: context ${contexts[region]} is another cluster's, or Flipside is not installed there`,
  ],
  [
    /x509|tls: /,
    () =>
      'answers with a certificate that this kubeconfig does not trust: it is out of date, or something sits between',
  ],
  [
    /Please enter Username|^error: EOF|Unauthorized|must be logged in|provide credentials|getting credentials|executable .* failed/i,
    () => 'refuses these credentials: log in again',
  ],
  [/Forbidden|forbidden/, () => 'refuses: these credentials may not read namespace flipside-system'],
];

function troubleOf(options: KubectlOptions, region: string, ran: Ran | undefined): Unseen {
  const [, say] = TROUBLES.find(([pattern]) => pattern.test(ran?.stderr ?? '')) ?? [];
  if (say) return { answers: false, region, silent: false, why: say(options, region) };
  const detail = !ran || ran.late ? `nothing within ${DEADLINE_MS / 1000} s` : complaintOf(ran);
  return { answers: false, region, silent: true, why: `does not answer (API server: ${detail})` };
}

function refusal(region: string, ran: Ran): string {
  if (ran.late)
    return `Cannot tell whether the claim in "${region}" was patched: no answer within ${DEADLINE_MS / 1000} s, expected one; the same command again finds out`;
  return `Cannot patch the claim in "${region}": ${complaintOf(ran)}, expected its API server to accept it; nothing was changed there`;
}
