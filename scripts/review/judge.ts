/** `flipside review` without a base: whether each estate, as it stands, meets its objectives. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assessment } from '../../review/assessment';
import { assess } from '../../review/assess';
import type { Finding } from '../../review/finding';
import { renderedEstate } from '../../review/rendered';
import type { EstateInput } from '../../spec/input';
import { EXIT, UserError } from '../answer';
import { readEstates } from '../estates';
import { filesBelow } from '../tree';
import { colour, columns, plural } from '../ui/text';
import { ledgerOf } from './ledger';

/** What it is called with. */
export interface JudgeOptions {
  readonly estate?: string;
  readonly format?: string;
}

/** The verb. 1 when an estate has an error that nobody has accepted. */
export function judge(root: string, { estate, format = 'text' }: JudgeOptions): number {
  const assessments = readEstates(root, estate).map((input) => assessmentOf(root, input));
  if (format === 'json') console.log(JSON.stringify({ estates: assessments }, null, 2));
  else if (format === 'text') console.log(lines(assessments).join('\n'));
  else
    throw new UserError(
      `Cannot answer as "${format}" without --base: expected text or json; the page is dist/<estate>/review/index.html`,
      EXIT.usage,
    );
  const failing = assessments.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
  return failing ? EXIT.no : EXIT.ok;
}

/** Today's judgement of what is committed below `dist/`. */
function assessmentOf(root: string, input: EstateInput): Assessment {
  const dir = join(root, 'dist', input.estate.name);
  const files = new Map(filesBelow(dir).map((path) => [path, readFileSync(join(dir, path), 'utf8')]));
  if (files.size === 0) {
    throw new UserError(
      `Cannot review "${input.estate.name}": dist/${input.estate.name} is empty, expected what it renders; run: npx flipside synth`,
    );
  }
  const today = new Date().toISOString().slice(0, 10);
  return assess(renderedEstate(input, files), { today, ledger: ledgerOf(root, input.estate.name) });
}

function lines(assessments: readonly Assessment[]): string[] {
  return [
    ...columns([HEADING, ...assessments.map(rowOf)]),
    '',
    ...assessments.flatMap(({ estate, findings }) => findingLines(estate, findings)),
  ];
}

const HEADING = ['estate', 'RTO p95', 'RPO', 'availability', 'capacity', 'USD a month', 'findings'];

function rowOf({ estate, rto, rpo, availability, capacity, cost, findings, waived }: Assessment): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const verdict = errors > 0 ? plural(errors, 'error') : 'ok';
  return [
    estate,
    `${Math.round(rto.total.p95)} s of ${rto.objective}`,
    rpo.objective === undefined
      ? 'no data'
      : rpo.meets
        ? `within ${rpo.objective} s`
        : `over ${rpo.objective} s`,
    `${(availability.expected * 100).toFixed(3)} % of ${(availability.objective * 100).toFixed(2)}`,
    capacity.every(({ meets }) => meets) ? 'enough' : 'short',
    `${Math.round(cost.total).toLocaleString('en-US')}`,
    `${verdict}, ${waived.length} waived, ${plural(findings.length - errors, 'note')}`,
  ];
}

/** One entry for each check, so that an estate fits on a screen: how often, where first, and what to do. */
function findingLines(estate: string, findings: readonly Finding[]): string[] {
  const groups = byCheck(findings.filter(({ severity }) => severity !== 'info'));
  if (groups.length === 0) return [];
  const rows = groups.map(([first, ...others]) => [
    first.severity,
    first.check,
    `${others.length + 1}x`,
    first.path,
  ]);
  return [
    colour.bold(estate),
    ...columns(rows).flatMap((line, i) => {
      const [first] = groups[i] as Group;
      return [`  ${tinted(line, first)}`, colour.dim(`    ${first.message}; ${first.remedy}`)];
    }),
    ...(groups.some(([{ severity }]) => severity === 'error') ? [`  ${acceptance(estate)}`] : []),
    ...(groups.some(({ length }) => length > 1) ? [`  all of them: dist/${estate}/review/README.md`] : []),
    '',
  ];
}

type Group = readonly [Finding, ...Finding[]];

/** Findings come gravest first, and so do their checks. One check can have errors and warnings. */
function byCheck(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.check}`;
    groups.set(key, [...(groups.get(key) ?? []), finding] as unknown as Group);
  }
  return [...groups.values()];
}

const tinted = (line: string, { severity }: Finding): string =>
  severity === 'error' ? colour.red(line) : colour.yellow(line);

const acceptance = (estate: string): string =>
  `correct every error, or accept it with a reason and an end in estates/${estate}/waivers.yaml`;
