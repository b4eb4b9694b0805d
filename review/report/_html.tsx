/** Tables and findings as HTML. */
import type { ComponentChildren } from 'preact';
import type { Finding, Severity } from '../finding';
import { countsOf, type Group, groupsOf } from './_groups';
import { type Cell, type Section, type Table, textOf, type Tone } from './_table';

/** Longer tables are folded. */
const MANY = 14;

const MARKS: Readonly<Record<Tone, string>> = { plain: '', good: '✓', bad: '✗', unknown: '?' };

/** A word with its mark: colour is never the only signal. */
export const Toned = ({ text, tone }: { text: string; tone: Tone }) => (
  <span class={`tone ${tone}`}>
    {MARKS[tone] && <span aria-hidden="true">{MARKS[tone]} </span>}
    {text}
  </span>
);

const Shown = ({ cell }: { cell: Cell }) =>
  typeof cell === 'string' || cell.tone === 'plain' ? <>{textOf(cell)}</> : <Toned {...cell} />;

/** A table that scrolls in its own box. */
function Grid({ table }: { table: Table }) {
  const kind = (index: number) => (table.columns[index]?.numeric ? { class: 'number' } : {});
  return (
    <div class="scroll" role="region" aria-label={table.caption} tabIndex={0}>
      <table>
        <caption>{table.caption}</caption>
        <thead>
          <tr>
            {table.columns.map(({ head }, index) => (
              <th key={head} scope="col" {...kind(index)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, line) => (
            <tr key={line}>
              {row.map((cell, index) =>
                index === 0 ? (
                  <th key={index} scope="row">
                    <Shown cell={cell} />
                  </th>
                ) : (
                  <td key={index} {...kind(index)}>
                    <Shown cell={cell} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A part of the report; `children` stand between its notes and its tables. */
export const Part = ({ section, children }: { section: Section; children?: ComponentChildren }) => (
  <section id={section.id} aria-labelledby={`${section.id}-title`}>
    <h2 id={`${section.id}-title`}>{section.title}</h2>
    {section.notes.length > 3 ? (
      <ul class="notes">
        {section.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    ) : (
      section.notes.map((note) => <p key={note}>{note}</p>)
    )}
    {children}
    {section.tables.map((table) =>
      table.rows.length > MANY ? (
        <details key={table.caption}>
          <summary>
            {table.caption} ({table.rows.length} lines)
          </summary>
          <Grid table={table} />
        </details>
      ) : (
        <Grid key={table.caption} table={table} />
      ),
    )}
  </section>
);

const WORDS: Readonly<Record<Severity, { readonly mark: string; readonly word: string }>> = {
  error: { mark: '✗', word: 'error' },
  warning: { mark: '!', word: 'warning' },
  info: { mark: 'i', word: 'to know' },
};

const Mark = ({ severity }: { severity: Severity }) => (
  <span class={`severity ${severity}`}>
    <span aria-hidden="true">{WORDS[severity].mark} </span>
    {WORDS[severity].word}
  </span>
);

/** On the first screen. */
const FIRST = 5;

/** The gravest findings, one line for each check. */
export function FirstFindings({ findings, accepted }: { findings: readonly Finding[]; accepted: number }) {
  const groups = groupsOf(findings);
  return (
    <section class="first" aria-labelledby="first-title">
      <h2 id="first-title">
        Findings{' '}
        <small>
          {countsOf(findings)}
          {accepted > 0 && (
            <>
              , <a href="#accepted">{accepted} accepted</a>
            </>
          )}
        </small>
      </h2>
      {groups.length === 0 && <p>Every check is content.</p>}
      <ol>
        {groups.slice(0, FIRST).map(({ check, severity, findings: [first, ...rest] }) => (
          <li key={check + severity}>
            <a href={`#${severity}-${check}`}>
              <Mark severity={severity} /> <b>{check}</b>
            </a>
            {rest.length > 0 && <span class="more"> and {rest.length} more</span>}
            <p>{first.message}</p>
          </li>
        ))}
      </ol>
      {groups.length > FIRST && (
        <p class="all">
          <a href="#findings">All findings of {groups.length} checks</a>
        </p>
      )}
    </section>
  );
}

const FILTERS = [
  ['all', 'all'],
  ['error', 'errors'],
  ['warning', 'warnings'],
  ['info', 'to know'],
] as const;

/** Every finding with its remedy. The filter is CSS: it works without a script. */
export function AllFindings({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <section id="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">All findings</h2>
      <fieldset class="filter">
        <legend>Show</legend>
        {FILTERS.map(([id, text]) => (
          <label key={id}>
            <input type="radio" name="severity" id={`show-${id}`} defaultChecked={id === 'all'} /> {text}
          </label>
        ))}
      </fieldset>
      {groupsOf(findings).map((group) => (
        <GroupOf key={group.severity + group.check} group={group} />
      ))}
    </section>
  );
}

function GroupOf({ group: { check, severity, findings } }: { group: Group }) {
  return (
    <article class="group" id={`${severity}-${check}`} data-severity={severity}>
      <h3>
        <Mark severity={severity} /> {check}
      </h3>
      <ul>
        {findings.slice(0, SHOWN).map((finding) => (
          <OneFinding key={finding.path + finding.message} finding={finding} />
        ))}
      </ul>
      {findings.length > SHOWN && (
        <details>
          <summary>{findings.length - SHOWN} more of the same check</summary>
          <ul>
            {findings.slice(SHOWN).map((finding) => (
              <OneFinding key={finding.path + finding.message} finding={finding} />
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}

/** Of one check, before the rest is folded. */
const SHOWN = 3;

const OneFinding = ({ finding: { message, path, remedy } }: { finding: Finding }) => (
  <li>
    <p>{message}</p>
    <p class="remedy">
      <b>Do:</b> {remedy}
    </p>
    <p class="path">
      <a href={hrefOf(path)}>
        <code>{path}</code>
      </a>
    </p>
  </li>
);

/** The page stands in `dist/<estate>/review/`; paths are from the root of the repository. */
const hrefOf = (path: string) => `../../../${encodeURI(path.split('#')[0] ?? '')}`;
