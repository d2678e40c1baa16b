import { shortHref } from '../place/place.ts';

/**
 * Characters that a query may take in the address. No view's address is longer than 300: this
 * leaves 120 for where the console is, the path, a fixed range and the clock.
 */
export const queryCharsMax = 180;

/** Characters of a query as it stands in the address, where quotes and brackets take three. */
export const addressChars = (query: string): number =>
  shortHref('', new URLSearchParams({ query })).length - '?query='.length;
