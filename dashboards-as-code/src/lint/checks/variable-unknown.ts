import { boardCheck } from './subject.ts';
import { variablesIn } from './variables-in.ts';

export const variableUnknown = boardCheck({
  name: 'variable-unknown',
  summary: 'A `$variable` that the dashboard does not have.',
  why: 'Grafana sends it as it is; it matches nothing.',
  fix: 'Declare the variable, or remove it from the query.',
  bad: {
    rows: [
      {
        title: 'Now',
        panels: [
          {
            title: 'Requests',
            description: 'Requests per second.',
            view: 'timeseries',
            unit: 'reqps',
            queries: [
              { expr: 'rate(requests_total{route=~"$route"}[$__rate_interval])', legend: '' },
            ],
            width: 8,
            height: 8,
          },
        ],
      },
    ],
  },
  messages: (board) =>
    [...variablesIn(board)]
      .filter((name) => !board.variables.some((variable) => variable.name === name))
      .map((name) => `there is no variable ${name}`),
});
