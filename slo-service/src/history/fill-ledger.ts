import type { Ledger } from '../ledger/ledger.ts';
import { emptyMeterState, encodeMeterState } from '../meter/meter-state.ts';
import type { MinuteClock } from '../status/minute-clock.ts';
import { simulateHistory } from './simulate.ts';
import type { SimulatedObjective, SimulatedRange } from './simulate.ts';
import type { SimulatedIncident } from './simulated-incident.ts';

/** Days of the promise's clock that are simulated. */
export const simulatedDays = 30;

/** What was filled in, or why nothing was. */
export type Filled =
  | { readonly range: SimulatedRange; readonly incidents: readonly SimulatedIncident[] }
  | 'measured';

/**
 * Fills a ledger that has never metered with simulated minutes up to now, and lets metering begin
 * where they end. All of it is one batch, so that it is there whole or not at all. A ledger that
 * has metered is left as it is: what was measured must not mix with what was made up.
 */
export async function fillLedger(
  ledger: Ledger,
  objectives: readonly SimulatedObjective[],
  clock: MinuteClock,
  nowMs: number,
): Promise<Filled> {
  if ((await ledger.checkpoint()) !== undefined) return 'measured';
  const toMinute = Math.floor(nowMs / clock.minuteMs);
  const range = { fromMinute: toMinute - simulatedDays * 1440, toMinute };
  const { minutes, incidents } = simulateHistory(objectives, range);
  await ledger.commit({
    final: minutes,
    provisional: [],
    checkpoint: encodeMeterState(emptyMeterState(toMinute * clock.minuteMs)),
  });
  return { range, incidents };
}
