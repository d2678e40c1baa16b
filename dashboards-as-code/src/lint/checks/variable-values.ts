import { resultLabels, treeOf } from '@sprout/query';
import { boardCheck } from './subject.ts';

export const variableValues = boardCheck({
  name: 'variable-values',
  summary: 'A variable of the values of a label that its metric does not have.',
  why: 'There is nothing to choose, and all panels are empty.',
  fix: 'Name the metric by its signal, and a label of it.',
  bad: {
    variables: [
      { kind: 'label-values', name: 'route', label: 'Route', metric: 'requests_total', of: 'path' },
    ],
  },
  messages: ({ variables }, { known }) =>
    variables.flatMap((variable) => {
      if (variable.kind === 'datasource') return [];
      const { names, open } = resultLabels(treeOf(variable.metric), known);
      if (open) return [`nobody emits ${variable.metric}`];
      return names.has(variable.of) ? [] : [`${variable.metric} has no label ${variable.of}`];
    }),
});
