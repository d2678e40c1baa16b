import { formatDuration } from '@sprout/query';
import { printYaml } from '../rule/print.ts';

/** One series of a test; `values` in promtool's notation, for example `0+5x10 50+0x3`. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** Which alerts of a name fire at a time; nothing else may. */
export interface Expectation {
  readonly atSeconds: number;
  readonly alertname: string;
  readonly alerts: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

export interface UnitTest {
  readonly name: string;
  readonly stepSeconds: number;
  readonly series: readonly InputSeries[];
  readonly expectations: readonly Expectation[];
}

/** Tests that share an evaluation interval, which promtool has once for each file. */
export interface UnitTestFile {
  /** Without extension, for example `ErrorBudgetBurnFast-30d`. */
  readonly name: string;
  readonly evaluationSeconds: number;
  /** Names of the rule groups in the order that evaluates dependencies first. */
  readonly groupOrder: readonly string[];
  readonly tests: readonly UnitTest[];
}

/** Writes a test file for `promtool test rules`; `rulesFile` is relative to it. */
export function printUnitTests(file: UnitTestFile, rulesFile: string): string {
  return printYaml({
    rule_files: [rulesFile],
    evaluation_interval: formatDuration(file.evaluationSeconds),
    group_eval_order: file.groupOrder,
    tests: file.tests.map((test) => ({
      name: test.name,
      interval: formatDuration(test.stepSeconds),
      input_series: test.series,
      alert_rule_test: test.expectations.map(({ atSeconds, alertname, alerts }) => ({
        eval_time: formatDuration(atSeconds),
        alertname,
        exp_alerts: alerts.map(({ labels, annotations }) => ({
          exp_labels: labels,
          exp_annotations: annotations,
        })),
      })),
    })),
  });
}

/** A stretch of time in which a counter grows by the same amount each step. */
export interface Phase {
  readonly steps: number;
  /** Undefined: the series is gone. */
  readonly perStep: number | undefined;
}

/** A counter that grows as the phases say, from 0. */
export function counterValues(phases: readonly Phase[]): string {
  let value = 0;
  const parts = phases.map(({ steps, perStep }) => {
    if (perStep === undefined) return `_x${steps}`;
    const text = `${plain(value)}+${plain(perStep)}x${steps - 1}`;
    value += perStep * steps;
    return text;
  });
  return parts.join(' ');
}

/** `metric{label="value", …}`, labels in order of their names. */
export function seriesText(metric: string, labels: Readonly<Record<string, string>>): string {
  const printed = Object.entries(labels)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${metric}{${printed.join(', ')}}`;
}

/** A number without the noise of binary fractions. */
export const plain = (value: number): string => String(Number(value.toPrecision(12)));
