/** Findings of one check together: thirty of one kind are one thing to decide. */
import type { Finding, Severity } from '../finding';

/** All findings of one check and severity. */
export interface Group {
  readonly check: string;
  readonly severity: Severity;
  /** In the order of the assessment; never empty. */
  readonly findings: readonly [Finding, ...Finding[]];
}

/** In the order of the assessment, which is the gravest first. */
export function groupsOf(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.check}`;
    const known = groups.get(key);
    if (known) known.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map((own) => ({
    check: own[0].check,
    severity: own[0].severity,
    findings: own,
  }));
}

/** `2 errors, 1 warning`; `no findings`. */
export function countsOf(findings: readonly Finding[]): string {
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const { length } = findings.filter((finding) => finding.severity === severity);
    if (length === 0) return [];
    return [severity === 'info' ? `${length} to know` : `${length} ${severity}${length === 1 ? '' : 's'}`];
  });
  return counts.length > 0 ? counts.join(', ') : 'no findings';
}
