import { allowedRatio } from '@sprout/objectives';
import { aggregate, compare, or, over, ratio, truth } from '@sprout/query';
import type { Expression, Series } from '@sprout/query';
import type { RecordingRule } from '../rule/rule.ts';
import { rateWindow } from './pairs.ts';
import type { CompiledObjective } from './pairs.ts';
import { badRate, sumOfRates } from './rates.ts';
import type { SharedSli } from './sli.ts';

/** The recorded verdict of a time slice that ends now: 1 bad, 0 good, absent when nothing is known. */
export const badSlice = (objective: string): Series => ({
  metric: 'slo:bad_slice:bool',
  matchers: [{ label: 'objective', op: '=', value: objective }],
});

/**
 * The verdict over the last slice, at each evaluation. The ledger's slices begin at whole minutes
 * and are judged once; these slide, so that an alert needs not wait for the end of one.
 */
export function sliceRecordings(
  { sli, recordedAs }: SharedSli,
  timeScale: number,
): RecordingRule[] {
  const { slice } = sli;
  if (slice === undefined) return [];
  const expr =
    sli.up === undefined ? ofEvents(sli, slice, timeScale) : ofScrapes(sli.up, slice, timeScale);
  const { metric } = badSlice(recordedAs);
  return [{ kind: 'recording', record: metric, expr, labels: { objective: recordedAs } }];
}

type Slice = NonNullable<CompiledObjective['sli']['slice']>;

function ofEvents(sli: CompiledObjective['sli'], slice: Slice, timeScale: number): Expression {
  const window = rateWindow(slice.minutes * 60, timeScale);
  const valid = sumOfRates(sli.valid, window);
  const badRatio = ratio(badRate(sli, window, valid), compare(valid, '>', 0));
  const isBad = truth(badRatio, '>', allowedRatio(slice.goodRatioMin));
  if (slice.noTraffic === 'skip') return isBad;
  const quiet = compare(valid, '==', 0);
  return or(isBad, truth(quiet, slice.noTraffic === 'bad' ? '==' : '!=', 0));
}

function ofScrapes(services: readonly string[], slice: Slice, timeScale: number): Expression {
  const value = services.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const up = { metric: 'up', matchers: [{ label: 'service', op: '=~' as const, value }] };
  const { seconds } = rateWindow(slice.minutes * 60, timeScale);
  const succeeded = aggregate('sum', [], over('sum_over_time', up, seconds));
  const tried = aggregate('sum', [], over('count_over_time', up, seconds));
  return truth(ratio(succeeded, tried), '<', slice.goodRatioMin);
}
