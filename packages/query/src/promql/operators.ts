import { atom, binding, call, number } from './expression.ts';
import type { Comparison, Expression, Operator } from './expression.ts';
import { rate } from './selector.ts';
import type { Series } from './selector.ts';

type Aggregation = 'sum' | 'min' | 'max' | 'avg' | 'count' | 'group';

/** `sum by (labels) (…)` and its likes; without labels everything becomes one series. */
export function aggregate(name: Aggregation, by: readonly string[], of: Expression): Expression {
  const grouping = by.length === 0 ? '' : ` by (${by.join(', ')}) `;
  return atom(`${name}${grouping}(${of.text})`);
}

export const sum = (of: Expression): Expression => aggregate('sum', [], of);

export const sumBy = (by: readonly string[], of: Expression): Expression =>
  aggregate('sum', by, of);

/** A quantile of a classic histogram, one for each combination of `by`. */
export function quantile(
  phi: number,
  source: Series,
  windowSeconds: number,
  by: readonly string[],
): Expression {
  const buckets = { ...source, metric: `${source.metric}_bucket` };
  return call(
    'histogram_quantile',
    String(phi),
    sumBy(['le', ...by], rate(buckets, windowSeconds)).text,
  );
}

/**
 * The sum of several sets of series, each already summed; a set that does not exist counts as
 * nothing instead of making the whole sum vanish, as `+` would. Empty only when all are.
 */
export function sumOfPresent(parts: readonly Expression[]): Expression {
  const [only, ...others] = parts;
  if (only === undefined) throw new RangeError('a sum needs at least one part');
  if (others.length === 0) return only;
  // Sums have no labels; a label of its own keeps `or` from taking two parts for one series.
  const labelled = parts.map(({ text }, index) =>
    call('label_replace', text, '"part"', `"${index}"`, '""', '""'),
  );
  return sum(labelled.reduce((left, right) => or(left, right)));
}

export const ratio = (part: Expression, whole: Expression): Expression => infix(part, '/', whole);
export const times = (left: Expression, factor: number): Expression =>
  infix(left, '*', number(factor));
export const dividedBy = (left: Expression, divisor: number): Expression =>
  infix(left, '/', number(divisor));
export const plus = (left: Expression, right: Expression): Expression => infix(left, '+', right);
export const minus = (left: Expression, right: Expression): Expression => infix(left, '-', right);

/** Keeps the series whose value compares true. */
export const compare = (left: Expression, op: Comparison, bound: number): Expression =>
  infix(left, op, number(bound));

/** 1 for each series whose value compares true, 0 for the others. */
export const truth = (left: Expression, op: Comparison, bound: number): Expression => {
  const binds = binding[op];
  return { text: `${wrap(left, binds)} ${op} bool ${number(bound).text}`, binds };
};

/** Series of `left` that have a partner in `right`, matched on all labels or on `on` alone. */
export const and = (left: Expression, right: Expression, on?: readonly string[]): Expression =>
  infix(left, 'and', right, on);

/** Series of `left` and those of `right` that `left` has not. */
export const or = (left: Expression, right: Expression): Expression => infix(left, 'or', right);

/** Series of `left` without a partner in `right`. */
export const unless = (left: Expression, right: Expression, on?: readonly string[]): Expression =>
  infix(left, 'unless', right, on);

function infix(
  left: Expression,
  operator: Operator,
  right: Expression,
  on?: readonly string[],
): Expression {
  const binds = binding[operator];
  const matching = on === undefined ? '' : ` on (${on.join(', ')})`;
  // Operators of the same strength group to the left.
  const text = `${wrap(left, binds)} ${operator}${matching} ${wrap(right, binds + 1)}`;
  return { text, binds };
}

function wrap(expression: Expression, binds: number): string {
  return expression.binds < binds ? `(${expression.text})` : expression.text;
}
