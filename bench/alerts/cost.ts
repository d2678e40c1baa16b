import { parser } from '@prometheus-io/lezer-promql';
import { parseDuration } from '@sprout/query';
import { requests } from './rule-set.ts';
import type { BenchGroup, RuleSet } from './rule-set.ts';

const scrapeSeconds = 15;

/** What the rules of one objective ask of Prometheus. */
export interface Cost {
  /** Samples read a minute, of a counter with one series of good and one of bad requests. */
  readonly samplesPerMinute: number;
  /** Series that are recorded and kept. */
  readonly series: number;
  readonly alerts: number;
}

/** The cost of what a tool generates: for its alerts, and with what it computes of the budget. */
export function costs({ groups }: RuleSet): { alerts: Cost; all: Cost } {
  return {
    alerts: cost(
      groups.filter(({ purpose }) => purpose === 'alerts'),
      groups,
    ),
    all: cost(groups, groups),
  };
}

function cost(groups: readonly BenchGroup[], all: readonly BenchGroup[]): Cost {
  const everySeconds = recordedEvery(all);
  const rules = groups.flatMap((group) => group.rules.map((rule) => ({ ...rule, group })));
  return {
    samplesPerMinute: Math.round(
      rules.reduce(
        (sum, { expr, group }) =>
          sum + (samplesRead(expr, everySeconds) * 60) / group.intervalSeconds,
        0,
      ),
    ),
    series: rules.filter(({ record }) => record !== undefined).length,
    alerts: rules.filter(({ alert }) => alert !== undefined).length,
  };
}

function recordedEvery(groups: readonly BenchGroup[]): Map<string, number> {
  return new Map(
    groups.flatMap(({ intervalSeconds, rules }) =>
      rules.flatMap(({ record }) => (record === undefined ? [] : [[record, intervalSeconds]])),
    ),
  );
}

/** Samples that one evaluation reads: a range all of its window, an instant one of each series. */
function samplesRead(expr: string, everySeconds: ReadonlyMap<string, number>): number {
  let samples = 0;
  parser.parse(expr).iterate({
    enter: ({ name, node }) => {
      if (name !== 'VectorSelector') return;
      const selector = expr.slice(node.from, node.to);
      const metric = /^[\w:]+/.exec(selector)?.[0] ?? '';
      const series = metric === requests && !selector.includes('outcome') ? 2 : 1;
      const range =
        node.parent?.name === 'MatrixSelector' ? /\[(\w+)\]/.exec(expr.slice(node.to)) : null;
      const windowSeconds = range?.[1] === undefined ? 0 : parseDuration(range[1]);
      const stepSeconds = everySeconds.get(metric) ?? scrapeSeconds;
      samples += series * Math.max(1, windowSeconds / stepSeconds);
    },
  });
  return samples;
}
