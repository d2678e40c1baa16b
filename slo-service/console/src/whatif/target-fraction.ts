/**
 * Reads a target that was typed as per cent, `99.5` or `99,5 %`, as the fraction that the API
 * takes; undefined when it is none.
 */
export function targetFraction(typed: string): string | undefined {
  const percent = Number(typed.replace('%', '').replace(',', '.').trim());
  if (typed.trim() === '' || !(percent > 0 && percent < 100)) return undefined;
  return String(Number((percent / 100).toPrecision(12)));
}
