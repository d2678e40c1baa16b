/** `1 span`, `7 spans`; counts come formatted. */
export function many(count: string, one: string, more: string): string {
  return `${count} ${count === '1' ? one : more}`;
}
