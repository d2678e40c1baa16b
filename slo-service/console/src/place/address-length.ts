import { shortHref } from './place.ts';

/**
 * Characters that what somebody typed may take in the address. No view's address is longer than
 * 300: this leaves 120 for where the console is, the path, a fixed range and the clock.
 */
export const typedCharsMax = 180;

/** Characters of a text as it stands in the address, where a quote takes three, 가 nine. */
export const addressChars = (text: string): number =>
  shortHref('', new URLSearchParams({ text })).length - '?text='.length;

/** As much of the begin of a text as an address has room for. */
export function fitting(text: string): string {
  // A character takes one at least; what is pasted may be a book.
  const characters = Array.from(text.slice(0, typedCharsMax));
  while (addressChars(characters.join('')) > typedCharsMax) characters.pop();
  return characters.join('');
}
