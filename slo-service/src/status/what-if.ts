import type { Window } from '@sprout/objectives';
import { termsOf, windowName, windowSeconds } from '@sprout/objectives';
import { z } from 'zod';
import { budgetSchema } from '../api/schemas.ts';
import { always } from '../versions/promise-history.ts';
import type { PromiseHistory } from '../versions/promise-history.ts';
import { burnWindows } from './burn-windows.ts';
import type { MinuteClock } from './minute-clock.ts';
import type { ObjectiveConfig } from './objective-config.ts';
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
  const judge = async (
    target: number,
    window: Window,
    history: PromiseHistory,
  ): Promise<Promised> => {
    const budget = await readBudget(reader, ledgerWindow(window, endMinute), clock, history);
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
  // Another target is tried on all of the past; without one, each time keeps its own.
  const tried =
    asked.target === undefined
      ? reader.history
      : always({ ...termsOf(objective), target: asked.target });
  return {
    id,
    declared: await judge(target, window, reader.history),
    asked: await judge(asked.target ?? target, asked.window ?? window, tried),
  };
}
