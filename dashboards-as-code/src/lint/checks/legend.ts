import { resultLabels, treeOf } from '@sprout/query';
import { panelCheck, promqlOf } from './subject.ts';

export const legend = panelCheck({
  name: 'panel-legend',
  summary: 'A legend or a link that names a label which was aggregated away.',
  why: 'All lines are called the same, or not at all; the link leads nowhere.',
  fix: 'Group by the label, or leave it out.',
  bad: {
    queries: [{ expr: 'sum(rate(requests_total[$__rate_interval]))', legend: '{{route}}' }],
  },
  messages: ({ queries, links = [] }, { known }) => {
    const linked = links.flatMap(({ url }) => names(url, /\$\{__field\.labels\.(\w+)\}/g));
    return queries.flatMap((query) => {
      const expr = promqlOf(query);
      if (expr === undefined) return [];
      const labels = resultLabels(treeOf(expr), known);
      if (labels.open) return [];
      return [...names(query.legend, /\{\{\s*(\w+)\s*\}\}/g), ...linked]
        .filter((name) => !labels.names.has(name))
        .map((name) => `there is no label ${name} in ${query.expr}`);
    });
  },
});

const names = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
