/** Budgets, and a look-out for costs that nobody expected. Tags have to be switched on for cost allocation once, by hand. */
import type { Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnAnomalyMonitor, CfnAnomalySubscription } from 'aws-cdk-lib/aws-ce';
import type { Estate } from '../../spec/estate';

/** Percent of a budget at which people are told. */
export const BUDGET_THRESHOLDS = [50, 80, 100] as const;

/** Share of the estate's budget that is not a team's: what the stacks make. */
const PLATFORM = 'platform';

/** What budgets are made of. */
export interface BudgetsProps {
  readonly name: string;
  readonly budget: Estate['budget'];
  readonly topic: string;
  readonly email?: string;
}

/** One budget for all, and one for each share; none where the estate names no amount. */
export function budgetsOf(stack: Stack, { budget, ...props }: BudgetsProps): void {
  if (!budget) return;
  budgetOf(stack, 'budget', { ...props, amount: budget.monthly });
  for (const [share, amount] of Object.entries(budget.shares)) {
    const tag = share === PLATFORM ? `flipside.dev/owner$${PLATFORM}` : `flipside.dev/team$${share}`;
    budgetOf(stack, `budget-${share}`, { ...props, name: `${props.name}-${share}`, amount, tag });
  }
}

interface BudgetProps extends Omit<BudgetsProps, 'budget'> {
  readonly amount: number;
  /** `<key>$<value>`. @default all costs of the account */
  readonly tag?: string;
}

function budgetOf(stack: Stack, id: string, { name, amount, tag, topic, email }: BudgetProps): void {
  const subscribers = [
    { subscriptionType: 'SNS', address: topic },
    ...(email ? [{ subscriptionType: 'EMAIL', address: email }] : []),
  ];
  new CfnBudget(stack, id, {
    budget: {
      budgetName: name,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount, unit: 'USD' },
      ...(tag && { costFilters: { TagKeyValue: [`user:${tag}`] } }),
    },
    notificationsWithSubscribers: BUDGET_THRESHOLDS.map((threshold) => ({
      notification: {
        notificationType: 'ACTUAL',
        comparisonOperator: 'GREATER_THAN',
        threshold,
        thresholdType: 'PERCENTAGE',
      },
      subscribers,
    })),
  });
}

/** US dollars that a surprise must cost before it is told. */
const SURPRISE = 50;

/** Watches the costs of the estate's tag: the monitor over all services exists at most once in an account, and may be there. */
export function anomaliesOf(
  stack: Stack,
  { name, estate, topic }: { readonly name: string; readonly estate: string; readonly topic: string },
): void {
  const monitor = new CfnAnomalyMonitor(stack, 'anomalies', {
    monitorName: name,
    monitorType: 'CUSTOM',
    monitorSpecification: JSON.stringify({ Tags: { Key: 'flipside.dev/estate', Values: [estate] } }),
  });
  new CfnAnomalySubscription(stack, 'anomalies-told', {
    subscriptionName: name,
    frequency: 'IMMEDIATE',
    monitorArnList: [monitor.attrMonitorArn],
    subscribers: [{ type: 'SNS', address: topic }],
    thresholdExpression: JSON.stringify({
      Dimensions: {
        Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
        MatchOptions: ['GREATER_THAN_OR_EQUAL'],
        Values: [String(SURPRISE)],
      },
    }),
  });
}
