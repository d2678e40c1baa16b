/**
 * How figures of promises are written. Console, command line, reports, badge and status page write
 * them with these functions, so the same figure has the same digits wherever it stands.
 *
 * A fraction as a percentage that never flatters: rounded down, and never equal to the
 * promise or to 100 % when the value is below it. 0.98999 against 0.99 → `98.99 %`.
 */
export function formatRatio(value: number | null, target?: number): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const percent = value * 100;
  for (let digits = digitsFor(percent, target); digits < digitsMax; digits += 1) {
    const text = floorTo(percent, digits);
    if (!flatters(value, Number(text) / 100, target)) return withUnit(text);
  }
  return withUnit(floorTo(percent, digitsMax));
}

/** Writes a promise such as 0.9995 with all its digits: `99.95 %`. */
export function formatTarget(target: number): string {
  return withUnit(String(Number((target * 100).toPrecision(12))));
}

/** Writes a burn rate: `0×`, `0.42×`, `14.4×`, `120×`. */
export function formatBurnRate(value: number | null): string {
  if (value === null) return '–';
  if (value > 0 && value < 0.01) return '<0.01×';
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${Number(value.toFixed(digits))}×`;
}

/** A number of events as it is shown: fractions come from gaps, and matter below a hundred only. */
export function roundCount(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toFixed(1));
}

/** Events that are allowed or left: a part of one allows none. Binary noise such as 28.999999999999996 is undone. */
export function wholeCount(value: number): number {
  return Math.floor(value + 1e-7);
}

const digitsMax = 6;

/** Beside a promise the nines matter; elsewhere one digit is enough, above 100 % none. */
function digitsFor(percent: number, target: number | undefined): number {
  if (Math.abs(percent) >= 100) return 0;
  return target === undefined ? 1 : 2;
}

function flatters(value: number, shown: number, target: number | undefined): boolean {
  const limits = target === undefined ? [1, 0] : [1, 0, target];
  return limits.some((limit) => value !== limit && closeTo(shown, limit) && !closeTo(value, limit));
}

function closeTo(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-12;
}

/** The tiny addition undoes binary noise such as 98.99999999999999 for 0.99 · 100. */
function floorTo(percent: number, digits: number): string {
  const scale = 10 ** digits;
  return (Math.floor(percent * scale + 1e-7) / scale).toFixed(digits);
}

function withUnit(text: string): string {
  const number = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return `${number.replace('-', '−')}\u00a0%`;
}
