import type { Command } from '@sprout/process';
import { budgetSchema } from '../api/schemas.ts';
import type { BudgetAnswer } from '../api/schemas.ts';
import { askService } from './slo-client.ts';
import { objectiveId } from './objective-id.ts';
import { table } from './table.ts';
import { budgetBar, events, percent } from './words.ts';

export const budgetCommand: Command = {
  name: ['slo', 'budget'],
  summary: 'The error budget of a promise over any window.',
  arguments: 'ID',
  options: {
    window: { type: 'string' },
    at: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  optionHelp: {
    window: "for example 2h, 7d or month@Asia/Seoul; the promise's own by default",
    at: 'the instant at which the window ends; now by default',
    json: 'print the answer of the API',
  },
  examples: [
    './sprout slo budget order-availability --window 2h',
    './sprout slo budget order-availability --window month@Asia/Seoul',
    './sprout slo budget order-availability --at 2026-11-01T00:00:00Z --json | jq .left',
  ],
  run: async (context) => {
    const { window, at, json } = context.values;
    const asked = new URLSearchParams();
    if (typeof window === 'string') asked.set('window', window);
    if (typeof at === 'string') asked.set('at', at);
    const path = `/api/v1/objectives/${encodeURIComponent(objectiveId(context))}/budget?${asked}`;
    const budget = await askService(context, path, budgetSchema);
    if (json) context.print(JSON.stringify(budget));
    else describe(budget).forEach(context.print);
    return 0;
  },
};

function describe(budget: BudgetAnswer): string[] {
  const { leftFraction, from, to, window } = budget;
  const verdict = leftFraction === null ? 'unknown' : leftFraction < 0 ? 'broken' : 'kept';
  return table([
    ['window', `${window}, ${from} to ${to}`],
    ['events', `${events(budget.valid)} valid, ${events(budget.bad)} bad`],
    ['kept', percent(budget.compliance, 3)],
    ['allowed', `${events(budget.allowed)} bad events`],
    ['left', `${events(budget.left)} bad events`],
    ['budget left', `${budgetBar(leftFraction, verdict)} ${percent(leftFraction)}`],
    ['measured', `${percent(budget.coverage)} of the expected scrapes`],
    ...adjustedRows(budget),
    ...simulatedRows(budget),
  ]);
}

/** What of a budget never happened; nothing when all of it was measured. */
export function simulatedRows({ simulated }: Pick<BudgetAnswer, 'simulated'>): string[][] {
  return simulated === undefined ? [] : [['simulated', `${simulated.from} to ${simulated.to}`]];
}

/** What the budget is without excluded time; nothing when nothing is excluded. */
export function adjustedRows({ adjusted }: Pick<BudgetAnswer, 'adjusted'>): string[][] {
  if (adjusted === undefined) return [];
  const { excludedMinutes, exclusions, leftFraction, bad, allowed } = adjusted;
  return [
    ['excluded', `${events(excludedMinutes)} min, by ${exclusions.join(', ')}`],
    ['adjusted', `${percent(leftFraction)} left, ${events(bad)} of ${events(allowed)} bad events`],
  ];
}
