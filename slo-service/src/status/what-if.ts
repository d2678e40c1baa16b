import type { Window } from '@sprout/objectives';
import { windowName, windowSeconds } from '@sprout/objectives';
import { z } from 'zod';
import { budgetSchema } from '../api/schemas.ts';
import { burnWindows } from './burn-windows.ts';
import type { MinuteClock } from './minute-clock.ts';
import type { ObjectiveConfig } from './objective-status.ts';
import type { ObjectiveReader } from './reader.ts';
import { ledgerWindow, leftFractionOf, readBudget } from './window.ts';

const promiseSchema = z.object({
  target: z.number(),
  window: z.string(),
  budget: budgetSchema,
  /** False when overspent, null without events; goes by the adjusted budget. */
  kept: z.boolean().nullable(),
  /** Highest burn rate there can be: 1 ÷ (1 − target). */
  burnRateMax: z.number(),
  /** Windows whose alert could never fire, because their threshold is not below `burnRateMax`. */
  unreachableAlerts: z.array(z.string()),
});

/** The promise as declared beside one with another target or window, on the same events. */
export const whatIfSchema = z.object({
  id: z.string(),
  declared: promiseSchema,
  asked: promiseSchema,
});

export type WhatIf = z.infer<typeof whatIfSchema>;
type Promised = z.infer<typeof promiseSchema>;

/** What the past would make of another promise; both end at `endMinute`. */
export async function whatIf(
  objective: ObjectiveConfig,
  reader: ObjectiveReader,
  asked: { readonly target?: number | undefined; readonly window?: Window | undefined },
  endMinute: number,
  clock: MinuteClock,
): Promise<WhatIf> {
  const { id, target, window } = objective;
  const judge = async (target: number, window: Window): Promise<Promised> => {
    const budget = await readBudget(reader, ledgerWindow(window, endMinute), target, clock);
    const left = leftFractionOf(budget);
    const burnRateMax = Number((1 / (1 - target)).toPrecision(12));
    return {
      target,
      window: windowName(window),
      budget,
      kept: left === null ? null : left >= 0,
      burnRateMax,
      unreachableAlerts: burnWindows(windowSeconds(window))
        .filter(({ threshold }) => threshold !== null && threshold >= burnRateMax)
        .map(({ name }) => name),
    };
  };
  return {
    id,
    declared: await judge(target, window),
    asked: await judge(asked.target ?? target, asked.window ?? window),
  };
}
