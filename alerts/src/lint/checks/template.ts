import { resultLabels, treeOf } from '@sprout/query';
import { alertCheck } from './subject.ts';

export const template = alertCheck({
  name: 'alert-template',
  summary: 'A text that names a label which the alert does not have.',
  why: 'The notification has a hole where the name of the service should be.',
  fix: 'Keep the label in the aggregations of the expression, or leave it out of the text.',
  bad: {
    annotations: {
      summary: '{{ $labels.route }} is slow',
      description: 'slow',
      impact: 'none',
      first_step: 'look',
      runbook_url: 'QueueLong.md',
      dashboard_url: '/d/queue',
    },
  },
  messages: ({ expr, labels, annotations }, { known }) => {
    const result = resultLabels(treeOf(expr.text), known);
    if (result.open) return [];
    const texts = [...Object.values(labels), ...Object.values(annotations)].join(' ');
    const used = new Set([...texts.matchAll(/\$labels\.(\w+)/g)].flatMap(([, name]) => name ?? []));
    return [...used]
      .filter((name) => !result.names.has(name) && !(name in labels))
      .map((name) => `its texts name the label ${name}, which it does not have`);
  },
});
