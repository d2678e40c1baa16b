import { malformed } from '../unsupported.ts';

/** The value of a LogQL string: back-quoted raw, or double-quoted with Go's escapes. */
export function stringOf(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, -1);
  return literal.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)/gs, unescape);
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

function unescape(whole: string, code: string): string {
  if (code.length > 1) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
  const character = escapes[code];
  if (character === undefined) throw malformed('LogQL', `unknown escape ${whole}`);
  return character;
}
