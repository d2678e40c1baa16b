import { queryCheck } from './query-check.ts';

export const offset = queryCheck({
  name: 'promql-offset',
  summary: 'A look into the future: a negative `offset`.',
  why: 'At the time of evaluation there is no such sample, so a rule never has a result.',
  fix: 'Move the other side into the past instead.',
  bad: 'queue_depth offset -5m > 10',
  messages: ({ nodes }) =>
    nodes
      .filter(({ kind }) => kind === 'OffsetExpr')
      .filter(({ text }) => /offset\s*-/.test(text))
      .map(({ text }) => `${text} looks into the future`),
});
