/**
 * An instant-vector or scalar expression. Plain data: its text, and how tightly its outermost
 * operator binds, so that parentheses are printed exactly where they are needed.
 */
export interface Expression {
  readonly text: string;
  readonly binds: number;
}

/** How tightly operators bind, loosest first (https://prometheus.io/docs, "Operators"). */
export const binding = {
  or: 1,
  and: 2,
  unless: 2,
  '>': 3,
  '>=': 3,
  '<': 3,
  '<=': 3,
  '==': 3,
  '!=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
} as const;

export type Operator = keyof typeof binding;
export type Comparison = '>' | '>=' | '<' | '<=' | '==' | '!=';

/** Binds tighter than any operator: selectors, numbers, calls. */
const tightest = 9;

/** An expression that never needs parentheses. */
export const atom = (text: string): Expression => ({ text, binds: tightest });

/** A number, printed without the noise of binary fractions: 1 − 0.99 → `0.01`. */
export const number = (value: number): Expression => atom(String(Number(value.toPrecision(12))));

/** `name(argument, …)`. */
export const call = (name: string, ...args: readonly string[]): Expression =>
  atom(`${name}(${args.join(', ')})`);
