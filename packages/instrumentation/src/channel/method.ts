const known = new Set([
  'GET',
  'POST',
  'PATCH',
  'PUT',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'CONNECT',
  'TRACE',
]);

/** The HTTP method, or `_OTHER` for invented ones (semantic conventions of HTTP). */
export function methodLabel(method = 'GET'): string {
  return known.has(method) ? method : '_OTHER';
}
