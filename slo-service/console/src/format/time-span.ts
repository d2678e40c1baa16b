const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/**
 * Writes seconds in the words of a language, at most two units: `9 days`, `3 hours 20 minutes`,
 * in Korean `9일`. From three of the first unit on the second one says little and is left out.
 */
export function spellSpan(seconds: number, locale: string): string {
  return writeSpan(seconds, locale, 'long');
}

/** Short enough for a tile, with the second unit up to ten of the first: `12d`, `3h 20m`. */
export function shortSpan(seconds: number, locale: string): string {
  return writeSpan(seconds, locale, 'narrow');
}

/** Writes the duration of a span: `340 µs`, `12.5 ms`, `2.3 s`. */
export function formatLatency(milliseconds: number): string {
  if (milliseconds < 1) return `${Math.round(milliseconds * 1000)} µs`;
  if (milliseconds < 1000) return `${Number(milliseconds.toPrecision(3))} ms`;
  return `${Number((milliseconds / 1000).toPrecision(3))} s`;
}

const secondUnitBelow = { long: 3, narrow: 10 };

function writeSpan(seconds: number, locale: string, unitDisplay: 'long' | 'narrow'): string {
  const whole = Math.max(0, Math.round(seconds));
  const first = units.findIndex(([, size]) => whole >= size);
  if (first === -1) return writeUnit(0, 'second', locale, unitDisplay);
  const [unit, size] = units[first] ?? units[3];
  const count = Math.floor(whole / size);
  const next = units[first + 1];
  const rest =
    next && count < secondUnitBelow[unitDisplay] ? Math.floor((whole - count * size) / next[1]) : 0;
  const head = writeUnit(count, unit, locale, unitDisplay);
  return next && rest > 0 ? `${head} ${writeUnit(rest, next[0], locale, unitDisplay)}` : head;
}

function writeUnit(
  count: number,
  unit: (typeof units)[number][0],
  locale: string,
  unitDisplay: 'long' | 'narrow',
): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }).format(count);
}
