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

const panel: Arbitrary<PanelModel> = record(
  {
    title: words,
    description: sentence,
    view: constantFrom('timeseries', 'stat', 'table'),
    unit: constantFrom('s', 'bytes', 'percentunit', 'short', 'reqps', 'cps', 'none'),
    queries: array(
      record(
        { expr: sentence, legend: sentence, exemplars: boolean() },
        { requiredKeys: ['expr', 'legend'] },
      ),
      { minLength: 1, maxLength: 3 },
    ),
    width: integer({ min: 1, max: 24 }),
    height: integer({ min: 1, max: 12 }),
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
  tags: array(words, { maxLength: 3 }),
  variables: uniqueArray(
    oneof(
      record({ kind: constant('datasource'), name: words, label: words }),
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
