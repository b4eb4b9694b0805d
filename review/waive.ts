/** Findings that somebody has accepted until a day, put aside with the reason. */
import type { Waiver } from '../spec/waivers';
import type { Finding, Waived } from './finding';

/** What is left to do, and what is accepted. */
export interface Judged {
  readonly findings: readonly Finding[];
  readonly waived: readonly Waived[];
}

/** What waivers belong to: the folder of their estate, and the day of the review as `YYYY-MM-DD`. */
export interface WaiverPlace {
  readonly estate: string;
  readonly today: string;
  /** Checks that were not run: their waivers are not looked at. @default none */
  readonly skipped?: ReadonlySet<string>;
}

/** Id of the finding about a waiver that accepts nothing. */
export const UNUSED = 'unused-waiver';

/** Puts accepted findings aside. An expired waiver makes its finding an error; one that accepts nothing is a warning. */
export function waive(
  found: readonly Finding[],
  waivers: readonly Waiver[],
  { estate, today, skipped = new Set() }: WaiverPlace,
): Judged {
  const judged = found.map((finding) => judge(finding, waivers, today));
  const unused = waivers.flatMap((waiver, index) =>
    skipped.has(waiver.check) || found.some((finding) => covers(waiver, finding))
      ? []
      : [unusedFinding(waiver, index, estate)],
  );
  return {
    findings: [...judged.flatMap(({ left }) => left ?? []), ...unused],
    waived: judged.flatMap(({ waived }) => waived ?? []),
  };
}

const covers = ({ check, path = '' }: Waiver, finding: Finding): boolean =>
  finding.check === check && finding.path.startsWith(path);

function judge(
  finding: Finding,
  waivers: readonly Waiver[],
  today: string,
): { readonly left?: Finding; readonly waived?: Waived } {
  const own = waivers.filter((waiver) => covers(waiver, finding));
  // Days in this form sort like the days themselves.
  const valid = own.find(({ expires }) => expires >= today);
  if (valid) {
    const { reason, owner, expires } = valid;
    return { waived: { finding, reason, owner, expires } };
  }
  const [expired] = own;
  return { left: expired ? expiredFinding(finding, expired) : finding };
}

const expiredFinding = (finding: Finding, { expires, owner }: Waiver): Finding => ({
  ...finding,
  severity: 'error',
  message: `${finding.message}; waiver expired on ${expires}, of ${owner}`,
});

const unusedFinding = ({ check, path }: Waiver, index: number, estate: string): Finding => ({
  check: UNUSED,
  severity: 'warning',
  message: `The waiver of "${check}"${path ? ` at "${path}"` : ''} accepts nothing: the check finds nothing there`,
  path: `estates/${estate}/waivers.yaml#waivers[${index}]`,
  remedy: 'Remove it, or correct its check and path',
});
