import type { CommandContext } from '@sprout/process';
import { objectiveListSchema } from '../../api/schemas.ts';
import type { ObjectiveStatus } from '../../api/schemas.ts';
import { asked } from './asked.ts';
import { askBackfill, backfillText } from './backfill.ts';
import { table } from './table.ts';
import { askWholeList } from './whole-list.ts';
import { budgetBar, percent, promise, verdictText } from './words.ts';

/** `sprout slo list`. */
export async function run(context: CommandContext): Promise<number> {
  const query = asked(context, 'at');
  query.set('sort', 'worst');
  const list = await askWholeList(context, `/api/v1/objectives?${query}`, objectiveListSchema);
  if (context.values['json']) {
    context.print(JSON.stringify(list));
    return 0;
  }
  table([header, ...list.items.map(row)]).forEach(context.print);
  const history = backfillText(await askBackfill(context));
  if (history !== undefined) context.print(`\nhistory  ${history}`);
  return 0;
}

const header = ['OBJECTIVE', 'WINDOW', 'TARGET', 'KEPT', 'BUDGET LEFT', '', 'VERDICT', 'STATE'];

function row(status: ObjectiveStatus): string[] {
  const { id, window, target, budget, verdict, state } = status;
  return [
    id,
    window,
    promise(target),
    percent(budget.compliance, target),
    budgetBar(budget.leftFraction, verdict),
    percent(budget.leftFraction),
    verdictText(verdict),
    [
      state === 'ok' ? '' : state.replace('_', ' '),
      budget.simulated ? 'partly simulated' : '',
      budget.approximate ? 'approximate' : '',
    ]
      .filter(Boolean)
      .join(', '),
  ];
}
