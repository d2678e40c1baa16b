import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';

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
  const read = (node: SyntaxNode | null) => (node === null ? '' : text.slice(node.from, node.to));
  const selectors: ReadSelector[] = [];
  parser.parse(text).iterate({
    enter: ({ node }) => {
      if (node.name !== 'VectorSelector') return;
      const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
      selectors.push({
        metric: read(node.getChild('Identifier')).trim(),
        matchers: matchers.map((matcher) => ({
          label: read(matcher.getChild('LabelName')),
          op: operator(read(matcher.getChild('MatchOp'))),
          value: unquoted(read(matcher.getChild('StringLiteral'))),
        })),
      });
    },
  });
  return selectors;
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
