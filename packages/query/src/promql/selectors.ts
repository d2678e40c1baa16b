import { nodesIn, parsed, textOf } from './tree.ts';
import type { PromqlNode } from './tree.ts';

/** What a selector of a query asks for. */
export interface ReadSelector {
  readonly metric: string;
  readonly matchers: readonly {
    readonly label: string;
    readonly op: '=' | '!=' | '=~' | '!~';
    readonly value: string;
  }[];
}

/** The selectors of an expression, in the order in which they stand. */
export function selectorsIn(text: string): ReadSelector[] {
  return nodesIn(parsed(text))
    .filter(({ kind }) => kind === 'VectorSelector')
    .map(readSelector);
}

/** What a node of kind `VectorSelector` asks for. */
export function readSelector(node: PromqlNode): ReadSelector {
  const matchers = node.parts.find(({ kind }) => kind === 'LabelMatchers')?.parts ?? [];
  return {
    metric: textOf(node, 'Identifier'),
    matchers: matchers
      .filter(({ kind }) => kind === 'UnquotedLabelMatcher')
      .map((matcher) => ({
        label: textOf(matcher, 'LabelName'),
        op: operator(textOf(matcher, 'MatchOp')),
        value: unquoted(textOf(matcher, 'StringLiteral')),
      })),
  };
}

/** Whether a selector takes in a series. */
export function selects(
  { metric, matchers }: ReadSelector,
  series: { readonly metric: string; readonly labels: Readonly<Record<string, string>> },
): boolean {
  return (
    series.metric === metric &&
    matchers.every(({ label, op, value }) => {
      const actual = series.labels[label] ?? '';
      const equal = op.endsWith('~') ? new RegExp(`^(?:${value})$`).test(actual) : actual === value;
      return op.startsWith('!') ? !equal : equal;
    })
  );
}

function operator(text: string): ReadSelector['matchers'][number]['op'] {
  if (text === '=' || text === '!=' || text === '=~' || text === '!~') return text;
  throw new RangeError(`"${text}" is no matcher`);
}

/** Prometheus' escapes in double quotes are those of JSON, as far as rules use them. */
const unquoted = (literal: string): string =>
  literal.startsWith('"') ? String(JSON.parse(literal)) : literal.slice(1, -1);
