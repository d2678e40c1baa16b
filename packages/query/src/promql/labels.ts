import type { KnownSignal } from './check-signals.ts';
import { argumentsOf, nodesIn } from './tree.ts';
import type { PromqlNode } from './tree.ts';

/** The labels that the series of a result have. */
export interface ResultLabels {
  readonly names: ReadonlySet<string>;
  /** Nobody knows whether there are others: something unknown is read. */
  readonly open: boolean;
}

/** The labels of every series that is known, by its name. */
export interface KnownLabels {
  readonly signals: readonly KnownSignal[];
  /** Of recordings; what stands in neither has unknown labels. */
  readonly recordings?: ReadonlyMap<string, ResultLabels>;
}

const none: ResultLabels = { names: new Set(), open: false };
const unknown: ResultLabels = { names: new Set(), open: true };
const targetLabels = ['service', 'job', 'instance'];
const selecting = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);
const literals = new Set(['NumberDurationLiteral', 'StringLiteral']);
const setOperators = new Set(['And', 'Or', 'Unless']);

/**
 * The labels of the series that an expression results in, followed through aggregations,
 * functions and matches (https://prometheus.io/docs/prometheus/latest/querying/operators/).
 */
export function resultLabels(node: PromqlNode, known: KnownLabels): ResultLabels {
  switch (node.kind) {
    case 'VectorSelector':
      return selected(node, known);
    case 'AggregateExpr':
      return aggregated(node, known);
    case 'FunctionCall':
      return called(node, known);
    case 'BinaryExpr':
      return combined(node, known);
    case 'NumberDurationLiteral':
    case 'StringLiteral':
      return none;
    default: {
      const inner = node.parts.find(({ kind }) => kind !== 'UnaryOp');
      return inner === undefined ? unknown : resultLabels(inner, known);
    }
  }
}

/** The labels of what a function or an aggregation is applied to. */
export function inputLabels(node: PromqlNode, known: KnownLabels): ResultLabels {
  const input = argumentsOf(node).find(({ kind }) => !literals.has(kind));
  return input === undefined ? none : resultLabels(input, known);
}

/** The two sides of an operator and what stands between them. */
export function operandsOf({ parts }: PromqlNode): {
  left: PromqlNode;
  right: PromqlNode;
  between: readonly PromqlNode[];
} {
  const [left, right] = [parts[0], parts.at(-1)];
  if (left === undefined || right === undefined) throw new RangeError('an operator has two sides');
  return { left, right, between: parts.slice(1, -1) };
}

/** Whether a node is one number, not a vector of series. */
export function isScalar(node: PromqlNode): boolean {
  const inner = node.parts.filter(({ kind }) => kind !== 'UnaryOp');
  if (node.kind === 'NumberDurationLiteral') return true;
  if (node.kind === 'FunctionCall') return /^(time|scalar|pi)\b/.test(node.text);
  if (node.kind === 'BinaryExpr') {
    const { left, right } = operandsOf(node);
    return isScalar(left) && isScalar(right);
  }
  return /^(ParenExpr|UnaryExpr|StepInvariantExpr)$/.test(node.kind) && inner.some(isScalar);
}

function selected(node: PromqlNode, known: KnownLabels): ResultLabels {
  const metric = node.parts.find(({ kind }) => kind === 'Identifier')?.text ?? '';
  const recorded = known.recordings?.get(metric);
  if (recorded !== undefined) return recorded;
  const part = metric.replace(/_(bucket|count|sum)$/, '');
  const signal = known.signals.find(
    ({ name, type }) => name === (type === 'histogram' ? part : metric),
  );
  if (signal === undefined) return unknown;
  const bucket = signal.type === 'histogram' && metric.endsWith('_bucket') ? ['le'] : [];
  return closed([...Object.keys(signal.labels), ...bucket, ...targetLabels]);
}

function aggregated(node: PromqlNode, known: KnownLabels): ResultLabels {
  const input = inputLabels(node, known);
  const operator = node.parts.find(({ kind }) => kind === 'AggregateOp')?.text ?? '';
  if (selecting.has(operator)) return input;
  const modifier = node.parts.find(({ kind }) => kind === 'AggregateModifier');
  if (modifier === undefined) return none;
  const named = labelNames(modifier);
  if (modifier.parts[0]?.kind === 'Without') return lacking(input, named);
  return closed(input.open ? named : named.filter((name) => input.names.has(name)));
}

function called(node: PromqlNode, known: KnownLabels): ResultLabels {
  const name = node.parts[0]?.text ?? '';
  const args = argumentsOf(node);
  const input = inputLabels(node, known);
  if (/^(time|scalar|vector|pi)$/.test(name)) return none;
  if (/^absent(_over_time)?$/.test(name)) return closed(exactLabels(node));
  if (name === 'histogram_quantile') return lacking(input, ['le']);
  if (!/^label_(replace|join)$/.test(name)) return input;
  return { ...input, names: new Set([...input.names, args[1]?.text.slice(1, -1) ?? '']) };
}

function combined(node: PromqlNode, known: KnownLabels): ResultLabels {
  const { left, right, between } = operandsOf(node);
  if (isScalar(left)) return resultLabels(right, known);
  const [a, b] = [resultLabels(left, known), resultLabels(right, known)];
  if (isScalar(right)) return a;
  const operator = between.find(({ kind }) => setOperators.has(kind))?.kind;
  if (operator === 'Or')
    return { names: new Set([...a.names, ...b.names]), open: a.open || b.open };
  const clause = between.find(({ kind }) => kind === 'MatchingModifierClause');
  if (operator !== undefined || clause === undefined) return a;
  const [matched, copied] = clause.parts.filter(({ kind }) => kind === 'GroupingLabels');
  const many = clause.parts.find(({ kind }) => /^Group(Left|Right)$/.test(kind))?.kind;
  if (many !== undefined) {
    const side = many === 'GroupLeft' ? a : b;
    const names = copied === undefined ? [] : labelNames(copied);
    return { ...side, names: new Set([...side.names, ...names]) };
  }
  const names = matched === undefined ? [] : labelNames(matched);
  return clause.parts[0]?.kind === 'On' ? closed(names) : lacking(a, names);
}

/** Labels that a selector pins to one value; `absent` gives them to its result. */
const exactLabels = (node: PromqlNode): string[] =>
  nodesIn(node).flatMap(({ kind, parts }) =>
    kind === 'UnquotedLabelMatcher' && parts[1]?.text === '=' ? (parts[0]?.text ?? []) : [],
  );

const labelNames = (node: PromqlNode): string[] =>
  nodesIn(node).flatMap(({ kind, text }) => (kind === 'LabelName' ? text : []));

const closed = (names: readonly string[]): ResultLabels => ({ names: new Set(names), open: false });

const lacking = ({ names, open }: ResultLabels, lost: readonly string[]): ResultLabels => ({
  names: new Set([...names].filter((name) => !lost.includes(name))),
  open,
});
