import { checkPromql, resultLabels, treeOf } from '@sprout/query';
import { plain } from '../windows.ts';
import { boardCheck } from './subject.ts';

export const annotation = boardCheck({
  name: 'board-annotation',
  summary: 'A mark in time whose query or text names what is not there.',
  why: 'Deploys and alerts are not seen in the panels, or without a name.',
  fix: 'Ask for a series that is emitted, and name labels that it has.',
  bad: {
    annotations: [
      {
        name: 'Deploys',
        expr: 'changes(requests_total[1m]) > 0',
        at: 'when-present',
        text: '{{version}}',
        color: 'blue',
      },
    ],
  },
  messages: ({ annotations }, { known }) =>
    annotations.flatMap(({ name, expr, text }) => {
      const wrong = checkPromql(plain(expr)).map(({ message }) => `${name}: ${message}`);
      const { names, open } = resultLabels(treeOf(plain(expr)), known);
      const labels = open ? [] : [...text.matchAll(/\{\{(\w+)\}\}/g)];
      const lost = labels.flatMap(([, label = '']) => (names.has(label) ? [] : label));
      return [...wrong, ...lost.map((label) => `${name}: there is no label ${label}`)];
    }),
});
