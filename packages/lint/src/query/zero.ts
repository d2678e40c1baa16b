import { operandsOf } from '@sprout/query';
import { queryCheck } from './query-check.ts';

export const zero = queryCheck({
  name: 'promql-zero',
  summary: 'A number in the place of missing data: `or vector(0)`.',
  why: 'A green 0 looks the same whether nothing happened or nothing is measured.',
  fix: 'Initialise known label sets at 0 where they are emitted; in a panel say what no data means (`noValue`).',
  bad: 'sum(rate(requests_total[5m])) or vector(0)',
  messages: ({ nodes }) =>
    nodes
      .filter((node) => node.kind === 'BinaryExpr')
      .filter((node) => {
        const { right, between } = operandsOf(node);
        return between.some(({ kind }) => kind === 'Or') && /^\(?vector\(/.test(right.text);
      })
      .map(() => 'it shows a number where nothing is measured'),
});
