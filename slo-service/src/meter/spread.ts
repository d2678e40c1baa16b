import type { MeterRules } from './rules.ts';
import type { Increase } from './series.ts';

/**
 * Gives the events of an increase to minutes. At normal cadence all belong to the minute of the
 * sample that showed them; across a gap they are spread evenly over its time, because putting
 * them into one minute would invent a burst.
 */
export function spread(
  { events, fromMs }: Increase,
  timeMs: number,
  rules: Pick<MeterRules, 'minuteMs' | 'gapMs' | 'spreadMsMax'>,
  add: (minute: number, events: number) => void,
): void {
  const { minuteMs, gapMs, spreadMsMax } = rules;
  if (events === 0) return;
  const last = Math.floor(timeMs / minuteMs);
  if (timeMs - fromMs <= gapMs) return add(last, events);
  const begin = Math.max(fromMs, timeMs - spreadMsMax);
  for (let minute = Math.floor(begin / minuteMs); minute <= last; minute++) {
    const overlapMs =
      Math.min(timeMs, (minute + 1) * minuteMs) - Math.max(begin, minute * minuteMs);
    if (overlapMs > 0) add(minute, (events * overlapMs) / (timeMs - begin));
  }
}
