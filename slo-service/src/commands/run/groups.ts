import { formatBurnRate } from '@sprout/objectives/figure';
import type { CommandContext } from '@sprout/process';
import { groupListSchema } from '../../api/groups.ts';
import type { GroupAnswer, GroupList } from '../../api/groups.ts';
import { asked, objectivePath } from './asked.ts';
import { askTarget } from './objective-target.ts';
import { askService } from './slo-client.ts';
import { table } from './table.ts';
import { budgetBar, events, labelsText, percent, verdictText } from './words.ts';

/** `sprout slo groups`. */
export async function run(context: CommandContext): Promise<number> {
  const path = objectivePath(context, `/groups?${asked(context, 'at', 'limit', 'cursor')}`);
  const list = await askService(context, path, groupListSchema);
  if (context.values['json']) context.print(JSON.stringify(list));
  else describe(list, await askTarget(context)).forEach(context.print);
  return 0;
}

function describe(list: GroupList, target: number): string[] {
  const { id, groupBy, total, next, problem, items } = list;
  const row = (one: GroupAnswer) => rowOf(one, target);
  if (groupBy.length === 0) return [`${id} has no groups; declare groupBy: [label, …]`];
  return [
    `${total} groups of ${id} by ${groupBy.join(', ')}`,
    '',
    ...table([['GROUP', 'VERDICT', 'BUDGET LEFT', 'KEPT', 'EVENTS', 'BURN'], ...items.map(row)]),
    ...(next === null ? [] : ['', `more with --cursor ${next}`]),
    ...(problem === null ? [] : ['', `${problem.code}: ${problem.message}`, `→ ${problem.hint}`]),
  ];
}

function rowOf(one: GroupAnswer, target: number): string[] {
  const { group, labels, verdict, budget, burnRate } = one;
  const name = labels === null ? group : labelsText(labels);
  const { leftFraction, compliance, valid } = budget.adjusted ?? budget;
  return [
    name,
    verdictText(verdict),
    `${budgetBar(leftFraction, verdict)} ${percent(leftFraction)}`,
    percent(compliance, target),
    events(valid),
    formatBurnRate(burnRate),
  ];
}
