/**
 * Writes a fraction as a percentage that never flatters: rounded down, and never equal to the
 * promise or to 100 % when the value is below it. 0.98999 against 0.99 → `98.999 %`.
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
