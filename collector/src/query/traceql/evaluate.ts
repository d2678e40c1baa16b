import type { AttributeValue, Span } from '@sprout/wire';
import type { SpanSearch } from '../../store/trace-reader.ts';
import { unsupported } from '../unsupported.ts';
import { supportedTraceQl } from './query.ts';
import type { Condition, Field, TraceQuery } from './query.ts';

/** Whether a span meets every condition of a query. Throws SproutError for what cannot be compared. */
export function spanTest(query: TraceQuery): (span: Span) => boolean {
  const tests = query.conditions.map(conditionTest);
  return (span) => tests.every((test) => test(span));
}

/** What of a query tells which blocks to read. */
export function hintsOf(
  query: TraceQuery,
): Pick<SpanSearch, 'service' | 'minDurationMs' | 'errors'> {
  const find = (fits: (condition: Condition) => boolean) => query.conditions.find(fits);
  const service = find(({ field, op }) => field.name === 'service.name' && op === '=');
  const duration = find(({ field, op }) => isIntrinsic(field, 'duration') && op.startsWith('>'));
  const error = find(
    ({ field, op, literal }) =>
      isIntrinsic(field, 'status') && op === '=' && literal.value === 'error',
  );
  return {
    ...(service ? { service: String(service.literal.value) } : {}),
    ...(duration ? { minDurationMs: Number(duration.literal.value) / 1e6 } : {}),
    ...(error ? { errors: true } : {}),
  };
}

export const statusWords = ['unset', 'ok', 'error'] as const;
export const kindWords = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
] as const;

function conditionTest(condition: Condition): (span: Span) => boolean {
  const read = reader(condition.field);
  const compare = comparison(condition);
  return (span) => {
    const value = read(span);
    // As in TraceQL, an absent attribute meets no condition, not even `!=`.
    return value !== undefined && value !== null && compare(value);
  };
}

function reader({ scope, name }: Field): (span: Span) => AttributeValue | undefined {
  if (scope === 'resource') return (span) => span.resource[name];
  if (scope === 'span') return (span) => span.attributes[name];
  if (scope === 'any') return (span) => span.attributes[name] ?? span.resource[name];
  if (name === 'name') return (span) => span.name;
  if (name === 'status') return (span) => statusWords[span.status.code];
  if (name === 'kind') return (span) => kindWords[span.kind];
  return (span) => Number(span.endNs - span.startNs);
}

function comparison({
  field,
  op,
  literal,
  matches,
}: Condition): (value: AttributeValue) => boolean {
  const wanted = literal.value;
  if (matches) {
    const positive = op === '=~';
    return (value) => matches(String(value)) === positive;
  }
  if (op === '=') return (value) => same(value, wanted);
  if (op === '!=') return (value) => !same(value, wanted);
  if (typeof wanted !== 'number') {
    throw unsupported('TraceQL', `${field.name} ${op} ${String(wanted)}`, supportedTraceQl);
  }
  const order = { '>': isGreater, '>=': isNotLess, '<': isLess, '<=': isNotGreater }[op as '>'];
  return (value) => isNumber(value) && order(Number(value), wanted);
}

const isGreater = (a: number, b: number) => a > b;
const isNotLess = (a: number, b: number) => a >= b;
const isLess = (a: number, b: number) => a < b;
const isNotGreater = (a: number, b: number) => a <= b;

function same(value: AttributeValue, wanted: string | number | boolean): boolean {
  if (typeof wanted === 'number') return isNumber(value) && Number(value) === wanted;
  return value === wanted;
}

function isNumber(value: AttributeValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isIntrinsic(field: Field, name: string): boolean {
  return field.scope === 'intrinsic' && field.name === name;
}
