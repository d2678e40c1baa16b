import type { CommandContext } from '@sprout/process';
import { usageError } from '@sprout/process/cli';
import { budgetSchema } from '../../api/schemas.ts';
import type { BudgetAnswer } from '../../api/schemas.ts';
import { leftFractionOf } from '../../status/window.ts';
import { askService } from './slo-client.ts';
import { objectiveId } from './objective-id.ts';
import { percent } from './words.ts';

/** `sprout slo gate`. */
export async function run(context: CommandContext): Promise<number> {
  const minLeft = minLeftOf(context);
  const { window, raw, json, 'allow-unknown': allowUnknown } = context.values;
  const query = typeof window === 'string' ? `?${new URLSearchParams({ window })}` : '';
  const id = objectiveId(context);
  const path = `/api/v1/objectives/${encodeURIComponent(id)}/budget${query}`;
  const budget = await askService(context, path, budgetSchema);
  const left = raw === true ? budget.leftFraction : leftFractionOf(budget);
  const isOpen = left === null ? allowUnknown === true : left > minLeft;
  if (json) context.print(JSON.stringify({ id, open: isOpen, left, minLeft, budget }));
  else context.print(sentence(id, isOpen, left, minLeft, budget));
  return isOpen ? 0 : 1;
}

function minLeftOf({ values }: CommandContext): number {
  const text = values['min-left'];
  const minLeft = typeof text === 'string' && text !== '' ? Number(text) : 0;
  if (minLeft >= 0 && minLeft < 1) return minLeft;
  throw usageError(`--min-left ${String(text)} is no fraction`, 'write 0 or more and less than 1');
}

function sentence(
  id: string,
  isOpen: boolean,
  left: number | null,
  minLeft: number,
  { window, simulated }: BudgetAnswer,
): string {
  const verdict = isOpen ? 'open' : 'closed';
  const counted =
    simulated === undefined ? '' : `; counts what was simulated until ${simulated.to} too`;
  if (left === null) return `${verdict}: nothing was measured of ${id} over ${window}`;
  return `${verdict}: ${percent(left)} of the budget of ${id} over ${window} is left, more than ${percent(minLeft)} must be${counted}`;
}
