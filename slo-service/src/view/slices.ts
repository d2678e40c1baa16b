import type { NoTraffic, Slice } from '@sprout/objectives';
import { minuteState } from '../ledger/ledger.ts';
import type { MinuteColumns } from '../ledger/ledger.ts';

/**
 * Judges minutes slice by slice: `valid` becomes 1 in each minute of a slice that is judged, `bad`
 * 1 when the slice is bad. `columns` holds whole slices; coverage and states stay as they are.
 */
export function judgeSlices(
  columns: MinuteColumns,
  { minutes, noTraffic }: Pick<Slice, 'minutes' | 'noTraffic'>,
  goodRatioMinAt: (minute: number) => number,
): MinuteColumns {
  const judged = emptyLike(columns);
  const length = columns.valid.length;
  for (let begin = 0; begin < length; begin += minutes) {
    const end = Math.min(begin + minutes, length);
    const goodRatioMin = goodRatioMinAt(columns.fromMinute + begin);
    const isBad = verdict(columns, begin, end, goodRatioMin, noTraffic);
    if (isBad === undefined) continue;
    for (let index = begin; index < end; index++) {
      if (!isCounted(columns.state[index])) continue;
      judged.valid[index] = 1;
      judged.bad[index] = isBad ? 1 : 0;
    }
  }
  return judged;
}

/** The part of columns that lies in a stretch. */
export function cut(
  { fromMinute, valid, bad, coverage, state }: MinuteColumns,
  from: number,
  to: number,
): MinuteColumns {
  const [begin, end] = [from - fromMinute, to - fromMinute];
  return {
    fromMinute: from,
    valid: valid.subarray(begin, end),
    bad: bad.subarray(begin, end),
    coverage: coverage.subarray(begin, end),
    state: state.subarray(begin, end),
  };
}

/** Columns of the same minutes, coverage and states without a verdict. */
export function emptyLike({ fromMinute, coverage, state }: MinuteColumns): MinuteColumns {
  return {
    fromMinute,
    valid: new Float64Array(state.length),
    bad: new Float64Array(state.length),
    coverage,
    state,
  };
}

/** Whether a slice is bad; undefined when nothing can be said or nothing happened. */
function verdict(
  { valid, bad, state }: MinuteColumns,
  begin: number,
  end: number,
  goodRatioMin: number,
  noTraffic: NoTraffic,
): boolean | undefined {
  let [events, badEvents, measured] = [0, 0, false];
  for (let index = begin; index < end; index++) {
    if (state[index] === minuteState.excluded) continue;
    events += valid[index] ?? 0;
    badEvents += bad[index] ?? 0;
    measured ||= state[index] === minuteState.measured;
  }
  // good ÷ valid < min without the noise of 1 − x: 5 bad of 100 are not more than 5 %.
  if (events > 0) return (events - badEvents) / events < goodRatioMin - ratioNoise;
  return measured && noTraffic !== 'skip' ? noTraffic === 'bad' : undefined;
}

/** Fractions of events are exact to about 16 digits. */
const ratioNoise = 1e-12;

const isCounted = (state: number | undefined): boolean =>
  state !== undefined && state !== minuteState.unknown && state !== minuteState.excluded;
