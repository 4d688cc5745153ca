import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';

export interface SpendProps {
  /** US dollars a month, of the whole account: costs can be told apart by stage only once their tag is activated by hand. */
  readonly budget: number;
  readonly operator: string;
}

/** Tells the operator by mail when the month's costs reach 80 % of the budget, or will pass it at their rate. */
export class Spend extends Construct {
  constructor(scope: Construct, id: string, { budget, operator }: SpendProps) {
    super(scope, id);
    const told = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
      subscribers: [{ subscriptionType: 'EMAIL', address: operator }],
    });
    new CfnBudget(this, 'Budget', {
      budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: budget, unit: 'USD' } },
      notificationsWithSubscribers: [told('ACTUAL', 80), told('FORECASTED', 100)],
    });
  }
}
