/** Is it the right cluster? A context's name says nothing: the address it leads to must be the one that EKS knows. */
import type { Cluster } from '../../model/clusters';
import { type Command, command, run } from './command';
import { complaintOf } from '../exec';

/** How the cluster was found to be. */
export interface Reached {
  /** It is the one, and answers. */
  readonly ok: boolean;
  /** One line each, true or what is wrong. */
  readonly lines: readonly string[];
}

const ANSWER_MS = 30_000;

/** What is asked, in order. */
export const questions = (
  { name, region }: Pick<Cluster, 'name' | 'region'>,
  target: readonly string[],
): readonly [account: Command, known: Command, address: Command, answers: Command] => [
  command('aws', ['sts', 'get-caller-identity', '--query=Account', '--output=text'], ANSWER_MS),
  command(
    'aws',
    [
      'eks',
      'describe-cluster',
      `--name=${name}`,
      `--region=${region}`,
      '--query=cluster.endpoint',
      '--output=text',
    ],
    ANSWER_MS,
  ),
  command(
    'kubectl',
    ['config', 'view', ...target, '--minify', '--output=jsonpath={.clusters[0].cluster.server}'],
    ANSWER_MS,
  ),
  command('kubectl', ['get', '--raw=/readyz', ...target, '--request-timeout=10s'], ANSWER_MS),
];

/** Asks. Every line that does not hold is told, not only the first. */
export async function reach(cluster: Cluster, target: readonly string[]): Promise<Reached> {
  const asked = await Promise.all(
    questions(cluster, target).map(async (one) => {
      const ran = await run(one);
      return ran.ok ? { said: ran.stdout.trim() } : { wrong: `${one.program}: ${complaintOf(ran)}` };
    }),
  );
  const [account, known, address, answers] = asked;
  const checks = [
    judged('account', account, (said) => said === cluster.account, `expected ${cluster.account}`),
    judged('cluster in EKS', known, () => true, ''),
    judged(
      'address of the context',
      address,
      (said) => said !== '' && said === known?.said,
      `expected ${known?.said ?? 'the one that EKS knows'}; aws eks update-kubeconfig --name ${cluster.name} --region ${cluster.region} --alias ${cluster.name}`,
    ),
    judged('API server', answers, (said) => said === 'ok', 'expected ok'),
  ];
  return { ok: checks.every(({ ok }) => ok), lines: checks.map(({ line }) => line) };
}

interface Answer {
  readonly said?: string;
  readonly wrong?: string;
}

function judged(
  what: string,
  answer: Answer | undefined,
  holds: (said: string) => boolean,
  expected: string,
) {
  const { said, wrong } = answer ?? {};
  if (said === undefined) return { ok: false, line: `not known  ${what}: ${wrong}` };
  if (holds(said)) return { ok: true, line: `ok         ${what}: ${said}` };
  return { ok: false, line: `wrong      ${what}: ${said || 'none'}, ${expected}` };
}
