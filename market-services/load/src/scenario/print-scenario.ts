import { styleText } from 'node:util';
import { printProgress } from '../report/print-result.ts';
import type { LoadResult } from '../report/load-result.ts';
import type { Scenario } from './scenario.ts';
import { durationMs } from './scenario.ts';
import type { ScenarioResult } from './scenario-result.ts';

/** The result as lines for people: a row per stage, the total, and what changed over time. */
export function printScenario(result: ScenarioResult): string[] {
  const rows = [
    ['stage', 'due rps', 'sent rps', 'p50', 'p95', 'p99', 'answered', 'in time', 'errors'],
    ...result.stages.map((stage) => [stage.name, ...cells(stage)]),
    ...(result.stages.length > 1 ? [['total', ...cells(result.total)]] : []),
  ];
  const { rps, p99Ms, errors, columnSeconds } = result.chart;
  return [
    ...aligned(rows),
    '',
    chartLine('sent rps', rps, (most) => `${most.toFixed(0)} at most`),
    chartLine('p99', p99Ms, (most) => `${most.toFixed(0)} ms at most`),
    chartLine('errors', errors, (most) => `${most} at most`),
    styleText('dim', `          ${round(columnSeconds)} s a column`),
  ];
}

/** One line of progress. */
export function printScenarioProgress(result: ScenarioResult): string {
  return `${result.stages.at(-1)?.name.padEnd(10)} ${printProgress(result.total)}`;
}

/** A line per scenario. */
export function printScenarios(scenarios: readonly Scenario[]): string[] {
  return aligned(
    scenarios.map((scenario) => [
      scenario.name,
      `${Math.round(durationMs(scenario) / 60_000)} min`,
      scenario.summary,
    ]),
  );
}

const bars = '▁▂▃▄▅▆▇█';

/** Values as bars from 0 to the highest; a blank where there is none. */
export function sparkline(values: readonly (number | null)[]): string {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  return values
    .map((value) => {
      if (value === null) return ' ';
      const height = most === 0 ? 0 : Math.round((value / most) * (bars.length - 1));
      return bars.charAt(height);
    })
    .join('');
}

function chartLine(
  name: string,
  values: readonly (number | null)[],
  legend: (most: number) => string,
): string {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  return `${name.padEnd(10)}${sparkline(values)}  ${legend(most)}`;
}

function cells(result: LoadResult): string[] {
  const { p50, p95, p99 } = result.latencyMs;
  const errors = Object.entries(result.errors).map(([kind, count]) => `${count} ${kind}`);
  return [
    String(result.offeredRps),
    String(result.achievedRps),
    ...[p50, p95, p99].map((value) => (value === null ? '–' : `${round(value)} ms`)),
    percent(result.availability),
    percent(result.inTime),
    errors.length === 0 ? 'none' : errors.join(', '),
  ];
}

/** The first column and the last to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        if (column === 0) return cell.padEnd(widths[column] ?? 0);
        return column === row.length - 1 ? cell : cell.padStart(widths[column] ?? 0);
      })
      .join('  '),
  );
}

function percent(fraction: number | null): string {
  return fraction === null ? '–' : `${(fraction * 100).toFixed(2)} %`;
}

function round(value: number): number {
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}
