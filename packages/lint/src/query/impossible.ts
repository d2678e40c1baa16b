import { isScalar, operandsOf } from '@sprout/query';
import { queryCheck } from './query-check.ts';

export const impossible = queryCheck({
  name: 'promql-impossible',
  summary: 'A selector or a comparison that can never hold.',
  why: 'An alert that cannot fire looks like one that has nothing to say.',
  fix: 'Remove one of two values of a label; compare a series, not two numbers; a count is never below 0.',
  bad: 'count(queue_depth{queue="a", queue="b"}) > 0',
  messages: ({ nodes }) => [
    ...nodes
      .filter(({ kind }) => kind === 'LabelMatchers')
      .filter(({ parts }) => {
        const equal = parts.flatMap(({ parts: [label, operator, value] }) =>
          operator?.text === '=' ? [[label?.text, value?.text]] : [],
        );
        return new Set(equal.map(([label]) => label)).size < new Set(equal.map(String)).size;
      })
      .map(({ text }) => `no series matches ${text}`),
    ...nodes
      .filter(({ kind }) => kind === 'BinaryExpr')
      .filter((node) => {
        const { left, right, between } = operandsOf(node);
        const compares = between.some(({ text }) => /^[<>=!]/.test(text));
        if (compares && isScalar(left) && isScalar(right)) return true;
        return /^count\b/.test(left.text) && /^< *0$/.test(`${between[0]?.text} ${right.text}`);
      })
      .map(({ text }) => `${text} is always the same`),
  ],
});
