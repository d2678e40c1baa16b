import { operandsOf } from '@sprout/query';
import { queryCheck } from './query-check.ts';

export const nan = queryCheck({
  name: 'promql-nan',
  summary: 'A comparison with NaN.',
  why: 'NaN equals nothing, itself neither: the comparison never holds.',
  fix: 'Write `x != x` for what is NaN; better, keep what it is divided by above 0.',
  bad: 'queue_depth == NaN',
  messages: ({ nodes }) =>
    nodes
      .filter((node) => node.kind === 'BinaryExpr')
      .filter((node) => {
        const { left, right, between } = operandsOf(node);
        const compares = between.some(({ text }) => /^[<>=!]/.test(text));
        return compares && [left, right].some(({ text }) => /^nan$/i.test(text));
      })
      .map(({ text }) => `${text} never holds`),
});
