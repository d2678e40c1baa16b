import { createLatencyRecorder } from '../report/latency-recorder.ts';
import { createLoadTally } from '../report/load-result.ts';
import type { LoadResult } from '../report/load-result.ts';
import type { Observation } from '../traffic/generator.ts';
import { durationMs, stageAt } from './scenario.ts';
import type { Scenario } from './scenario.ts';

/** What a scenario came to. */
export interface ScenarioResult {
  readonly scenario: string;
  readonly total: LoadResult;
  /** Those that were begun. */
  readonly stages: readonly ({ readonly name: string } & LoadResult)[];
  readonly chart: Chart;
}

/** Columns of equal length over the whole scenario, by when requests were due. */
export interface Chart {
  readonly columnSeconds: number;
  readonly rps: readonly number[];
  readonly p99Ms: readonly (number | null)[];
  readonly errors: readonly number[];
}

export interface ScenarioTally {
  add(observation: Observation): void;
  result(elapsedMs: number): ScenarioResult;
}

const columnsMax = 60;

export function createScenarioTally(scenario: Scenario): ScenarioTally {
  const totalMs = durationMs(scenario);
  const columnMs = totalMs / columnsMax;
  const total = createLoadTally();
  const stages = scenario.stages.map(() => createLoadTally());
  const columns = Array.from({ length: columnsMax }, createColumn);
  return {
    add: (observation) => {
      total.add(observation);
      stages[stageAt(scenario, observation.dueMs)]?.add(observation);
      columns[Math.min(Math.floor(observation.dueMs / columnMs), columnsMax - 1)]?.add(observation);
    },
    result: (elapsedMs) => {
      const sentMs = Math.min(elapsedMs, totalMs);
      const begun = stageAt(scenario, sentMs) + 1;
      const shown = columns.slice(0, Math.max(1, Math.ceil(sentMs / columnMs)));
      return {
        scenario: scenario.name,
        total: offered(total.result(0, sentMs)),
        stages: scenario.stages.slice(0, begun).map(({ name }, index) => ({
          name,
          ...offered(stages[index]!.result(0, lengthMs(scenario, index, sentMs))),
        })),
        chart: {
          columnSeconds: columnMs / 1000,
          rps: shown.map(({ sent }) => Math.round((sent() * 10_000) / columnMs) / 10),
          p99Ms: shown.map(({ p99 }) => p99()),
          errors: shown.map(({ errors }) => errors()),
        },
      };
    },
  };
}

/** How much of a stage has passed; at least a millisecond, so that rates are numbers. */
function lengthMs({ stages }: Scenario, index: number, sentMs: number): number {
  const startMs = durationMs({ stages: stages.slice(0, index) });
  const endMs = durationMs({ stages: stages.slice(0, index + 1) });
  return Math.max(1, Math.min(sentMs, endMs) - startMs);
}

/** What was due is what was offered: rates that change, and visitors, have no single number. */
function offered(result: LoadResult): LoadResult {
  const rps = result.seconds > 0 ? result.requests / result.seconds : 0;
  return { ...result, offeredRps: Math.round(rps * 10) / 10 };
}

function createColumn() {
  const latencies = createLatencyRecorder();
  let sent = 0;
  let errors = 0;
  return {
    add: ({ outcome, latencyMs }: Observation) => {
      if (outcome !== 'ok' && outcome !== 'client_error') errors += 1;
      if (outcome === 'not_sent') return;
      sent += 1;
      latencies.record(latencyMs);
    },
    sent: () => sent,
    errors: () => errors,
    p99: () => {
      const ms = latencies.quantile(0.99);
      return ms === null ? null : Math.round(ms * 10) / 10;
    },
  };
}
