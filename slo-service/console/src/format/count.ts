/**
 * Writes a number of events. Below 10,000 in full, above in the short form of the language:
 * 1,234,567 → `1.23M`, in Korean `123만`. Regions are ignored: British `m` reads as metres.
 */
export function formatCount(value: number, locale: string): string {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toFixed(1));
  const options: Intl.NumberFormatOptions =
    Math.abs(rounded) < 10_000 ? {} : { notation: 'compact', maximumSignificantDigits: 3 };
  return new Intl.NumberFormat(locale.slice(0, 2), options).format(rounded).replace('-', '−');
}

/** Writes a burn rate: `0×`, `0.42×`, `14.4×`, `120×`. */
export function formatBurnRate(value: number | null): string {
  if (value === null) return '–';
  if (value > 0 && value < 0.01) return '<0.01×';
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${Number(value.toFixed(digits))}×`;
}
