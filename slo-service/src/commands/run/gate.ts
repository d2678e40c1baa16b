import type { CommandContext } from '@sprout/process';
import { usageError } from '@sprout/process/cli';
import { budgetSchema, objectiveStatusSchema } from '../../api/schemas.ts';
import type { BudgetAnswer, ObjectiveStatus } from '../../api/schemas.ts';
import { isTrusted } from '../../status/standing.ts';
import { leftFractionOf } from '../../status/window.ts';
import { askService } from './slo-client.ts';
import { asked, objectivePath } from './asked.ts';
import { percent } from './words.ts';

/** `sprout slo gate`. */
export async function run(context: CommandContext): Promise<number> {
  const minLeft = minLeftOf(context);
  const { raw, json, 'allow-unknown': allowUnknown } = context.values;
  const [budget, status] = await ask(context);
  const { id, state, cause } = status;
  const left = raw === true ? budget.leftFraction : leftFractionOf(budget);
  const isKnown = left !== null && isTrusted(state);
  const isOpen = (isKnown || allowUnknown === true) && (left === null || left > minLeft);
  if (json)
    context.print(JSON.stringify({ id, open: isOpen, left, minLeft, state, cause, budget }));
  else sentences(status, isOpen, left, minLeft, budget).forEach(context.print);
  return isOpen ? 0 : 1;
}

/** The budget, and whether it speaks for the present: figures stay when their source is gone. */
function ask(context: CommandContext): Promise<[BudgetAnswer, ObjectiveStatus]> {
  return Promise.all([
    askService(
      context,
      objectivePath(context, `/budget?${asked(context, 'window')}`),
      budgetSchema,
    ),
    askService(context, objectivePath(context), objectiveStatusSchema),
  ]);
}

function minLeftOf({ values }: CommandContext): number {
  const text = values['min-left'];
  const minLeft = typeof text === 'string' && text !== '' ? Number(text) : 0;
  if (minLeft >= 0 && minLeft < 1) return minLeft;
  throw usageError(`--min-left ${String(text)} is no fraction`, 'write 0 or more and less than 1');
}

function sentences(
  { id, state, cause }: ObjectiveStatus,
  isOpen: boolean,
  left: number | null,
  minLeft: number,
  { window, simulated, approximate }: BudgetAnswer,
): string[] {
  const verdict = isOpen ? 'open' : 'closed';
  const counted = [
    simulated && `; counts what was simulated until ${simulated.to} too`,
    approximate && `; approximate from ${approximate.from} to ${approximate.to}`,
  ].join('');
  const figure =
    left === null
      ? `nothing was measured of ${id} over ${window}`
      : `${percent(left)} of the budget of ${id} over ${window} is left, more than ${percent(minLeft)} must be${counted}`;
  const doubt = isTrusted(state) ? [] : [`${state.replace('_', ' ')}: ${cause}`];
  return [`${verdict}: ${figure}`, ...doubt];
}
