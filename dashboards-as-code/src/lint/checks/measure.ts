import { argumentsOf, isScalar, operandsOf } from '@sprout/query';
import type { PromqlNode } from '@sprout/query';
import type { BoardSubject } from './subject.ts';

/** What the values of an expression are. */
export type Measure =
  | 'seconds'
  | 'seconds per second'
  | 'bytes'
  | 'bytes per second'
  | 'count'
  | 'count per second'
  | 'ratio';

type Known = Pick<BoardSubject, 'signals' | 'known'>;

const perSecond: Readonly<Partial<Record<Measure, Measure>>> = {
  seconds: 'seconds per second',
  bytes: 'bytes per second',
  count: 'count per second',
};

/** The measure that follows from the units of signals; undefined where none does. */
export function measureOf(node: PromqlNode, known: Known): Measure | undefined {
  switch (node.kind) {
    case 'VectorSelector':
      return ofSelector(node, known);
    case 'FunctionCall':
      return ofCall(node, known);
    case 'AggregateExpr':
      return /^(count|group)\b/.test(node.text) ? 'count' : ofInput(node, known);
    case 'BinaryExpr':
      return ofOperator(node, known);
    case 'NumberDurationLiteral':
      return undefined;
    default: {
      const [inner] = node.parts;
      return inner === undefined ? undefined : measureOf(inner, known);
    }
  }
}

function ofSelector({ parts }: PromqlNode, { signals, known }: Known): Measure | undefined {
  const metric = parts[0]?.text ?? '';
  const part = /^(.*)_(bucket|count|sum)$/.exec(metric);
  const signal = known.signals.find(({ name }) => name === metric || name === part?.[1]);
  if (signal === undefined) return undefined;
  if (signal.name !== metric && part?.[2] !== 'sum') return 'count';
  const declared = signals.find(({ name }) => name === signal.name);
  const measure = ofUnit(declared?.kind === 'metric' ? declared.unit : '');
  // A gauge without a unit may hold anything, by its labels.
  return measure === 'count' && signal.type === 'gauge' ? undefined : measure;
}

const measures = { seconds: 'seconds', bytes: 'bytes', ratio: 'ratio', '': 'count' } as const;
const ofUnit = (unit: string): Measure | undefined =>
  Object.entries(measures).find(([name]) => name === unit)?.[1];

function ofCall(node: PromqlNode, known: Known): Measure | undefined {
  const name = node.parts[0]?.text ?? '';
  if (name === 'histogram_quantile') return ofBuckets(node, known);
  const input = ofInput(node, known);
  if (name === 'rate' || name === 'irate' || name === 'deriv') {
    return input === undefined ? undefined : perSecond[input];
  }
  if (/^(changes|resets|count_over_time)$/.test(name)) return 'count';
  return /^(increase|delta|sort|sort_desc|topk|label_|max_over|min_over|avg_over|predict)/.test(
    name,
  )
    ? input
    : undefined;
}

/** A quantile is of what the histogram observes, not of its buckets. */
function ofBuckets({ text }: PromqlNode, { signals }: Known): Measure | undefined {
  const name = /(\w+)_bucket/.exec(text)?.[1];
  const signal = signals.find((one) => one.name === name);
  return signal?.kind === 'metric' ? ofUnit(signal.unit) : undefined;
}

function ofInput(node: PromqlNode, known: Known): Measure | undefined {
  const input = argumentsOf(node).find(
    ({ kind }) => kind !== 'NumberDurationLiteral' && kind !== 'StringLiteral',
  );
  return input === undefined ? undefined : measureOf(input, known);
}

/** Same measures add up and divide to a ratio; a sum divided by a count is a mean. */
function ofOperator(node: PromqlNode, known: Known): Measure | undefined {
  const { left, right, between } = operandsOf(node);
  const [a, b] = [measureOf(left, known), measureOf(right, known)];
  const operator = between[0]?.kind;
  const compares = /^[<>=!]/.test(between[0]?.text ?? '');
  if (compares && between.every(({ kind }) => kind !== 'BoolModifier')) return a;
  if (operator === 'Or' || operator === 'And' || operator === 'Unless') return a;
  if (operator === 'Sub' || operator === 'Add') return a === b ? a : undefined;
  if (operator !== 'Div' || isScalar(left) || isScalar(right)) return undefined;
  if (a === undefined || b === undefined) return undefined;
  if (a === b) return 'ratio';
  if (b === 'count per second' && a === 'seconds per second') return 'seconds';
  return b === 'count per second' && a === 'bytes per second' ? 'bytes' : undefined;
}
