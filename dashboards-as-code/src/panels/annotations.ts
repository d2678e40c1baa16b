import type { AnnotationModel } from '@sprout/grafana';

/** What happened meanwhile: alerts of which somebody is told, and processes that began anew. */
export const annotations = (selector = ''): readonly AnnotationModel[] => [
  {
    name: 'Alerts',
    expr: 'ALERTS{alertstate="firing", severity=~"page|ticket"}',
    text: '{{alertname}} {{service}} {{objective}}',
    color: 'red',
  },
  {
    name: 'Deployments and restarts',
    expr: `changes(process_start_time_seconds${selector}[$__interval]) > 0`,
    text: '{{service}} at {{instance}} began anew',
    color: 'blue',
  },
];
