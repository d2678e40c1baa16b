import { shown } from '../json/fields.ts';
import { closingQuote } from '../text/quoted.ts';
import { WireError } from '../wire-error.ts';
import type { StreamLabels } from './stream.ts';

/** A stream with more labels than this is refused. */
export const streamLabelsMax = 128;

/**
 * Parses a stream's labels as text, for example `{service="order", level="info"}`.
 *
 * winston-loki writes label values without escaping them. Text that is not well-formed is therefore
 * read a second time, where a quote ends a value only if another label or the closing brace follows.
 *
 * @throws WireError when even that fails.
 */
export function parseStreamLabels(text: string): StreamLabels {
  const labels = parse(text, strictValue) ?? parse(text, lenientValue);
  if (!labels) throw new WireError(`stream labels cannot be read: ${shown(text)}`);
  return labels;
}

/** Reads the value that starts at `at`, behind the opening quote; undefined when it does not end. */
type ValueParser = (text: string, at: number) => { value: string; next: number } | undefined;

const nameAndQuote = /\s*([a-zA-Z_][a-zA-Z0-9_.-]*)\s*=\s*"/y;
const separator = /\s*(,\s*(?=[}a-zA-Z_])|(?=\}))/y;
const closing = /\s*\}\s*$/y;
const endsValue = /"\s*(?:,\s*(?:[a-zA-Z_][a-zA-Z0-9_.-]*\s*=\s*"|\}\s*$)|\}\s*$)/y;

function parse(text: string, parseValue: ValueParser): StreamLabels | undefined {
  const labels = new Map<string, string>();
  let at = matchEnd(/\s*\{/y, text, 0);
  while (at >= 0 && matchEnd(closing, text, at) !== text.length) {
    nameAndQuote.lastIndex = at;
    const name = nameAndQuote.exec(text)?.[1];
    const value = name === undefined ? undefined : parseValue(text, nameAndQuote.lastIndex);
    if (name === undefined || !value) return undefined;
    labels.set(name, value.value);
    if (labels.size > streamLabelsMax) return undefined;
    at = matchEnd(separator, text, value.next);
  }
  return at < 0 ? undefined : Object.fromEntries(labels);
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function strictValue(text: string, at: number): { value: string; next: number } | undefined {
  const quote = closingQuote(text, at);
  const value = quote < 0 ? undefined : unescaped(text.slice(at, quote));
  return value === undefined ? undefined : { value, next: quote + 1 };
}

function lenientValue(text: string, at: number): { value: string; next: number } | undefined {
  for (let quote = text.indexOf('"', at); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    if (matchEnd(endsValue, text, quote) >= 0) {
      return { value: text.slice(at, quote), next: quote + 1 };
    }
  }
  return undefined;
}

/** Undoes the escapes a Go string literal shares with JSON; undefined when there is another one. */
function unescaped(raw: string): string | undefined {
  if (!raw.includes('\\')) return raw;
  try {
    const value: unknown = JSON.parse(`"${raw.replaceAll('\t', '\\t')}"`);
    return typeof value === 'string' ? value : undefined;
  } catch {
    // Not an escape we know: the caller reads the text as it stands.
    return undefined;
  }
}
