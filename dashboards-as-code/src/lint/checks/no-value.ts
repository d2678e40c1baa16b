import { panelCheck } from './subject.ts';

export const noValue = panelCheck({
  name: 'panel-no-value',
  summary: 'A panel that may be empty while all is well and does not say so.',
  why: '"No data" looks the same whether nothing went wrong or nothing is measured.',
  fix: 'Say by `noValue` what it means, for example `nothing fires`; show a query that always has data beside it.',
  bad: { queries: [{ expr: 'ALERTS', legend: '{{alertname}}', quiet: true }] },
  messages: ({ queries, noValue: text }) =>
    queries.length > 0 && queries.every(({ quiet }) => quiet) && text === undefined
      ? ['all its queries are quiet']
      : [],
});
