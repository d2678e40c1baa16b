import { queryCheck } from './query-check.ts';

export const selector = queryCheck({
  name: 'promql-selector',
  summary: 'A selector without the name of a metric.',
  why: 'It reads every series of a target, and what it means changes with each new metric.',
  fix: 'Name the metric.',
  bad: 'count({service="order"}) > 100',
  messages: ({ nodes }) =>
    nodes
      .filter(({ kind }) => kind === 'VectorSelector')
      .filter(({ parts, text }) => parts[0]?.kind !== 'Identifier' && !text.includes('__name__='))
      .map(({ text }) => `${text} names no metric`),
});
