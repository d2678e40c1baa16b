import {
  array,
  boolean,
  constant,
  constantFrom,
  integer,
  oneof,
  record,
  string,
  stringMatching,
  uniqueArray,
} from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { DashboardModel, PanelModel } from '../model/model.ts';

const words = stringMatching(/^[a-z]{1,8}$/);
const sentence = string({ maxLength: 20 });

const views = [
  'timeseries',
  'stat',
  'gauge',
  'bar',
  'table',
  'heatmap',
  'logs',
  'traces',
  'nodegraph',
  'statetimeline',
] as const;

const panel: Arbitrary<PanelModel> = record(
  {
    title: words,
    description: sentence,
    view: constantFrom(...views),
    unit: constantFrom('s', 'bytes', 'percentunit', 'short', 'reqps', 'cps', 'none'),
    queries: array(
      record(
        {
          expr: sentence,
          legend: sentence,
          exemplars: boolean(),
          source: constantFrom('metrics', 'logs', 'traces'),
          unit: constantFrom('s', 'bytes'),
        },
        { requiredKeys: ['expr', 'legend'] },
      ),
      { minLength: 1, maxLength: 3 },
    ),
    width: integer({ min: 1, max: 24 }),
    height: integer({ min: 1, max: 12 }),
    min: constant(0),
    max: constantFrom(1, 100),
    stacked: boolean(),
    states: constant([{ value: 1, text: 'yes', color: 'green' }]),
    noValue: words,
    thresholds: constant([{ color: 'green' }, { from: 0, color: 'red' }]),
    links: array(record({ title: words, url: sentence }), { maxLength: 2 }),
  },
  { requiredKeys: ['title', 'description', 'view', 'unit', 'queries', 'width', 'height'] },
);

const byTitle = ({ title }: { readonly title: string }): string => title;

/** Any dashboard that the writers accept: rows and panels have titles of their own. */
export const dashboardModel: Arbitrary<DashboardModel> = record({
  slug: words,
  title: words,
  description: sentence,
  folder: words,
  tags: array(words, { maxLength: 3 }),
  annotations: array(
    record({
      name: words,
      expr: sentence,
      text: sentence,
      at: constantFrom('when-present', 'value'),
      color: constantFrom('blue', 'red', 'orange', 'purple'),
    }),
    { maxLength: 2 },
  ),
  variables: uniqueArray(
    oneof(
      record({
        kind: constant('datasource'),
        name: words,
        label: words,
        of: constantFrom('prometheus', 'loki', 'tempo'),
      }),
      record({
        kind: constant('label-values'),
        name: words,
        label: words,
        metric: words,
        of: words,
      }),
    ),
    { maxLength: 3, selector: ({ name }) => name },
  ),
  rows: uniqueArray(
    record(
      {
        title: words,
        panels: uniqueArray(panel, { maxLength: 4, selector: byTitle }),
        onlyWithData: boolean(),
      },
      { requiredKeys: ['title', 'panels'] },
    ),
    { maxLength: 3, selector: byTitle },
  ),
  links: array(record({ title: words, url: sentence }), { maxLength: 2 }),
});
