import type { Command } from '@sprout/process';
import { objectiveListSchema } from '../api/schemas.ts';
import type { ObjectiveStatus } from '../api/schemas.ts';
import { askService } from './slo-client.ts';
import { table } from './table.ts';
import { budgetBar, percent, verdictText } from './words.ts';

export const listCommand: Command = {
  name: ['slo', 'list'],
  summary: 'How every promise stands, worst budget first.',
  options: { json: { type: 'boolean', default: false } },
  optionHelp: { json: 'print the answer of the API' },
  examples: [
    './sprout slo list',
    './sprout slo list --json | jq \'.items[] | select(.verdict != "kept") | .id\'',
  ],
  run: async (context) => {
    const list = await askService(context, '/api/v1/objectives', objectiveListSchema);
    if (context.values['json']) context.print(JSON.stringify(list));
    else table([header, ...list.items.toSorted(worstFirst).map(row)]).forEach(context.print);
    return 0;
  },
};

const header = ['OBJECTIVE', 'WINDOW', 'TARGET', 'KEPT', 'BUDGET LEFT', '', 'VERDICT', 'STATE'];

function row(status: ObjectiveStatus): string[] {
  const { id, window, target, budget, verdict, state } = status;
  return [
    id,
    window,
    percent(target),
    percent(budget.compliance, 2),
    budgetBar(budget.leftFraction, verdict),
    percent(budget.leftFraction),
    verdictText(verdict),
    state === 'ok' ? '' : state.replace('_', ' '),
  ];
}

function worstFirst(a: ObjectiveStatus, b: ObjectiveStatus): number {
  return (a.budget.leftFraction ?? Infinity) - (b.budget.leftFraction ?? Infinity) || 0;
}
