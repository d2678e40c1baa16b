import type { Exclusion } from '@sprout/slo-service/api';
import type { Dictionary } from '../i18n/dictionary.ts';
import { minuteText } from '../state/clock.ts';

/** When an exclusion holds, in words; weekly ones by the wall clock of their own zone. */
export function whenText(when: Exclusion['when'], t: Dictionary): string {
  if (when.kind === 'once') return t.rangeFixed(minuteText(when.from), minuteText(when.to));
  if (when.kind === 'incident') {
    const until = when.ongoing ? t.stillGoingOn : minuteText(when.to);
    return t.exclusionIncident(when.objective, minuteText(when.from), until);
  }
  const days = when.days.map((day) => t.weekdays[day]).join(', ');
  return t.weekly(days, when.at, String(when.minutes), when.zone);
}
