import type { LinkModel } from '@sprout/grafana';
import * as q from '@sprout/query/typed';
import * as c from '@sprout/signals/catalogue';
import { firing } from '../panels/annotations.ts';
import { bars, figure, lines, query, table, timeline } from '../panels/panel.ts';
import { slugs, toLogs, toService, toTraces } from '../panels/variables.ts';
import { board, folders, row } from './dashboard.ts';
import { budgetColours } from './slo-overview.ts';

const all = q.pick(c.httpServerRequestDuration);
const requests = q.countOf(all);
const failed: typeof requests = {
  ...requests,
  matchers: [
    ...requests.matchers,
    { label: 'http_response_status_code', op: '=~' as const, value: '5..' },
  ],
};
const budget = q.maxBy(['objective'], q.value(q.pick(c.sloBudgetLeft)));

/** First look: are promises kept, does anything fire, what changed. */
export const homeDashboard = () =>
  board({
    slug: slugs.home,
    title: 'Home',
    description: 'Are promises kept, does anything fire, is traffic as usual, what changed.',
    folder: folders.promises,
    rows: [
      row(
        'Promises',
        bars(
          'Budget left, least first',
          c.sloBudgetLeft.help,
          'percentunit',
          [query({ text: `sort(${budget.text})`, binds: 9 }, '{{objective}}')],
          { width: 12, height: 10, max: 1, thresholds: budgetColours, links: [toObjective] },
        ),
        table(
          'Firing alerts',
          'Alerts of which somebody is told, by name and service.',
          'none',
          [
            query(
              q.aggregate('count', ['alertname', 'severity', 'service'], q.value(firing)),
              'Firing',
            ),
          ],
          { height: 10, noValue: 'nothing fires' },
        ),
      ),
      row(
        'Traffic',
        lines(
          'Requests',
          'Requests answered per second, by service.',
          'reqps',
          [query(q.sumBy(['service'], q.rate(requests)), '{{service}}')],
          { stacked: true, links: [toService, toLogs(), toTraces] },
        ),
        lines(
          'Failing',
          'Requests per second answered with a status of 500 and more.',
          'reqps',
          [query(q.sumBy(['service'], q.rate(failed)), '{{service}}')],
          { links: [toService, toLogs(), toTraces], noValue: 'nothing failed' },
        ),
        lines(
          'p99',
          '99th percentile of the duration, by service.',
          's',
          [query(q.quantile(0.99, all, ['service']), '{{service}}', { exemplars: true })],
          { links: [toService, toLogs(), toTraces] },
        ),
        lines(
          'Against the same time a week ago',
          'Requests per second, and what they were a week ago.',
          'reqps',
          [
            query(q.sum(q.rate(requests)), 'now'),
            query(q.sum(q.ago(requests, '1w')), 'a week ago', { quiet: true }),
          ],
          { width: 12 },
        ),
        lines(
          'Dependencies that fail',
          'Calls to databases per second that ended with an error.',
          'cps',
          [
            query(
              q.sumBy(
                ['service', 'db_system_name'],
                q.rate(q.countOf(q.pick(c.dbClientOperationDuration, { outcome: 'error' }))),
              ),
              '{{service}} {{db_system_name}}',
            ),
          ],
          { width: 12, links: [toService, toLogs(), toTraces], noValue: 'nothing failed' },
        ),
      ),
      row(
        'Processes',
        timeline(
          'Up',
          c.up.help,
          'none',
          [query(q.aggregate('min', ['service'], q.value(q.pick(c.up))), '{{service}}')],
          {
            width: 16,
            height: 10,
            states: [
              { value: 0, text: 'down', color: 'red' },
              { value: 1, text: 'up', color: 'green' },
            ],
          },
        ),
        figure(
          'Began anew last',
          'Time since a process of each service began.',
          's',
          [
            query(
              q.since(q.maxBy(['service'], q.value(q.pick(c.processStartTime)))),
              '{{service}}',
            ),
          ],
          { width: 8, height: 10 },
        ),
        table(
          'Last deploys',
          'Time since the newest deploy of each service, as slo-service was told.',
          's',
          [
            query(
              q.since(
                q.maxBy(
                  ['annotated_service'],
                  q.value(q.pick(c.sloAnnotationTime, { kind: 'deploy' })),
                ),
              ),
              'Ago',
              { quiet: true },
            ),
          ],
          { width: 24, height: 6, noValue: 'nobody told of a deploy' },
        ),
      ),
    ],
  });

const toObjective: LinkModel = {
  title: 'Objective',
  url: `/d/${slugs.detail}?var-objective=\${__field.labels.objective}&\${__url_time_range}`,
};
