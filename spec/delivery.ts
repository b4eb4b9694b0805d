/** How the rendered files reach the clusters: the repository that every Argo CD reads, and when changes are held. */
import * as z from 'zod';
import { mistyped } from './_words';
import { duration } from './scalars';

const EXAMPLE =
  'the https, ssh or file URL of a Git repository, for example https://git.example.com/flipside.git';

const repository = z
  .string({ error: (issue) => mistyped(issue.input, EXAMPLE) })
  .superRefine((value, context) => {
    const problem = repositoryProblem(value);
    if (problem) context.addIssue({ code: 'custom', message: problem, input: value });
  })
  .meta({
    description: 'Repository that the Argo CD of every cluster reads; a login for it is a Secret there',
  });

/** Argo CD takes the URL in a project for a pattern, so nothing that means more than itself is let in. */
const PLAIN = /^(?:https|ssh|file):\/\/[\w:/.@~+%-]+$/;

function repositoryProblem(value: string): string | undefined {
  const [, login, path] = /^([\w.-]+@[\w.-]+):([\w./~-]+)$/.exec(value) ?? [];
  if (login && path) return `the short form of an SSH URL, expected ssh://${login}/${path}`;
  if (!PLAIN.test(value) || !URL.canParse(value)) return `expected ${EXAMPLE}`;
  const { protocol, username, password, pathname } = new URL(value);
  if (password || (username && protocol !== 'ssh:')) return 'holds a login, expected a URL without one';
  return /[^/]/.test(pathname) ? undefined : 'names no repository, expected a path after the host';
}

const REVISION = 'a branch, a tag or a commit, for example main';

const revision = z
  .string({ error: (issue) => mistyped(issue.input, REVISION) })
  .regex(/^(?!.*(?:\.\.|\/\/|\.lock$|[/.]$))[A-Za-z0-9][\w./-]*$/, { error: `expected ${REVISION}` })
  .default('main')
  .meta({ description: 'Branch, tag or commit that the clusters follow' });

/** Name and bounds of each field. https://pkg.go.dev/github.com/robfig/cron/v3 (2026-11), which Argo CD uses. */
const FIELDS = [
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day of the month', 1, 31],
  ['month', 1, 12],
  ['weekday', 0, 6],
] as const;

const SCHEDULE = 'minute, hour, day of the month, month and weekday in UTC, for example "0 0 20 11 *"';

const schedule = z
  .string({ error: (issue) => mistyped(issue.input, SCHEDULE) })
  .superRefine((value, context) => {
    const problem = scheduleProblem(value);
    if (problem) context.addIssue({ code: 'custom', message: problem, input: value });
  })
  .meta({ description: `When the window opens: ${SCHEDULE}` });

function scheduleProblem(value: string): string | undefined {
  const given = value.split(' ');
  if (given.length !== FIELDS.length) return `not five fields, expected ${SCHEDULE}`;
  const wrong = FIELDS.find(([, min, max], index) => !isField(given[index] ?? '', min, max));
  return (
    wrong &&
    `${wrong[0]} out of form, expected *, or numbers of ${wrong[1]} to ${wrong[2]} as 5, 1-5, 1,5 or */5`
  );
}

const isField = (field: string, min: number, max: number) =>
  field.split(',').every((part) => {
    const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/[1-9]\d?)?$/.exec(part);
    const [from = min, to = from] = (match ?? []).slice(1).filter(Boolean).map(Number);
    return match !== null && min <= from && from <= to && to <= max;
  });

const freeze = z
  .strictObject({
    schedule,
    duration: duration.meta({ description: 'How long the window stays open, for example 12d' }),
    reason: z
      .string({ error: (issue) => mistyped(issue.input, 'the reason, in a few words') })
      .min(1, { error: 'empty, expected the reason, in a few words' })
      .max(200, { error: 'longer than 200 characters, expected a few words' })
      .meta({ description: 'Shown to whoever is held' }),
  })
  .meta({ description: 'A window in which production is not changed; a flip always passes' });

/** Delivery of an estate; durations become seconds. */
export const deliverySchema = z.strictObject({
  repository,
  revision,
  freeze: z.array(freeze).default([]).meta({ description: 'Change freezes of production' }),
});

/** A window in which production is not changed. */
export type Freeze = z.output<typeof freeze>;
