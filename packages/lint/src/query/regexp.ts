import { queryCheck } from './query-check.ts';

export const regexp = queryCheck({
  name: 'promql-regexp',
  summary: 'A pattern without anything to match by, or with anchors that are there anyway.',
  why: 'Prometheus compares equal values by its index and tries patterns one by one; patterns always match whole values.',
  fix: 'Write `=` or `!=` for a plain text; leave `^` and `$` out.',
  bad: 'rate(requests_total{route=~"cart"}[5m]) > 1',
  messages: ({ nodes }) =>
    nodes
      .filter(({ kind }) => kind === 'UnquotedLabelMatcher')
      .flatMap(({ text, parts }) => {
        const [, operator, value] = parts;
        if (operator?.text !== '=~' && operator?.text !== '!~') return [];
        const pattern = value?.text.slice(1, -1) ?? '';
        // A variable of a dashboard stands for a pattern.
        if (/^\$\w/.test(pattern)) return [];
        if (/^\^|[^\\]\$$/.test(pattern)) return [`${text} has anchors, which are there anyway`];
        return /[.*+?|()[\]{}\\]/.test(pattern)
          ? []
          : [`${text} is no pattern: compare by = or !=`];
      }),
});
