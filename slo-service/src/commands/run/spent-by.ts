import type { CommandContext } from '@sprout/process';
import { spentBySchema } from '../../spent/label-sets.ts';
import type { SpentBy } from '../../spent/label-sets.ts';
import { askService } from './slo-client.ts';
import { asked, objectivePath } from './asked.ts';
import { table } from './table.ts';
import { events, labelsText, percent } from './words.ts';

/** `sprout slo spent-by`. */
export async function run(context: CommandContext): Promise<number> {
  const path = objectivePath(context, `/spent-by?${asked(context, 'from', 'to')}`);
  const spent = await askService(context, path, spentBySchema);
  if (context.values['json'] === true) context.print(JSON.stringify(spent));
  else linesOf(spent).forEach(context.print);
  return 0;
}

function linesOf(spent: SpentBy): string[] {
  const { from, to, ledgerBad, sourceBad, exampleTraceId, problem } = spent;
  return [
    `${from} to ${to}: ${events(ledgerBad)} bad events in the ledger, ${events(sourceBad)} in the source`,
    ...(problem === null ? setsOf(spent) : [problem.message, problem.hint]),
    ...(exampleTraceId === null ? [] : [`example  ./sprout trace show ${exampleTraceId}`]),
  ];
}

function setsOf({ items, others, sourceBad }: SpentBy): string[] {
  if (items.length === 0) return ['nothing spent the budget'];
  const share = (bad: number) => percent(bad / sourceBad);
  const rest = [events(others.bad), share(others.bad), `${others.sets} others`];
  return table([
    ['BAD', 'SHARE', 'LABELS'],
    ...items.map(({ bad, labels }) => [events(bad), share(bad), labelsText(labels) || 'no labels']),
    ...(others.sets === 0 ? [] : [rest]),
  ]);
}
