import { signal } from '@preact/signals';
import { formatInstant, formatMinute, formatTime } from '../format/instant.ts';
import type { Clock } from '../format/instant.ts';
import { locale } from '../i18n/language.ts';
import { changeQuery } from '../place/place.ts';
import { remember, remembered } from './preference.ts';

/** One switch for axes, tables and links: local time or UTC. */
export const clock = signal<Clock>(remembered('tz') === 'utc' ? 'utc' : 'local');

/** Switches the clock, keeps it for the next visit and writes it into the URL. */
export function chooseClock(chosen: Clock): void {
  clock.value = chosen;
  remember('tz', chosen === 'utc' ? 'utc' : null);
  changeQuery({ tz: chosen === 'utc' ? 'utc' : null });
}

export const toggleClock = (): void => chooseClock(clock.value === 'utc' ? 'local' : 'utc');

/** Date and time to the second, by the present clock and language. */
export const instantText = (at: Date | string): string => formatInstant(at, clock.value, locale());

/** Date and time to the minute. */
export const minuteText = (at: Date | string): string => formatMinute(at, clock.value, locale());

/** Time of day to the second. */
export const timeText = (at: Date | string): string => formatTime(at, clock.value, locale());
