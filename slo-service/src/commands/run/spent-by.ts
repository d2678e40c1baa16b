import type { CommandContext } from '@sprout/process';
import { spentBySchema } from '../../spent/label-sets.ts';
import type { SpentBy } from '../../spent/label-sets.ts';
import { askService } from './slo-client.ts';
import { objectiveId } from './objective-id.ts';
import { table } from './table.ts';
import { events, percent } from './words.ts';

/** `sprout slo spent-by`. */
export async function run(context: CommandContext): Promise<number> {
  const { from, to, json } = context.values;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ from, to })) {
    if (typeof value === 'string') query.set(name, value);
  }
  const path = `/api/v1/objectives/${encodeURIComponent(objectiveId(context))}/spent-by?${query}`;
  const spent = await askService(context, path, spentBySchema);
  if (json === true) context.print(JSON.stringify(spent));
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
    ...items.map(({ bad, labels }) => [events(bad), share(bad), labelsOf(labels)]),
    ...(others.sets === 0 ? [] : [rest]),
  ]);
}

const labelsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ') || 'no labels';
