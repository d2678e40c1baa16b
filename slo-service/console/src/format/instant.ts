/** Which clock times are written in: the reader's own, or UTC. */
export type Clock = 'local' | 'utc';

/** Writes a date and time to the second: `23 Nov 2026, 14:05:09`. */
export function formatInstant(at: Date | string, clock: Clock, locale: string): string {
  return write(at, clock, locale, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** Writes day and time to the minute, the year left out: `Nov 23, 14:05`. */
export function formatMinute(at: Date | string, clock: Clock, locale: string): string {
  return write(at, clock, locale, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** Writes the time of day to the second. */
export function formatTime(at: Date | string, clock: Clock, locale: string): string {
  return write(at, clock, locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** Labels of a time axis: the day at midnight, else hours and minutes. */
export function formatTick(
  seconds: number,
  tickSeconds: number,
  clock: Clock,
  locale: string,
): string {
  const at = new Date(seconds * 1000);
  const midnight = (clock === 'utc' ? at.getUTCHours() : at.getHours()) === 0;
  if (tickSeconds >= 86_400 || (midnight && tickSeconds >= 3600)) {
    return write(at, clock, locale, { month: 'short', day: 'numeric' });
  }
  const time = tickSeconds < 60 ? { second: '2-digit' as const } : {};
  return write(at, clock, locale, { hour: '2-digit', minute: '2-digit', ...time });
}

function write(
  at: Date | string,
  clock: Clock,
  locale: string,
  options: Intl.DateTimeFormatOptions,
): string {
  const zone = clock === 'utc' ? { timeZone: 'UTC' } : {};
  return formatter(locale, { ...options, ...zone, hourCycle: 'h23' }).format(new Date(at));
}

/** Making a formatter costs about a thousand times more than using one. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const formattersMax = 64;

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  if (formatters.size >= formattersMax) formatters.clear();
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}
