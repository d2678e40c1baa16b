import { datasourceOf } from '@sprout/grafana';
import { panelCheck } from './subject.ts';

export const datasource = panelCheck({
  name: 'panel-datasource',
  summary: 'A query through a data source that its dashboard has no variable for.',
  why: 'It works only on the Grafana where it was built.',
  fix: 'Build the dashboard by `board`, which adds the variables of what its panels ask.',
  bad: { queries: [{ expr: '{service="order"}', legend: '', source: 'logs' }] },
  messages: ({ queries }, _subject, { variables }) =>
    queries
      .map(({ source = 'metrics' }) => datasourceOf[source].variable)
      .filter((name) => !variables.some((one) => one.kind === 'datasource' && one.name === name))
      .map((name) => `there is no variable ${name}`),
});
