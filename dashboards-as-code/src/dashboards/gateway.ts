import * as q from '@sprout/query/typed';
import * as c from '@sprout/signals/catalogue';
import { figure, heatmap, lines, logs, query, timeline, traces } from '../panels/panel.ts';
import { choice } from '../panels/variables.ts';
import type { Watched } from '../panels/watched.ts';
import { board, folders, row } from './dashboard.ts';

/** What the gateway's dashboard is made of. */
export const gatewayNeeds = [
  'gateway_request_duration_seconds',
  'circuit_breaker_state',
  'circuit_breaker_calls_total',
  'gateway_refusals_total',
  'gateway_logins_total',
  'identity_sign_ins_total',
];

/** What a breaker that is open, or is not, is called. */
export const openStates = [
  { value: 0, text: 'not open', color: 'green' },
  { value: 1, text: 'open', color: 'red' },
] as const;

const route = { route: 'route' } as const;
const bad = ['server_error', 'timeout', 'breaker_open', 'unreachable'];

/** The only public door: what users feel, route by route, and why. */
export function gatewayDashboard(signals: Watched) {
  const duration = signals.histogram('gateway_request_duration_seconds');
  const state = signals.gauge('circuit_breaker_state');
  const calls = signals.counter('circuit_breaker_calls_total');
  const refusals = signals.counter('gateway_refusals_total');
  const logins = signals.counter('gateway_logins_total');
  const signIns = signals.counter('identity_sign_ins_total');
  const all = q.countOf(q.pick(duration, {}, route));
  const failed = q.countOf(q.pick(duration, { outcome: bad }, route));
  const upstream = q.pick(c.httpClientRequestDuration, { service: 'gateway' });
  return board({
    slug: 'gateway',
    title: 'Gateway',
    description:
      'Requests, failures, durations, circuit breakers and upstream calls of the gateway.',
    folder: folders.services,
    variables: [choice('route', 'Route', duration.name + '_count', 'route')],
    examples: { route: '.+' },
    about: 'gateway',
    rows: [
      row(
        'Now',
        figure(
          'Requests',
          'Requests per second, all chosen routes.',
          'reqps',
          [query(q.sum(q.rate(all)), 'requests')],
          { width: 6 },
        ),
        figure(
          'Failed',
          'Fraction of requests that ended badly for their caller.',
          'percentunit',
          [query(q.ratio(q.sum(q.rate(failed)), q.sum(q.rate(all))), 'failed')],
          { width: 6 },
        ),
        figure(
          'p99',
          '99th percentile of the duration.',
          's',
          [query(q.quantile(0.99, q.pick(duration, {}, route)), 'p99')],
          { width: 6 },
        ),
        figure(
          'Median',
          'Median of the duration.',
          's',
          [query(q.quantile(0.5, q.pick(duration, {}, route)), 'p50')],
          { width: 6 },
        ),
      ),
      row(
        'Requests',
        lines(
          'By route',
          'Requests per second, by route.',
          'reqps',
          [query(q.sumBy(['route'], q.rate(all)), '{{route}}')],
          { stacked: true },
        ),
        lines(
          'By outcome',
          'Requests per second, by how they ended.',
          'reqps',
          [query(q.sumBy(['outcome'], q.rate(all)), '{{outcome}}')],
          { stacked: true },
        ),
        lines(
          'Failed, by route',
          'Fraction of requests of a route that ended badly for their caller.',
          'percentunit',
          [
            query(
              q.ratio(q.sumBy(['route'], q.rate(failed)), q.sumBy(['route'], q.rate(all))),
              '{{route}}',
            ),
          ],
          { min: 0 },
        ),
      ),
      row(
        'Duration',
        heatmap('Durations', duration.help, 'short', [
          query(q.buckets(q.pick(duration, {}, route)), '{{le}}'),
        ]),
        lines(
          'Percentiles',
          duration.help,
          's',
          [0.5, 0.95, 0.99].map((phi) =>
            query(q.quantile(phi, q.pick(duration, {}, route)), `p${phi * 100}`, {
              exemplars: phi === 0.99,
            }),
          ),
          { width: 12 },
        ),
        lines(
          'p99 by route',
          '99th percentile of the duration, by route.',
          's',
          [
            query(q.quantile(0.99, q.pick(duration, {}, route), ['route']), '{{route}}', {
              exemplars: true,
            }),
          ],
          { width: 12 },
        ),
        lines(
          'Own time',
          'Mean duration of requests, and of the calls behind them; the rest is the gateway itself.',
          's',
          [query(q.mean(q.pick(duration)), 'requests'), query(q.mean(upstream), 'calls behind')],
          { width: 12 },
        ),
      ),
      row(
        'Refused and logins',
        lines('Refused, by reason', refusals.help, 'reqps', [
          query(q.sumBy(['reason'], q.rate(q.pick(refusals))), '{{reason}}'),
        ]),
        lines('Logins', logins.help, 'cps', [
          query(q.sumBy(['outcome'], q.rate(q.pick(logins))), '{{outcome}}'),
        ]),
        lines('Passwords', signIns.help, 'cps', [
          query(q.sumBy(['outcome'], q.rate(q.pick(signIns))), '{{outcome}}'),
        ]),
      ),
      row(
        'Circuit breakers',
        timeline(
          'Open',
          'Whether the breaker of a route is open: the service behind it is not asked.',
          'none',
          [
            query(
              q.maxBy(['route'], q.value(q.pick(state, { state: 'open' }, route))),
              '{{route}}',
            ),
          ],
          {
            states: openStates,
          },
        ),
        lines(
          'Calls as the breaker judges them',
          calls.help,
          'reqps',
          [
            query(
              q.sumBy(['route', 'kind'], q.rate(q.pick(calls, {}, route))),
              '{{route}} {{kind}}',
            ),
          ],
          { width: 12 },
        ),
      ),
      row(
        'Behind it',
        lines(
          'Calls by status',
          'Calls to services per second, by address and status code.',
          'reqps',
          [
            query(
              q.sumBy(['server_address', 'http_response_status_code'], q.rate(q.countOf(upstream))),
              '{{server_address}} {{http_response_status_code}}',
            ),
          ],
          { width: 12 },
        ),
        lines(
          'p99 of calls',
          '99th percentile of calls to services, by address.',
          's',
          [
            query(q.quantile(0.99, upstream, ['server_address']), '{{server_address}}', {
              exemplars: true,
            }),
          ],
          { width: 12 },
        ),
      ),
      row(
        'Examples',
        traces(
          'Slow requests',
          'Requests of the gateway that took over 300 ms.',
          '{ resource.service.name = "gateway" && duration > 300ms }',
          { noValue: 'none was that slow' },
        ),
        logs(
          'Warnings',
          'Log lines of the gateway that warn or worse.',
          '{service="gateway", level=~"warn|error"}',
          { width: 12, height: 10, noValue: 'nothing to warn of' },
        ),
      ),
    ],
  });
}
