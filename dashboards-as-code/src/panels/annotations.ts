import type { AnnotationModel } from '@sprout/grafana';
import * as q from '@sprout/query/typed';
import { processStartTime, sloAnnotationTime } from '@sprout/signals/catalogue';

/** Alerts of which somebody is told, as Prometheus itself writes them down. */
export const firing = q.named(
  'ALERTS',
  ['alertname', 'severity', 'service', 'objective', 'team'],
  [
    { label: 'alertstate', op: '=', value: 'firing' },
    { label: 'severity', op: '=~', value: 'page|ticket' },
  ],
);

/**
 * What happened meanwhile: alerts of which somebody is told, deploys that slo-service was told
 * of, processes and load tests that began. `about` are services, as a pattern; all without.
 */
export const annotations = (about = '.+'): readonly AnnotationModel[] => [
  {
    name: 'Alerts',
    expr: q.value(firing).text,
    at: 'when-present',
    text: '{{alertname}} {{service}} {{objective}}',
    color: 'red',
    quiet: true,
  },
  {
    name: 'Deploys',
    // A deploy without a service concerns all.
    expr: moments(q.pick(sloAnnotationTime, { kind: 'deploy' }), 'annotated_service', `|${about}`),
    at: 'value',
    text: 'deploy {{annotated_service}}',
    color: 'blue',
  },
  {
    name: 'Restarts',
    expr: moments(q.pick(processStartTime), 'service', about),
    at: 'value',
    text: '{{service}} at {{instance}} began',
    color: 'orange',
  },
  {
    name: 'Load tests',
    expr: moments(q.pick(processStartTime), 'service', 'load'),
    at: 'value',
    text: 'load began',
    color: 'purple',
    quiet: true,
  },
];

/** Unix times in milliseconds: a moment is found however long nobody was there to scrape. */
function moments<L extends string>(times: q.GaugeSeries<L>, label: NoInfer<L>, of: string): string {
  const isOne = /^[\w-]+$/.test(of);
  const chosen = { label, op: isOne ? ('=' as const) : ('=~' as const), value: of };
  const matchers = of.endsWith('.+') ? times.matchers : [...times.matchers, chosen];
  return q.times(q.value({ ...times, matchers }), 1000).text;
}
