import { boardCheck } from './subject.ts';

const panel = {
  title: 'Requests',
  description: 'Requests per second.',
  view: 'timeseries',
  unit: 'reqps',
  queries: [{ expr: 'up', legend: '' }],
  width: 8,
  height: 8,
} as const;

export const unique = boardCheck({
  name: 'panel-unique',
  summary: 'Two panels of a row, or two rows, with the same title.',
  why: 'Ids are made of titles: links and alerts would lead to the one or the other.',
  fix: 'Say in the titles in what they differ.',
  bad: { rows: [{ title: 'Now', panels: [panel, panel] }] },
  messages: ({ rows }) => [
    ...twice(rows.map((row) => row.title)).map((row) => `two rows are called ${row}`),
    ...rows.flatMap((row) =>
      twice(row.panels.map(({ title }) => title)).map(
        (title) => `two panels of ${row.title} are called ${title}`,
      ),
    ),
  ],
});

const twice = (titles: readonly string[]): string[] => [
  ...new Set(titles.filter((title, index) => titles.indexOf(title) !== index)),
];
