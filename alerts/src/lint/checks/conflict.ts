import { resultLabels, treeOf } from '@sprout/query';
import { alertCheck } from './subject.ts';

export const conflict = alertCheck({
  name: 'rule-label-conflict',
  summary: 'An alert that overwrites a label of its series with another value.',
  why: 'Two series that differ in that label alone become one alert, and whoever reads it is told the wrong part.',
  fix: 'Call the label something else, aggregate it away, or select the one value that the alert is about.',
  bad: { labels: { severity: 'ticket', team: 'market', page_group: 'queue', queue: 'orders' } },
  messages: ({ expr, labels }, { known }) => {
    const { names } = resultLabels(treeOf(expr.text), known);
    return Object.entries(labels)
      .filter(([label, value]) => names.has(label) && !expr.text.includes(`${label}="${value}"`))
      .map(([label, value]) => `it overwrites the label ${label} of its series with "${value}"`);
  },
});
