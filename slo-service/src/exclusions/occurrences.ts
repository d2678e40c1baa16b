import { instantOf, localTime } from '@sprout/objectives';
import type { Period } from '@sprout/objectives';
import { weekdays } from './exclusion.ts';
import type { Exclusion } from './exclusion.ts';

/** The stretches of `range` that a rule leaves out, in order of time. */
export function occurrences({ when }: Pick<Exclusion, 'when'>, range: Period): Period[] {
  const rule = { fromMs: Date.parse(when.from), toMs: when.to ? Date.parse(when.to) : Infinity };
  const within = clip(rule, range);
  if (within === undefined) return [];
  return when.kind === 'weekly' ? weeklyWithin(when, within) : [within];
}

type Weekly = Extract<Exclusion['when'], { kind: 'weekly' }>;

const minuteMs = 60_000;
const dayMs = 86_400_000;

function weeklyWithin({ days, at, minutes, zone }: Weekly, within: Period): Period[] {
  const [hours = 0, past = 0] = at.split(':').map(Number);
  const found: Period[] = [];
  // An occurrence that reaches into the range may have begun the day before.
  const firstDay = Math.floor(localTime(within.fromMs, zone) / dayMs) - 1;
  const lastDay = Math.floor(localTime(within.toMs, zone) / dayMs);
  for (let day = firstDay; day <= lastDay; day++) {
    if (!days.some((name) => name === weekdayOf(day))) continue;
    const fromMs = instantOf(day * dayMs + (hours * 60 + past) * minuteMs, zone);
    const part = clip({ fromMs, toMs: fromMs + minutes * minuteMs }, within);
    if (part !== undefined) found.push(part);
  }
  return found;
}

/** The first day of the epoch was a Thursday. */
const weekdayOf = (day: number) => weekdays[(((day + 3) % 7) + 7) % 7];

function clip(period: Period, range: Period): Period | undefined {
  const fromMs = Math.max(period.fromMs, range.fromMs);
  const toMs = Math.min(period.toMs, range.toMs);
  return fromMs < toMs ? { fromMs, toMs } : undefined;
}
