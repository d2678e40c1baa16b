import type { AnnotationModel } from '@sprout/grafana';
import * as q from '@sprout/query/typed';
import type { Matcher, TargetLabel } from '@sprout/signals';
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
 * `began` are Unix times, of what does not tell its own start: there is an exporter in between.
 */
export const annotations = (
  about = '.+',
  began: q.Vector<TargetLabel> = started(about),
): readonly AnnotationModel[] => [
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
    expr: q.times(
      q.value({ ...deploys, matchers: [...deploys.matchers, ...ofService(about)] }),
      1000,
    ).text,
    at: 'value',
    text: 'deploy {{annotated_service}}',
    color: 'blue',
  },
  {
    name: 'Restarts',
    expr: q.times(began, 1000).text,
    at: 'value',
    text: '{{service}} at {{instance}} began',
    color: 'orange',
  },
  {
    name: 'Load tests',
    expr: q.times(started('load'), 1000).text,
    at: 'value',
    text: 'load began',
    color: 'purple',
    quiet: true,
  },
];

const deploys = q.pick(sloAnnotationTime, { kind: 'deploy' });

/** A deploy without a service concerns all. */
const ofService = (about: string): Matcher[] =>
  about === '.+' ? [] : [{ label: 'annotated_service', op: '=~', value: `|${about}` }];

/** Of these the exporter's process is scraped, not theirs. */
const exported = 'mariadb|node';

/** When processes began: found however long nobody was there to scrape. */
function started(about: string): q.Vector<TargetLabel> {
  const isOne = /^[\w-]+$/.test(about);
  const chosen: Matcher =
    about === '.+'
      ? { label: 'service', op: '!~', value: exported }
      : { label: 'service', op: isOne ? '=' : '=~', value: about };
  return q.value({ ...q.pick(processStartTime), matchers: [chosen] });
}
