import { parser } from '@grafana/lezer-logql';
import { panelCheck } from './subject.ts';

export const logql = panelCheck({
  name: 'logql-syntax',
  summary: 'A query of logs that Loki cannot parse.',
  why: 'The panel shows an error.',
  fix: 'Correct it; Explore shows where it ends.',
  bad: { queries: [{ expr: '{service="order"', legend: '', source: 'logs' }] },
  messages: ({ queries }) =>
    queries
      .filter(({ source }) => source === 'logs')
      .filter(({ expr }) => !parses(expr.replaceAll(/\$__\w+/g, '5m')))
      .map(({ expr }) => `${expr} is no LogQL`),
});

function parses(text: string): boolean {
  let whole = true;
  parser.parse(text).iterate({ enter: ({ type }) => void (whole &&= !type.isError) });
  return whole;
}
