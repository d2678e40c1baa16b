import { formatBurnRate } from '@sprout/objectives/figure';
import type { CommandContext } from '@sprout/process';
import { objectiveStatusSchema } from '../../api/schemas.ts';
import type { BurnRateAnswer, ObjectiveStatus } from '../../api/schemas.ts';
import { adjustedRows, markedRows } from './budget.ts';
import { askBackfill, backfillText } from './backfill.ts';
import { asked, objectivePath } from './asked.ts';
import { askService } from './slo-client.ts';
import { table } from './table.ts';
import {
  budgetBar,
  events,
  percent,
  promise,
  timeSpan,
  verdictText,
  wholeEvents,
} from './words.ts';

/** `sprout slo status`. */
export async function run(context: CommandContext): Promise<number> {
  const path = objectivePath(context, `?${asked(context, 'at')}`);
  const status = await askService(context, path, objectiveStatusSchema);
  if (context.values['json']) context.print(JSON.stringify(status));
  else describe(status, backfillText(await askBackfill(context))).forEach(context.print);
  return 0;
}

function describe(status: ObjectiveStatus, history: string | undefined): string[] {
  const { budget, verdict, title, window, target } = status;
  return [
    `${title}  (${status.id}, ${promise(target)} over ${window})`,
    '',
    ...table([
      ['verdict', verdictText(verdict)],
      ['kept', `${percent(budget.compliance, target)} of ${events(budget.valid)} events`],
      ['budget left', `${budgetBar(budget.leftFraction, verdict)} ${percent(budget.leftFraction)}`],
      ['bad events', `${events(budget.bad)} of ${wholeEvents(budget.allowed)} allowed`],
      ...adjustedRows(budget),
      ...markedRows(budget),
      ['lasts', lasts(status)],
      ['measured', `${percent(budget.coverage)} of the expected scrapes`],
      ...(history === undefined ? [] : [['history', history]]),
      ['firing', status.firing.length === 0 ? 'nothing' : status.firing.join(', ')],
      ['as of', status.asOf],
    ]),
    '',
    ...table([['BURN RATE', 'OVER', 'ALERTS FROM', 'BAD', 'VALID'], ...status.burnRates.map(burn)]),
    ...(status.cause === null ? [] : ['', `${status.state.replace('_', ' ')}: ${status.cause}`]),
    ...(status.fix === null ? [] : [`→ ${status.fix}`]),
  ];
}

function lasts({ secondsToExhaustion: seconds }: ObjectiveStatus): string {
  if (seconds === null) return 'nothing burns';
  return seconds === 0 ? 'spent' : `${timeSpan(seconds)} at the pace of the last hour`;
}

function burn(answer: BurnRateAnswer): string[] {
  const { window, burnRate, threshold, bad, valid, simulated, approximate } = answer;
  const figures = [formatBurnRate(burnRate), window, formatBurnRate(threshold)];
  const marks = [simulated ? 'partly simulated' : '', approximate ? 'approximate' : ''];
  const mark = marks.filter(Boolean).join(', ');
  return [...figures, events(bad), events(valid), ...(mark === '' ? [] : [mark])];
}
