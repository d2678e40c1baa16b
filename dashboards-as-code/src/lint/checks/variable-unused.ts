import { boardCheck } from './subject.ts';
import { variablesIn } from './variables-in.ts';

export const variableUnused = boardCheck({
  name: 'variable-unused',
  summary: 'A variable that no query uses.',
  why: 'People choose a service and nothing changes.',
  fix: 'Use it in every query that has the label, or remove it.',
  bad: {
    variables: [
      {
        kind: 'label-values',
        name: 'route',
        label: 'Route',
        metric: 'requests_total',
        of: 'route',
      },
    ],
  },
  messages: (board) => {
    const used = variablesIn(board);
    return board.variables
      .filter(({ kind, name }) => kind !== 'datasource' && !used.has(name))
      .map(({ name }) => `$${name} changes nothing`);
  },
});
