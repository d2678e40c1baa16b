export { checkPromql, namesIn } from './check.ts';
export type { PromqlProblem } from './check.ts';
export { checkSignals, signalProblems } from './check-signals.ts';
export type { KnownSignal, SignalProblem } from './check-signals.ts';
export { inputLabels, isScalar, operandsOf, resultLabels } from './labels.ts';
export type { KnownLabels, ResultLabels } from './labels.ts';
export { argumentsOf, nodesIn, treeOf } from './tree.ts';
export type { PromqlNode } from './tree.ts';
export { atom, call, number } from './expression.ts';
export type { Comparison, Expression } from './expression.ts';
export {
  aggregate,
  and,
  compare,
  dividedBy,
  minus,
  or,
  plus,
  quantile,
  ratio,
  sum,
  sumBy,
  sumOfPresent,
  times,
  truth,
  unless,
} from './operators.ts';
export { increase, over, predicted, rate, selector, series } from './selector.ts';
export type { Series } from './selector.ts';
export { selects, selectorsIn } from './selectors.ts';
export type { ReadSelector } from './selectors.ts';
