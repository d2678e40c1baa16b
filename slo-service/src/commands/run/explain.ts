import type { CommandContext } from '@sprout/process';
import { explanationSchema } from '../../explain/explanation.ts';
import type { Explanation } from '../../explain/explanation.ts';
import { askService } from './slo-client.ts';
import { asked, objectivePath } from './asked.ts';
import { table } from './table.ts';

/** `sprout slo explain`. */
export async function run(context: CommandContext): Promise<number> {
  const query = asked(context, 'at', 'window', 'group', 'lang');
  const path = objectivePath(context, `/explain?${query}`);
  const explanation = await askService(context, path, explanationSchema);
  if (context.values['json'] === true) context.print(JSON.stringify(explanation));
  else linesOf(explanation).forEach(context.print);
  return 0;
}

function linesOf(explanation: Explanation) {
  const { from, to, approximate, ledger, promql, difference, causes, summary, changes } =
    explanation;
  const row = (name: string, { valid, bad }: { valid: number; bad: number }) => [
    name,
    count(valid),
    count(bad),
  ];
  return [
    `${from} to ${to}`,
    ...(approximate === undefined
      ? []
      : [`approximate from ${approximate.from} to ${approximate.to}: sums of many series`]),
    ...table([
      ['', 'VALID', 'BAD'],
      row('ledger', ledger),
      row('PromQL', promql),
      row('difference', difference),
      ...causes.map((one) => row(`  ${one.cause}`, one)),
    ]),
    ...changes.map(
      ({ at, target, valid, bad }) =>
        `the promise changed at ${at}: target ${target}, ${count(valid)} events from then on, ${count(bad)} bad`,
    ),
    summary,
  ];
}

const count = (events: number) => String(Number(events.toFixed(2)));
