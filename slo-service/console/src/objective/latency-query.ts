import { selectorOf } from './formula.ts';
import type { DeclaredObjective } from './formula.ts';

/** A quantile of what a latency promise times, and how it is asked for. */
export interface LatencyQuestion {
  /** The fraction that is promised to be in time, for example 0.99. */
  readonly quantile: number;
  /** PromQL, with Grafana's word for the window of a rate. */
  readonly expr: string;
}

/** What tells what a promise times. */
interface Timed extends Pick<DeclaredObjective, 'target'> {
  readonly sli: Pick<DeclaredObjective['sli'], 'good' | 'thresholdSeconds' | 'slice'>;
}

/**
 * The quantile that a latency promise is about, over the same series, asked for as the boards ask
 * for this signal; undefined for promises that no histogram times.
 */
export function latencyQuestion({ sli, target }: Timed): LatencyQuestion | undefined {
  const [inTime, ...others] = sli.good ?? [];
  if (sli.thresholdSeconds === undefined || inTime === undefined || others.length > 0) {
    return undefined;
  }
  const matchers = inTime.matchers.filter(({ label }) => label !== 'le');
  if (matchers.length === inTime.matchers.length) return undefined;
  const quantile = sli.slice?.goodRatioMin ?? target;
  const rates = `sum by (le) (rate(${selectorOf({ ...inTime, matchers })}[$__rate_interval]))`;
  return { quantile, expr: `histogram_quantile(${quantile}, ${rates})` };
}
