/**
 * The index of the quote that ends a quoted text whose content starts at `at`, -1 when it does not end.
 * Linear in that content, and not a regular expression, whose stack a long value exhausts.
 */
export function closingQuote(text: string, at: number): number {
  let start = at;
  let quote = text.indexOf('"', start);
  while (quote >= 0) {
    // Searched in the content only: a search of the whole text per value would be quadratic.
    const backslash = text.slice(start, quote).indexOf('\\');
    if (backslash < 0) return quote;
    start += backslash + 2;
    if (quote < start) quote = text.indexOf('"', start);
  }
  return -1;
}
