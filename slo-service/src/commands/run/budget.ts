import type { CommandContext } from '@sprout/process';
import { budgetSchema } from '../../api/schemas.ts';
import type { BudgetAnswer } from '../../api/schemas.ts';
import { askService } from './slo-client.ts';
import { asked, objectivePath } from './asked.ts';
import { askTarget } from './objective-target.ts';
import { table } from './table.ts';
import { budgetBar, events, percent, wholeEvents } from './words.ts';

/** `sprout slo budget`. */
export async function run(context: CommandContext): Promise<number> {
  const path = objectivePath(context, `/budget?${asked(context, 'window', 'at')}`);
  const budget = await askService(context, path, budgetSchema);
  if (context.values['json']) context.print(JSON.stringify(budget));
  else describe(budget, await askTarget(context)).forEach(context.print);
  return 0;
}

function describe(budget: BudgetAnswer, target: number): string[] {
  const { leftFraction, from, to, window } = budget;
  const verdict = leftFraction === null ? 'unknown' : leftFraction < 0 ? 'broken' : 'kept';
  return table([
    ['window', `${window}, ${from} to ${to}`],
    ['events', `${events(budget.valid)} valid, ${events(budget.bad)} bad`],
    ['kept', percent(budget.compliance, target)],
    ['allowed', `${wholeEvents(budget.allowed)} bad events`],
    ['left', `${wholeEvents(budget.left)} bad events`],
    ['budget left', `${budgetBar(leftFraction, verdict)} ${percent(leftFraction)}`],
    ['measured', `${percent(budget.coverage)} of the expected scrapes`],
    ...adjustedRows(budget),
    ...markedRows(budget),
  ]);
}

/** What of a budget never happened, and what was read as sums; nothing when all was counted. */
export function markedRows({
  simulated,
  approximate,
}: Pick<BudgetAnswer, 'simulated' | 'approximate'>): string[][] {
  return [
    ...(simulated === undefined ? [] : [['simulated', `${simulated.from} to ${simulated.to}`]]),
    ...(approximate === undefined
      ? []
      : [['approximate', `${approximate.from} to ${approximate.to}, sums of many series`]]),
  ];
}

/** What the budget is without excluded time; nothing when nothing is excluded. */
export function adjustedRows({ adjusted }: Pick<BudgetAnswer, 'adjusted'>): string[][] {
  if (adjusted === undefined) return [];
  const { excludedMinutes, exclusions, leftFraction, bad, allowed } = adjusted;
  return [
    ['excluded', `${events(excludedMinutes)} min, by ${exclusions.join(', ')}`],
    [
      'adjusted',
      `${percent(leftFraction)} left, ${events(bad)} of ${wholeEvents(allowed)} bad events`,
    ],
  ];
}
