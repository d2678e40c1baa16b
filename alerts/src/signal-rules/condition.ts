import { SproutError, timing } from '@sprout/process';
import {
  aggregate,
  and,
  call,
  compare,
  minus,
  or,
  over,
  predicted,
  parseDuration,
  quantile,
  ratio,
  selector,
  sumBy,
  truth,
  unless,
} from '@sprout/query';
import type { Expression, Series } from '@sprout/query';
import type { HintWhere } from '@sprout/signals';
import type { CompiledHint, CompiledSignal } from './compiled.ts';
import { ownWindowOf } from './window.ts';

/** Eight scrapes of silence, before time compression. */
const missingSeconds = 120;

/** Compressed time does not make machines faster: nothing is missing before this. */
const missingSecondsMin = 15;

/**
 * The condition that a hint declares. Its value is what is compared, so that texts can quote it.
 * Throws SproutError `ALERT_UNBOUNDED` for a hint that could never or would always fire.
 */
export function conditionOf(
  signal: CompiledSignal,
  hint: CompiledHint,
  timeScale: number,
): Expression {
  const { scaled } = timing(timeScale);
  const look = {
    hint,
    by: labelsKept(signal, hint),
    seconds: scaled(ownWindowOf(hint)),
    aheadSeconds: scaled(parseDuration(hint.ahead ?? '0s')),
    missingSeconds: Math.max(scaled(missingSeconds), missingSecondsMin),
  };
  const source = { metric: metricOf(signal, hint), matchers: matchersOf(hint.where) };
  if (hint.of === 'absence') return absence(source, look);
  const divisor = divisorOf(source, look, scaled);
  const value = lookedAt(source, look);
  const compared = divisor === undefined ? value : ratio(value, divisor);
  const bounded = withinBounds(signal, hint, compared);
  if (divisor === undefined || hint.atLeast === undefined) return bounded;
  return and(bounded, compare(divisor, '>=', hint.atLeast));
}

/** Each combination of what the summary names is an alert of its own. */
function labelsNamed({ summary }: CompiledHint): string[] {
  const named = [...summary.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label ?? '');
  return [...new Set(named)];
}

/** Labels that are summed by; undefined when each series stands for itself. */
export function labelsKept(signal: CompiledSignal, hint: CompiledHint): string[] | undefined {
  const stands = hint.against === undefined && standsForItself.has(hint.of);
  if (hint.by === undefined && stands) return undefined;
  return [...new Set([serviceLabel(signal), ...(hint.by ?? labelsNamed(hint))])];
}

/** Lines are counted by the collector, so the service they come from has a label of its own. */
export const serviceLabel = ({ kind }: Pick<CompiledSignal, 'kind'>): string =>
  kind === 'log' ? 'log_service' : 'service';

const standsForItself = new Set<CompiledHint['of']>([
  'value',
  'age',
  'left',
  'forecast',
  'changes',
]);

interface Look {
  readonly hint: CompiledHint;
  readonly by: readonly string[] | undefined;
  readonly seconds: number;
  readonly aheadSeconds: number;
  readonly missingSeconds: number;
}

function lookedAt(source: Series, look: Look, offsetSeconds?: number): Expression {
  const { hint, seconds, by = [] } = look;
  const offset = offsetSeconds === undefined ? {} : { offsetSeconds };
  switch (hint.of) {
    case 'value':
      return grouped('sum', look, selector(source, offset));
    case 'count':
      return sumBy(by, truth(selector(source, offset), '==', hint.equals ?? 1));
    case 'age':
      return grouped('max', look, minus(call('time'), selector(source, offset)));
    case 'left':
      return grouped('min', look, minus(selector(source, offset), call('time')));
    case 'changes':
      return grouped('sum', look, over('changes', source, seconds));
    case 'forecast':
      return grouped('min', look, forecast(source, look));
    case 'p99':
      return quantile(0.99, source, seconds, by);
    case 'increase':
    case 'rate':
      return sumBy(by, over(hint.of, source, seconds, offset));
    case 'absence':
      return absence(source, look);
  }
}

const grouped = (name: 'sum' | 'max' | 'min', { by }: Look, of: Expression): Expression =>
  by === undefined ? of : aggregate(name, by, of);

/** A line through the window, followed ahead; only where the window is at least half full. */
function forecast(source: Series, { seconds, aheadSeconds }: Look): Expression {
  return and(
    predicted(source, seconds, aheadSeconds),
    selector(source, { offsetSeconds: seconds / 2 }),
  );
}

/** What was there within the window and has sent nothing for two minutes. */
function absence(source: Series, { by = [], seconds, missingSeconds }: Look): Expression {
  const seen = (within: number) =>
    aggregate('group', by, over('present_over_time', source, within));
  return unless(seen(seconds), seen(missingSeconds));
}

function divisorOf(
  source: Series,
  look: Look,
  scaled: (seconds: number) => number,
): Expression | undefined {
  const { against } = look.hint;
  if (against === undefined) return undefined;
  if ('ago' in against) return lookedAt(source, look, scaled(parseDuration(against.ago)));
  if ('over' in against)
    return lookedAt(source, { ...look, seconds: scaled(parseDuration(against.over)) });
  return lookedAt({ metric: against.signal, matchers: matchersOf(against.where) }, look);
}

function withinBounds(signal: CompiledSignal, hint: CompiledHint, value: Expression): Expression {
  const bounds = [
    ...(hint.above === undefined ? [] : [compare(value, '>', hint.above)]),
    ...(hint.below === undefined ? [] : [compare(value, '<', hint.below)]),
  ];
  const [first, ...others] = bounds;
  if (first === undefined) throw unbounded(signal, hint);
  return others.reduce((left, right) => or(left, right), first);
}

/** The series a look reads: a histogram is counted by its count. */
export function metricOf(signal: CompiledSignal, { of }: CompiledHint): string {
  const isHistogram = signal.kind === 'metric' && signal.type === 'histogram';
  return isHistogram && of !== 'p99' ? `${signal.name}_count` : signal.name;
}

function matchersOf(where: HintWhere = {}): Series['matchers'] {
  return Object.entries(where).map(([label, wanted]) => {
    if (typeof wanted === 'string') return { label, op: '=', value: wanted };
    if ('matching' in wanted) return { label, op: '=~', value: wanted.matching };
    return { label, op: '=~', value: wanted.join('|') };
  });
}

function unbounded(signal: CompiledSignal, hint: CompiledHint): SproutError {
  return new SproutError(
    'ALERT_UNBOUNDED',
    `signal ${signal.name}: alert ${hint.name} has neither "above" nor "below"`,
    { hint: 'give the alert a bound in the declaration of the signal' },
  );
}
