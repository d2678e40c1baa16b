import { parseDuration } from '@sprout/query';
import { RE2JS } from 're2js';
import { malformed, unsupported } from '../unsupported.ts';
import type { Condition, Field, Literal, Operator, TraceQuery } from './query.ts';
import { supportedTraceQl } from './query.ts';

/**
 * Reads a TraceQL query of the published list.
 * Throws SproutError `QUERY_MALFORMED` or `QUERY_UNSUPPORTED`, which names the construct.
 */
export function parseTraceQl(text: string): TraceQuery {
  const tokens = tokenize(text);
  if (tokens.length === 0) return { conditions: [] };
  expect(tokens, '{');
  const conditions: Condition[] = [];
  while (tokens[0] !== '}') {
    conditions.push(condition(tokens));
    if (tokens[0] !== '}') expect(tokens, '&&');
  }
  expect(tokens, '}');
  if (tokens[0] !== undefined) throw unsupported('TraceQL', `"${tokens[0]}"`, supportedTraceQl);
  return { conditions };
}

const token =
  /\s*("(?:[^"\\]|\\.)*"|`[^`]*`|&&|\|\||=~|!~|!=|>=|<=|>>|[{}()=<>|!,]|-?\d[\w.µ]*|[.\w][\w.:/-]*)/gsy;

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  let end = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    tokens.push(match[1] ?? '');
    end = token.lastIndex;
  }
  const rest = text.slice(end).trim();
  if (rest !== '') throw malformed('TraceQL', `unexpected "${rest.slice(0, 20)}" at ${end}`);
  return tokens;
}

function expect(tokens: string[], wanted: string): void {
  const found = tokens.shift();
  if (found === wanted) return;
  if (found === undefined) throw malformed('TraceQL', `"${wanted}" is missing at the end`);
  throw unsupported('TraceQL', `"${found}" (in place of "${wanted}")`, supportedTraceQl);
}

function condition(tokens: string[]): Condition {
  const field = fieldOf(take(tokens));
  const op = operatorOf(take(tokens));
  const literal = literalOf(take(tokens));
  if (op !== '=~' && op !== '!~') return { field, op, literal };
  if (literal.type !== 'text') throw malformed('TraceQL', `${op} wants a quoted pattern`);
  const pattern = compile(literal.value);
  return { field, op, literal, matches: (text) => pattern.testExact(text) };
}

function take(tokens: string[]): string {
  const found = tokens.shift();
  if (found === undefined) throw malformed('TraceQL', 'the query ends too early');
  return found;
}

const intrinsics = ['name', 'status', 'kind', 'duration'];

function fieldOf(text: string): Field {
  if (intrinsics.includes(text)) return { scope: 'intrinsic', name: text };
  if (text.startsWith('.')) return { scope: 'any', name: text.slice(1) };
  for (const scope of ['resource', 'span'] as const) {
    if (text.startsWith(`${scope}.`)) return { scope, name: text.slice(scope.length + 1) };
  }
  throw unsupported('TraceQL', `"${text}"`, supportedTraceQl);
}

function operatorOf(text: string): Operator {
  const operators: readonly string[] = ['=', '!=', '>', '>=', '<', '<=', '=~', '!~'];
  if (!operators.includes(text)) throw unsupported('TraceQL', `"${text}"`, supportedTraceQl);
  return text as Operator;
}

function literalOf(text: string): Literal {
  if (text.startsWith('"'))
    return { type: 'text', value: text.slice(1, -1).replace(/\\(.)/g, '$1') };
  if (text.startsWith('`')) return { type: 'text', value: text.slice(1, -1) };
  if (text === 'true' || text === 'false') return { type: 'boolean', value: text === 'true' };
  if (/^-?\d+(\.\d+)?$/.test(text)) return { type: 'number', value: Number(text) };
  if (/^\d/.test(text)) return { type: 'duration', value: nanoseconds(text) };
  return { type: 'word', value: text };
}

/** Nanoseconds of `1.5s`, `250ms`, `40us` … */
function nanoseconds(text: string): number {
  const fraction = /^(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)$/.exec(text);
  if (fraction) return Number(fraction[1]) * (unitNanoseconds[fraction[2] ?? ''] ?? 0);
  try {
    return parseDuration(text) * 1e9;
  } catch (error) {
    throw malformed('TraceQL', String(error));
  }
}

const unitNanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    throw malformed('TraceQL', `"${pattern}" is not a regular expression: ${String(error)}`);
  }
}
