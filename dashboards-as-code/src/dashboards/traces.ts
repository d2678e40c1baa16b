import type { Expression } from '@sprout/query';
import * as q from '@sprout/query/typed';
import { graph, heatmap, lines, query, table, traces } from '../panels/panel.ts';
import { choice, slugs, toLogs } from '../panels/variables.ts';
import type { Watched } from '../panels/watched.ts';
import { board, folders, row } from './dashboard.ts';

/** What the dashboard of traces is made of. */
export const tracesNeeds = [
  'traces_span_requests_total',
  'traces_span_duration_seconds',
  'traces_service_graph_requests_total',
  'traces_service_graph_request_failed_total',
  'traces_service_graph_request_client_seconds',
];

/** What a service said while its spans were slow or failed. */
const toLinesOf = [toLogs('span_service')];

/** Who calls whom, how long spans take, and examples of slow and failed requests. */
export function tracesDashboard(signals: Watched) {
  const of = { span_service: 'service' } as const;
  const spans = q.pick(signals.counter('traces_span_requests_total'), {}, of);
  const errors = q.pick(signals.counter('traces_span_requests_total'), { status: 'error' }, of);
  const duration = q.pick(signals.histogram('traces_span_duration_seconds'), {}, of);
  const calls = q.rate(q.pick(signals.counter('traces_service_graph_requests_total')));
  const failed = q.rate(q.pick(signals.counter('traces_service_graph_request_failed_total')));
  const waited = q.pick(signals.histogram('traces_service_graph_request_client_seconds'));
  const ends = ['client', 'server'] as const;
  const servers = q.sumBy(['server'], calls);
  const named = q.renamed(q.renamed(servers, 'server', 'id'), 'server', 'title');
  const edges = q.renamed(
    q.renamed(q.sumBy(['client', 'server'], calls), 'client', 'source'),
    'server',
    'target',
  );
  return board({
    slug: slugs.traces,
    title: 'Traces and service graph',
    description: 'Who calls whom, durations of spans, and slow and failed requests to look at.',
    folder: folders.telemetry,
    variables: [choice('service', 'Service', 'traces_span_requests_total', 'span_service')],
    examples: { service: '.+' },
    rows: [
      row(
        'Who calls whom',
        graph(
          'Service graph',
          'Calls per second between services, as pairs of spans show them.',
          'reqps',
          [query(q.sumBy(['id', 'title'], named), 'calls'), query(withId(edges), 'calls')],
        ),
        table(
          'Calls',
          'Calls per second from one service to another, the part of them that failed, and how long callers wait.',
          'reqps',
          [
            query(q.sumBy(ends, calls), 'Calls'),
            query(q.ratio(q.sumBy(ends, failed), q.sumBy(ends, calls)), 'Failed', {
              unit: 'percentunit',
            }),
            query(q.quantile(0.5, waited, ends), 'p50', { unit: 's' }),
            query(q.quantile(0.99, waited, ends), 'p99', { unit: 's' }),
          ],
          { width: 24 },
        ),
        lines(
          'Failed calls',
          'Calls per second from one service to another that failed.',
          'reqps',
          [query(q.sumBy(ends, failed), '{{client}} to {{server}}')],
          { width: 12 },
        ),
        lines(
          'p99 of calls',
          '99th percentile of what callers wait for an answer.',
          's',
          [query(q.quantile(0.99, waited, ends), '{{client}} to {{server}}')],
          { width: 12 },
        ),
      ),
      row(
        'Spans',
        lines(
          'Spans',
          'Spans per second, by service.',
          'cps',
          [query(q.sumBy(['span_service'], q.rate(spans)), '{{span_service}}')],
          { links: toLinesOf },
        ),
        lines(
          'Failed spans',
          'Spans per second that failed, by service.',
          'cps',
          [query(q.sumBy(['span_service'], q.rate(errors)), '{{span_service}}')],
          { links: toLinesOf, noValue: 'none failed' },
        ),
        lines(
          'p99 by service',
          '99th percentile of the duration of spans.',
          's',
          [query(q.quantile(0.99, duration, ['span_service']), '{{span_service}}')],
          { links: toLinesOf },
        ),
        heatmap('Durations', 'Spans per second, by duration.', 'short', [
          query(q.buckets(duration), '{{le}}'),
        ]),
        table(
          'Slowest names',
          '99th percentile of the duration, the ten slowest names.',
          's',
          [query(q.top(10, q.quantile(0.99, duration, ['span_service', 'span_name'])), 'p99')],
          { height: 8 },
        ),
      ),
      row(
        'Examples',
        traces('Slow traces', 'Traces with a span of over 300 ms.', '{ duration > 300ms }', {
          noValue: 'none was that slow',
        }),
        traces('Failed traces', 'Traces with a span that failed.', '{ status = error }', {
          noValue: 'none failed',
        }),
      ),
    ],
  });
}

/** Edges need a name of their own: that of both ends. */
const withId = ({ text }: Expression): Expression => ({
  text: `label_join(${text}, "id", " to ", "client", "server")`,
  binds: 9,
});
