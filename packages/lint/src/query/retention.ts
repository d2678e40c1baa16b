import { parseDuration } from '@sprout/query';
import { queryCheck } from './query-check.ts';

/** What the Prometheus of `up` keeps. */
const keptDays = 32;

export const retention = queryCheck({
  name: 'promql-retention',
  summary: 'A look back to where samples are no longer kept.',
  why: 'A window that is half empty answers all the same, with a number that stands for less time than it says.',
  fix: `Stay within ${keptDays} days, window and \`offset\` together; read a recording, or the ledger for what is older.`,
  bad: 'sum(increase(requests_total[30d] offset 1w)) < 1',
  messages: ({ nodes }) =>
    nodes
      .filter(({ kind }) => /^(MatrixSelector|SubqueryExpr|OffsetExpr)$/.test(kind))
      .filter(({ text }) => secondsBack(text) > keptDays * 86_400)
      .map(({ text }) => `${text} looks back further than ${keptDays} days`),
});

/** Of the outermost window and offset; what lies inside is a node of its own. */
function secondsBack(text: string): number {
  const [, window, offset] = /(?:\[(\w+)(?::\w*)?\])?(?:\s*offset\s+(\w+))?$/.exec(text) ?? [];
  return [window, offset].reduce((sum, part) => sum + (part ? parseDuration(part) : 0), 0);
}
