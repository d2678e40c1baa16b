import type { Window } from '@sprout/objectives';
import { termsOf, windowName, windowSeconds } from '@sprout/objectives';
import { z } from 'zod';
import { budgetSchema } from '../api/schemas.ts';
import { wouldAlert, wouldAlertSchema } from '../backtest/would-alert.ts';
import { always } from '../versions/promise-history.ts';
import { burnWindows } from './burn-windows.ts';
import type { MinuteClock } from './minute-clock.ts';
import type { ObjectiveConfig } from './objective-config.ts';
import type { ObjectiveReader } from './reader.ts';
import { isKept, ledgerWindow, readBudget } from './window.ts';

/** A promise tried on the events there were. */
export const triedPromiseSchema = z.object({
  target: z.number(),
  window: z.string(),
  budget: budgetSchema,
  /** False when overspent, null without events; goes by the adjusted budget. */
  kept: z.boolean().nullable(),
  /** Highest burn rate there can be: 1 ÷ (1 − target). */
  burnRateMax: z.number(),
  /** Windows whose alert could never fire, because their threshold is not below `burnRateMax`. */
  unreachableAlerts: z.array(z.string()),
  /** When its alerts would have fired in the last 30 days; null when none watch it. */
  wouldAlert: wouldAlertSchema.nullable(),
});

/** The promise as declared beside one with another target or window, on the same events. */
export const whatIfSchema = z.object({
  id: z.string(),
  declared: triedPromiseSchema,
  asked: triedPromiseSchema,
});

export type WhatIf = z.infer<typeof whatIfSchema>;
export type TriedPromise = z.infer<typeof triedPromiseSchema>;

/** What the past would make of another promise; both end at `endMinute`. */
export async function whatIf(
  objective: ObjectiveConfig,
  reader: ObjectiveReader,
  asked: { readonly target?: number | undefined; readonly window?: Window | undefined },
  endMinute: number,
  clock: MinuteClock,
): Promise<WhatIf> {
  const { target, window } = asked;
  // Another target is tried on all of the past; without one, each time keeps its own.
  const history = target === undefined ? reader.history : always({ ...termsOf(objective), target });
  const other = {
    ...objective,
    ...(target !== undefined && { target }),
    ...(window !== undefined && { window }),
  };
  return {
    id: objective.id,
    declared: await tryPromise(objective, reader, endMinute, clock),
    asked: await tryPromise(other, { ...reader, history }, endMinute, clock),
  };
}

/** Judges a promise by what `reader` knows of its events and of what was promised when. */
export async function tryPromise(
  promise: ObjectiveConfig,
  reader: ObjectiveReader,
  endMinute: number,
  clock: MinuteClock,
): Promise<TriedPromise> {
  const { target, window } = promise;
  const budget = await readBudget(reader, ledgerWindow(window, endMinute), clock);
  const burnRateMax = Number((1 / (1 - target)).toPrecision(12));
  return {
    target,
    window: windowName(window),
    budget,
    kept: isKept(budget),
    burnRateMax,
    unreachableAlerts: burnWindows(windowSeconds(window))
      .filter(({ threshold }) => threshold !== null && threshold >= burnRateMax)
      .map(({ name }) => name),
    wouldAlert: await wouldAlert(promise, reader, endMinute, clock),
  };
}
