import { parser } from '@grafana/lezer-logql';
import type { SyntaxNode } from '@lezer/common';
import { parseDuration } from '@sprout/query';
import { RE2JS } from 're2js';
import { malformed, unsupported } from '../unsupported.ts';
import type { LabelMatcher, LineFilter, LogQl, LogQuery, MetricQuery, Stage } from './query.ts';
import { supportedLogQl } from './query.ts';
import { stringOf } from './string-literal.ts';

/**
 * Reads a LogQL query of the published list.
 * Throws SproutError `QUERY_MALFORMED` or `QUERY_UNSUPPORTED`, which names the construct.
 */
export function parseLogQl(text: string): LogQl {
  const source = { text };
  const top = parser.parse(text).topNode;
  refuseErrors(source, top);
  return expression(source, only(source, top));
}

interface Source {
  readonly text: string;
}

function refuseErrors(source: Source, top: SyntaxNode): void {
  const cursor = top.cursor();
  do {
    if (!cursor.type.isError) continue;
    const rest = source.text.slice(cursor.from, cursor.from + 20);
    throw malformed('LogQL', `unexpected ${rest === '' ? 'end' : `"${rest}"`} at ${cursor.from}`);
  } while (cursor.next());
}

function expression(source: Source, node: SyntaxNode): LogQl {
  switch (node.name) {
    case 'Expr':
    case 'MetricExpr':
      return expression(source, only(source, node));
    case 'LogExpr':
      return logQuery(source, node);
    case 'RangeAggregationExpr':
      return rangeAggregation(source, node);
    case 'VectorAggregationExpr':
      return vectorAggregation(source, node);
    case 'VectorExpr':
    case 'BinOpExpr':
    case 'LiteralExpr':
      return { kind: 'constant', value: constant(source, node) };
    default:
      throw refusal(source, node);
  }
}

function logQuery(source: Source, node: SyntaxNode): LogQuery {
  const selector = node.getChild('Selector');
  if (selector === null) throw malformed('LogQL', 'a query starts with {label="value"}');
  const matchers = descendants(selector, 'Matcher').map((matcher) => labelMatcher(source, matcher));
  const stages = descendants(node, 'PipelineStage').flatMap((stage) => stagesOf(source, stage));
  return { kind: 'log', matchers, stages };
}

function labelMatcher(source: Source, node: SyntaxNode): LabelMatcher {
  const label = textOf(source, childOf(node, 'Identifier'));
  const value = stringOf(textOf(source, childOf(node, 'String')));
  const op = node.getChild('Eq')
    ? '='
    : node.getChild('Neq')
      ? '!='
      : node.getChild('Re')
        ? '=~'
        : '!~';
  return { label, op, value, test: matcherTest(op, value) };
}

function matcherTest(op: LabelMatcher['op'], wanted: string): (value: string) => boolean {
  if (op === '=') return (value) => value === wanted;
  if (op === '!=') return (value) => value !== wanted;
  const pattern = compile(wanted);
  return op === '=~' ? (value) => pattern.testExact(value) : (value) => !pattern.testExact(value);
}

function stagesOf(source: Source, stage: SyntaxNode): Stage[] {
  const filters = descendants(stage, 'LineFilter');
  if (filters.length > 0) return filters.map((filter) => lineFilter(source, filter));
  if (stage.getChild('LabelParser')?.getChild('Json')) return [{ stage: 'json' }];
  const matcher = stage.getChild('LabelFilter')?.getChild('Matcher');
  if (matcher) return [{ stage: 'label', matcher: labelMatcher(source, matcher) }];
  throw refusal(source, stage.lastChild ?? stage);
}

function lineFilter(source: Source, node: SyntaxNode): LineFilter {
  if (descendants(node, 'FilterOp').length > 0) throw refusal(source, node);
  const operator = node.getChild('Filter')?.firstChild?.name;
  const texts = descendants(node, 'String').map((text) => stringOf(textOf(source, text)));
  switch (operator) {
    case 'PipeExact':
      return { stage: 'line', op: '|=', texts, test: (line) => holds(line, texts) };
    case 'Neq':
      return { stage: 'line', op: '!=', texts, test: (line) => !holds(line, texts) };
    case 'PipeMatch':
      return { stage: 'line', op: '|~', texts, test: patternTest(texts) };
    case 'Nre': {
      const matches = patternTest(texts);
      return { stage: 'line', op: '!~', texts, test: (line) => !matches(line) };
    }
    default:
      throw refusal(source, node);
  }
}

function holds(line: string, texts: readonly string[]): boolean {
  return texts.some((text) => line.includes(text));
}

function patternTest(texts: readonly string[]): (line: string) => boolean {
  const patterns = texts.map(compile);
  return (line) => patterns.some((pattern) => pattern.test(line));
}

/** RE2 runs in linear time, so a pattern from outside cannot stop the process. */
function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    throw malformed('LogQL', `"${pattern}" is not a regular expression: ${String(error)}`);
  }
}

const rangeFunctions = {
  CountOverTime: 'count_over_time',
  Rate: 'rate',
  BytesOverTime: 'bytes_over_time',
  BytesRate: 'bytes_rate',
} as const;

function rangeAggregation(source: Source, node: SyntaxNode): MetricQuery {
  const operator = node.getChild('RangeOp')?.firstChild;
  const fn = rangeFunctions[(operator?.name ?? '') as keyof typeof rangeFunctions];
  if (fn === undefined) throw refusal(source, operator ?? node);
  const range = childOf(node, 'LogRangeExpr');
  const offset = range.getChild('OffsetExpr');
  if (offset) throw refusal(source, offset);
  const duration = childOf(childOf(range, 'Range'), 'Duration');
  const rangeMs = parseDuration(textOf(source, duration)) * 1000;
  return { kind: 'metric', log: logQuery(source, range), fn, rangeMs, sumBy: undefined };
}

function vectorAggregation(source: Source, node: SyntaxNode): MetricQuery {
  const operator = node.getChild('VectorOp')?.firstChild;
  if (operator?.name !== 'Sum') throw refusal(source, operator ?? node);
  const grouping = node.getChild('Grouping');
  if (grouping?.getChild('Without')) throw unsupported('LogQL', 'without (…)', supportedLogQl);
  const inner = expression(source, childOf(node, 'MetricExpr'));
  if (inner.kind !== 'metric' || inner.sumBy !== undefined) throw refusal(source, node);
  const labels = grouping ? descendants(grouping, 'Identifier') : [];
  return { ...inner, sumBy: labels.map((label) => textOf(source, label)) };
}

function constant(source: Source, node: SyntaxNode): number {
  if (node.name === 'Number') return Number(textOf(source, node));
  if (node.name === 'BinOpExpr') return sumOf(source, node);
  if (!['Expr', 'MetricExpr', 'VectorExpr', 'LiteralExpr'].includes(node.name)) {
    throw refusal(source, node);
  }
  const number = node.getChild('Number');
  return constant(source, number ?? only(source, node));
}

function sumOf(source: Source, node: SyntaxNode): number {
  if (!node.getChild('Add')) throw refusal(source, node);
  const [left, right] = node.getChildren('Expr');
  if (left === undefined || right === undefined) throw refusal(source, node);
  return constant(source, left) + constant(source, right);
}

/** All nodes of a name below `node`, in the order of the text, not looking inside a found one. */
function descendants(node: SyntaxNode, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    // A matcher list and a label list nest in themselves: Matchers → Matchers, Matcher.
    if (child.name === name) found.push(child);
    else found.push(...descendants(child, name));
  }
  return found;
}

function childOf(node: SyntaxNode, name: string): SyntaxNode {
  const child = node.getChild(name);
  if (child === null) throw malformed('LogQL', `${node.name} without ${name}`);
  return child;
}

function only(source: Source, node: SyntaxNode): SyntaxNode {
  const child = node.firstChild;
  if (child === null) throw malformed('LogQL', 'the query is empty');
  if (child.nextSibling !== null) throw refusal(source, node);
  return child;
}

function refusal(source: Source, node: SyntaxNode) {
  return unsupported('LogQL', `"${textOf(source, node)}" (${node.name})`, supportedLogQl);
}

function textOf(source: Source, node: SyntaxNode): string {
  return source.text.slice(node.from, node.to);
}
