import { roundCount } from '@sprout/objectives/figure';

/**
 * Writes a number of events. Below 10,000 in full, above in the short form of the language:
 * 1,234,567 → `1.23M`, in Korean `123만`. Regions are ignored: British `m` reads as metres.
 */
export function formatCount(value: number, locale: string): string {
  const rounded = roundCount(value);
  const options: Intl.NumberFormatOptions =
    Math.abs(rounded) < 10_000 ? {} : { notation: 'compact', maximumSignificantDigits: 3 };
  return new Intl.NumberFormat(locale.slice(0, 2), options).format(rounded).replace('-', '−');
}
