import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';
import { checkPromql, rate, sum, sumOfPresent } from '@sprout/query';
import type { PromqlProblem } from '@sprout/query';
import type { CounterSelection, Matcher } from '@sprout/signals';
import type { Remark } from '../remark.ts';
import { unquote } from './promql-string.ts';
import { unsaid } from './words/unsaid.ts';
import type { CounterForm } from './words/unsaid.ts';

/** What a PromQL query counts, or why that is no sum of counters. */
export type QueryReading =
  | {
      readonly selections: readonly CounterSelection[];
      readonly form: CounterForm;
      /** What the query says beyond its sum. */
      readonly notes: readonly Remark[];
    }
  | { readonly syntaxError: PromqlProblem }
  | { readonly unsayable: Remark };

/** Short enough to follow an outage, long enough for scrapes a minute apart. */
const rateWindowSeconds = 300;

/** Events per second of some sets of counter series, as one PromQL query without labels. */
export function queryOf(selections: readonly CounterSelection[]): string {
  return sumOfPresent(selections.map((part) => sum(rate(part, rateWindowSeconds)))).text;
}

/**
 * Reads a query that is a sum of counters: selectors, `rate` and `increase` of them, `sum`, `+`
 * between sums, `or` between parts that `label_replace` keeps apart, and `or vector(0)`.
 */
export function readQuery(text: string): QueryReading {
  const [problem] = checkPromql(text);
  if (problem !== undefined) return { syntaxError: problem };
  try {
    const notes: Remark[] = [];
    const parts = partsOf(parser.parse(text).topNode, { text, notes });
    const forms = [...new Set(parts.map(({ form }) => form))];
    const [form, other] = forms;
    if (form === undefined) throw new Unsayable(unsaid('NO_SERIES'));
    if (other !== undefined) throw new Unsayable(unsaid('FORMS_ADDED', { form, other }));
    return { selections: parts.map(({ selection }) => selection), form, notes };
  } catch (error) {
    if (error instanceof Unsayable) return { unsayable: error.what };
    throw error;
  }
}

/** A query outside the language; it never leaves this file. */
class Unsayable extends Error {
  readonly what: Remark;

  constructor(what: Remark) {
    super(what.en);
    this.what = what;
  }
}

interface Part {
  readonly selection: CounterSelection;
  readonly form: CounterForm;
}

interface Query {
  readonly text: string;
  readonly notes: Remark[];
}

function partsOf(node: SyntaxNode, query: Query): Part[] {
  switch (node.name) {
    case 'PromQL':
    case 'ParenExpr':
      return partsOf(only(node, query), query);
    case 'AggregateExpr':
      return partsOfSum(node, query);
    case 'FunctionCall':
      return [partOfCall(node, query)];
    case 'BinaryExpr':
      return partsOfOperator(node, query);
    case 'VectorSelector':
      return [{ selection: selectionOf(node, query), form: 'counter' }];
    default:
      return refuse(node, query);
  }
}

function partsOfSum(node: SyntaxNode, query: Query): Part[] {
  if (node.getChild('AggregateOp')?.getChild('Sum') === null) return refuse(node, query);
  const grouping = node.getChild('AggregateModifier');
  if (grouping !== null) {
    query.notes.push(unsaid('GROUPING', { grouping: textOf(grouping, query) }));
  }
  const body = node.getChild('FunctionCallBody');
  return body === null ? refuse(node, query) : partsOf(only(body, query), query);
}

function partOfCall(node: SyntaxNode, query: Query): Part {
  const { name, args } = callOf(node, query);
  const [matrix] = args;
  const [series, duration, ...rest] = matrix?.name === 'MatrixSelector' ? childrenOf(matrix) : [];
  if (!['rate', 'increase'].includes(name) || series?.name !== 'VectorSelector' || !duration)
    return refuse(node, query);
  if (rest.length > 0) return refuse(node, query);
  const form: CounterForm = name === 'rate' ? name : `increase over ${textOf(duration, query)}`;
  return { selection: selectionOf(series, query), form };
}

function partsOfOperator(node: SyntaxNode, query: Query): Part[] {
  const [left, operator, right, ...rest] = childrenOf(node);
  if (left === undefined || right === undefined || rest.length > 0) return refuse(node, query);
  if (operator?.name === 'Add' && isOneSeries(left) && isOneSeries(right)) {
    return [...partsOf(left, query), ...partsOf(right, query)];
  }
  if (operator?.name !== 'Or') return refuse(node, query);
  if (isVectorZero(right, query)) return partsOf(left, query);
  return partsKeptApart(node, query);
}

/** `label_replace(a, "part", "0", "", "") or label_replace(b, "part", "1", "", "") or …`. */
function partsKeptApart(node: SyntaxNode, query: Query): Part[] {
  const operands = operandsOfOr(node);
  const marks = operands.map((operand) => markOf(operand, query));
  const labels = new Set(marks.map((mark) => mark?.label));
  const values = new Set(marks.map((mark) => mark?.value));
  if (marks.includes(undefined) || labels.size > 1 || values.size < marks.length) {
    throw new Unsayable(unsaid('OR_DROPS'));
  }
  return marks.flatMap((mark) => (mark === undefined ? [] : partsOf(mark.of, query)));
}

function operandsOfOr(node: SyntaxNode): SyntaxNode[] {
  const [left, operator, right, ...rest] = childrenOf(node);
  if (node.name !== 'BinaryExpr' || operator?.name !== 'Or' || !left || !right) return [node];
  return rest.length > 0 ? [node] : [...operandsOfOr(left), ...operandsOfOr(right)];
}

function markOf(node: SyntaxNode, query: Query) {
  if (node.name !== 'FunctionCall') return undefined;
  const { name, args } = callOf(node, query);
  const [of, ...strings] = args;
  if (name !== 'label_replace' || of === undefined) return undefined;
  const [label, value, source, pattern] = strings.map((part) => unquote(textOf(part, query)));
  // An empty source always matches an empty pattern, so that the value is set on every series.
  return source === '' && pattern === '' ? { of, label, value } : undefined;
}

function isVectorZero(node: SyntaxNode, query: Query): boolean {
  if (node.name !== 'FunctionCall') return false;
  const { name, args } = callOf(node, query);
  return name === 'vector' && args.map((argument) => textOf(argument, query)).join() === '0';
}

/** `+` adds series whose labels match; only sums without labels have always a partner. */
function isOneSeries(node: SyntaxNode): boolean {
  const [inner] = childrenOf(node);
  if (node.name === 'ParenExpr') return inner !== undefined && isOneSeries(inner);
  if (node.name === 'AggregateExpr') return node.getChild('AggregateModifier') === null;
  const [left, operator, right, ...rest] = childrenOf(node);
  if (node.name !== 'BinaryExpr' || !left || !right || rest.length > 0) return false;
  if (operator?.name === 'Or') return isOneSeries(left) && right.name === 'FunctionCall';
  return operator?.name === 'Add' && isOneSeries(left) && isOneSeries(right);
}

function selectionOf(node: SyntaxNode, query: Query): CounterSelection {
  const all = node
    .getChild('LabelMatchers')
    ?.getChildren('UnquotedLabelMatcher')
    .map((matcher) => matcherOf(matcher, query));
  const written = childrenOf(node.getChild('LabelMatchers') ?? node);
  if (written.some(({ name }) => name.startsWith('Quoted'))) return refuse(node, query);
  const identifier = node.getChild('Identifier');
  const isNamed = identifier !== null;
  const named = all?.find(({ label, op }) => !isNamed && label === '__name__' && op === '=');
  const metric = isNamed ? textOf(identifier, query) : named?.value;
  const matchers = all?.filter((matcher) => matcher !== named) ?? [];
  if (metric === undefined || matchers.some(({ label }) => label === '__name__')) {
    throw new Unsayable(unsaid('NOT_ONE_METRIC', { selector: textOf(node, query) }));
  }
  return { metric, matchers, service: serviceIn(matchers) };
}

function matcherOf(node: SyntaxNode, query: Query): Matcher {
  const [label, operator, value] = childrenOf(node).map((part) => textOf(part, query));
  const op = (['=', '!=', '=~', '!~'] as const).find((known) => known === operator);
  if (label === undefined || op === undefined || value === undefined) return refuse(node, query);
  return { label, op, value: unquote(value) };
}

/** The service that emits some series, as far as their matchers tell. */
export function serviceIn(matchers: readonly Matcher[]): string {
  return matchers.find(({ label, op }) => label === 'service' && op === '=')?.value ?? 'any';
}

function callOf(node: SyntaxNode, query: Query) {
  const name = node.getChild('FunctionIdentifier');
  const body = node.getChild('FunctionCallBody');
  return {
    name: name === null ? '' : textOf(name, query),
    args: body === null ? [] : childrenOf(body),
  };
}

function only(node: SyntaxNode, query: Query): SyntaxNode {
  const [child, ...others] = childrenOf(node);
  return child === undefined || others.length > 0 ? refuse(node, query) : child;
}

function refuse(node: SyntaxNode, query: Query): never {
  throw new Unsayable(unsaid('NO_SUM', { query: textOf(node, query) }));
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'LineComment') children.push(child);
  }
  return children;
}

function textOf(node: SyntaxNode, query: Query): string {
  return query.text.slice(node.from, node.to);
}
