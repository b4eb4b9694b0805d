/** The daily rules of AWS Backup in a cluster's stacks, and which resources each of them takes. */
import type { RenderedEstate } from '../rendered';
import { type Fields, at, listAt, numberAt, type Resource, stacksOf, textAt } from './_read';

/** Seconds of a day. */
export const DAY = 86_400;

/** A rule that makes a snapshot a day. */
export interface DailyRule {
  /** Seconds after its time of day until a snapshot has begun and is complete; absent where the rule does not say. */
  readonly windows?: number;
  /** Days that a snapshot is kept. */
  readonly days?: number;
  /** Its copy in another region. */
  readonly copy?: { readonly days?: number };
  /** What it takes: a resource has to match one of them. */
  readonly selections: readonly Fields[];
}

/** Any time of day, on every day. */
const DAILY = /^cron\(\d+ \d+ \* \* \? \*\)$/;

/** The daily rules of a cluster's stacks. */
export function dailyRulesOf(estate: RenderedEstate, cluster: string): DailyRule[] {
  const resources = stacksOf(estate, cluster).flatMap((template) => Object.entries(template.resources));
  const ofType = (type: string) => resources.filter(([, { Type }]) => Type === type);
  const selections = ofType('AWS::Backup::BackupSelection').map(([, { Properties }]) => Properties);
  return ofType('AWS::Backup::BackupPlan').flatMap(([id, { Properties }]) => {
    const own = selections
      .filter((one) => at(one, 'BackupPlanId', 'Fn::GetAtt', 0) === id)
      .map((one) => at(one, 'BackupSelection') as Fields);
    return listAt(Properties, 'BackupPlan', 'BackupPlanRule')
      .filter((rule) => DAILY.test(textAt(rule, 'ScheduleExpression') ?? ''))
      .map((rule) => ruleOf(rule, own, cluster));
  });
}

function ruleOf(rule: Fields, selections: readonly Fields[], cluster: string): DailyRule {
  const start = numberAt(rule, 'StartWindowMinutes');
  const completion = numberAt(rule, 'CompletionWindowMinutes');
  const [copy] = listAt(rule, 'CopyActions').filter((action) => !cluster.endsWith(`-${regionOf(action)}`));
  return {
    // AWS counts the completion from the begin: the two add up.
    ...(start !== undefined && completion !== undefined && { windows: (start + completion) * 60 }),
    ...keptFor(rule),
    ...(copy && { copy: keptFor(copy) }),
    selections,
  };
}

/** `arn:aws:backup:<region>:…` names where a copy goes. */
const regionOf = (action: Fields) => textAt(action, 'DestinationBackupVaultArn')?.split(':')[3] ?? '';

function keptFor(rule: Fields): Pick<DailyRule, 'days'> {
  const days = numberAt(rule, 'Lifecycle', 'DeleteAfterDays');
  return days === undefined ? {} : { days };
}

/** Whether a rule takes a resource: by the service in its ARN, and by its tags. */
export const takes = ({ selections }: DailyRule, resource: Resource): boolean =>
  selections.some((selection) => hasService(selection, resource) && hasTags(selection, resource));

function hasService(selection: Fields, { service }: Resource): boolean {
  const arns = (at(selection, 'Resources') ?? []) as readonly string[];
  return arns.some((arn) => arn === '*' || arn.startsWith(`arn:aws:${service}:`));
}

function hasTags({ Conditions }: Fields, { wish }: Resource): boolean {
  const tagOf = (condition: Fields) =>
    textAt(wish, 'tags', (textAt(condition, 'ConditionKey') ?? '').replace('aws:ResourceTag/', ''));
  return (
    listAt(Conditions, 'StringEquals').every((one) => tagOf(one) === one['ConditionValue']) &&
    listAt(Conditions, 'StringLike').every((one) => isLike(tagOf(one), textAt(one, 'ConditionValue') ?? ''))
  );
}

/** A star at the end stands for anything. */
const isLike = (value: string | undefined, pattern: string): boolean =>
  value === pattern || (pattern.endsWith('*') && value?.startsWith(pattern.slice(0, -1)) === true);
