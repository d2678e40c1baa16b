import { resultLabels, treeOf } from '@sprout/query';
import type { SproutConfig } from '@sprout/process';
import { panelCheck, promqlOf } from './subject.ts';

/** Words that say nothing beside the unit. */
const empty = /^(value|values|count|rate|total|per second|seconds per second)$/i;

/** Labels whose values are made for machines; `rule_group` is the path of a file and a name. */
const forMachines = ['rule_group', 'uid', 'id', 'container_id', 'image_id', 'le'];

/** Views that write a legend beside each series. */
const written = new Set(['timeseries', 'stat', 'gauge', 'bar', 'statetimeline']);

export const legendTells = panelCheck({
  name: 'panel-legend-tells',
  summary: 'A legend that does not tell a line from the next, or says nothing a person can read.',
  why: 'Two lines of one name, `value`, or the path of a file: nobody knows what the line is that rises.',
  fix: 'Name every label the query groups by, or leave it out of the grouping; call a single line by what it is; cut what is for machines with `captured`.',
  bad: {
    queries: [
      {
        expr: 'sum by (route, instance) (rate(requests_total[$__rate_interval]))',
        legend: '{{route}}',
      },
    ],
  },
  messages: ({ queries, view }, { known, signals }) =>
    !written.has(view)
      ? []
      : queries.flatMap((query) => {
          const expr = promqlOf(query);
          if (expr === undefined) return [];
          const named = [...query.legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(
            ([, name = '']) => name,
          );
          const labels = resultLabels(treeOf(expr), known);
          const lost = labels.open ? [] : [...labels.names].filter((name) => !named.includes(name));
          return [
            ...(empty.test(query.legend) ? [`"${query.legend}" says nothing: ${expr}`] : []),
            ...named
              .filter((name) => forMachines.includes(name))
              .map((name) => `${name} is nothing to read`),
            ...lost
              .filter((name) => name !== 'service' || !isOfOne(expr, signals))
              .map((name) => `lines that differ by ${name} are called the same: ${expr}`),
          ];
        }),
});

/** Whether only one service emits what a query reads. */
const isOfOne = (expr: string, signals: SproutConfig['signals']): boolean =>
  signals.every(({ name, owner }) => owner !== 'any' || !expr.includes(name));
