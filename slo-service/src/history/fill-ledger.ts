import { simulationName } from '../annotations/annotation.ts';
import type { AnnotationStore } from '../annotations/annotation-store.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { emptyMeterState, encodeMeterState } from '../meter/meter-state.ts';
import type { MinuteClock } from '../status/minute-clock.ts';
import { simulateHistory } from './simulate.ts';
import type { SimulatedObjective } from './simulate.ts';
import type { SimulatedIncident } from './simulated-incident.ts';
import type { SimulationStore } from './simulation-store.ts';

/** Days of the promise's clock that are simulated. */
export const simulatedDays = 30;

/** Where a simulated history goes. */
export interface HistoryStores {
  readonly ledger: Ledger;
  readonly simulation: SimulationStore;
  readonly annotations: AnnotationStore;
}

/**
 * Fills a ledger that has never metered with simulated minutes up to now, and lets metering begin
 * where they end; answers the incidents, or undefined when nothing was filled in. A ledger that
 * has metered is left as it is: what was measured must not mix with what was made up. What is
 * simulated is remembered first, so that no simulated minute is ever without its mark; the minutes
 * are one batch, so that they are there whole or not at all. Prometheus gets none of it: alerts
 * see only what really happens.
 */
export async function fillLedger(
  { ledger, simulation, annotations }: HistoryStores,
  objectives: readonly SimulatedObjective[],
  clock: MinuteClock,
  nowMs: number,
): Promise<readonly SimulatedIncident[] | undefined> {
  if ((await ledger.checkpoint()) !== undefined) return undefined;
  const toMinute = Math.floor(nowMs / clock.minuteMs);
  const range = { fromMinute: toMinute - simulatedDays * 1440, toMinute };
  const { minutes, incidents } = simulateHistory(objectives, range);
  await simulation.remember(range, incidents);
  await ledger.commit({
    final: minutes,
    provisional: [],
    checkpoint: encodeMeterState(emptyMeterState(toMinute * clock.minuteMs)),
  });
  for (const incident of incidents.filter(({ deployed }) => deployed)) {
    await annotations.add(deployOf(incident, objectives, clock), nowMs);
  }
  return incidents;
}

function deployOf(
  { group, fromMinute }: SimulatedIncident,
  objectives: readonly SimulatedObjective[],
  clock: MinuteClock,
) {
  const concerned = objectives.filter(({ pageGroup }) => pageGroup === group);
  return {
    at: clock.instant(fromMinute),
    kind: 'deploy' as const,
    title: 'a new version (simulated)',
    service: null,
    objectives: concerned.map(({ id }) => id),
    by: simulationName,
    url: null,
  };
}
