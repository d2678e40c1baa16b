import type { CommandContext } from '@sprout/process';
import { objectiveListSchema } from '../../api/schemas.ts';
import type { ObjectiveList, ObjectiveStatus } from '../../api/schemas.ts';
import { askBackfill, backfillText } from './backfill.ts';
import { askService } from './slo-client.ts';
import { table } from './table.ts';
import { budgetBar, percent, promise, verdictText } from './words.ts';

/** `sprout slo list`. */
export async function run(context: CommandContext): Promise<number> {
  const list = await wholeList(context);
  if (context.values['json']) {
    context.print(JSON.stringify(list));
    return 0;
  }
  table([header, ...list.items.map(row)]).forEach(context.print);
  const history = backfillText(await askBackfill(context));
  if (history !== undefined) context.print(`\nhistory  ${history}`);
  return 0;
}

/** All pages of the list in one. */
async function wholeList(context: CommandContext): Promise<ObjectiveList> {
  const ask = (cursor: string) =>
    askService(context, `/api/v1/objectives?sort=worst${cursor}`, objectiveListSchema);
  const first = await ask('');
  const items = [...first.items];
  let { next } = first;
  while (next !== null) {
    const more = await ask(`&cursor=${encodeURIComponent(next)}`);
    items.push(...more.items);
    next = more.next;
  }
  return { ...first, items, next };
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
    [state === 'ok' ? '' : state.replace('_', ' '), budget.simulated ? 'partly simulated' : '']
      .filter(Boolean)
      .join(', '),
  ];
}
