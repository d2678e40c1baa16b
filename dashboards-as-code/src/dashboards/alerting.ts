import * as q from '@sprout/query/typed';
import * as x from '@sprout/signals/exporters';
import { firing } from '../panels/annotations.ts';
import { figure, lines, query, table, timeline } from '../panels/panel.ts';
import { slugs } from '../panels/variables.ts';
import { board, folders, row } from './dashboard.ts';

/** Prometheus calls a group by its file and its name; people know the name. */
const group = ['group'] as const;
const named = <L extends string>(of: q.Vector<L | 'rule_group'>) =>
  q.captured(of, 'rule_group', '(?:.*;)?(.*)', 'group');
const groups = (signal: typeof x.prometheusRuleGroupLastDurationSeconds) =>
  q.maxBy(group, named(q.value(q.pick(signal))));
const perGroup = (signal: typeof x.prometheusRuleEvaluationsTotal) =>
  q.sumBy(group, named(q.rate(q.pick(signal))));
const one = (signal: typeof x.prometheusNotificationsQueueLength) =>
  q.maxBy([], q.value(q.pick(signal)));
/** Alertmanager counts every kind of receiver there is; those that were told within the range. */
const told = q.where(
  q.sumBy(['integration'], q.increase(q.pick(x.alertmanagerNotificationsTotal), '$__range')),
  '>',
  0,
);
const byReceiver = (signal: typeof x.alertmanagerNotificationsTotal) =>
  q.among(q.sumBy(['integration'], q.rate(q.pick(signal))), told);
const latency = q.pick(x.alertmanagerNotificationLatencySeconds);
const noneSent = { noValue: 'nobody was told in this time' };
const ok = [
  { value: 0, text: 'refused', color: 'red' },
  { value: 1, text: 'in force', color: 'green' },
] as const;

/** Would an alert be raised, sent and read: rules, delivery, noise. */
export const alertingDashboard = () =>
  board({
    slug: slugs.alerting,
    title: 'Alerting health',
    description:
      'Whether rules are evaluated, alerts delivered and notifications sent; what is noisy.',
    folder: folders.telemetry,
    about: 'prometheus|alertmanager',
    rows: [
      row(
        'Now',
        figure(
          'Rules of Prometheus',
          x.prometheusConfigLastReloadSuccessful.help,
          'none',
          [query(one(x.prometheusConfigLastReloadSuccessful), 'configuration')],
          { states: ok, width: 6 },
        ),
        figure(
          'Routes of Alertmanager',
          x.alertmanagerConfigLastReloadSuccessful.help,
          'none',
          [query(one(x.alertmanagerConfigLastReloadSuccessful), 'configuration')],
          { states: ok, width: 6 },
        ),
        figure(
          'Alerts known',
          x.alertmanagerAlerts.help,
          'short',
          [query(q.maxBy(['state'], q.value(q.pick(x.alertmanagerAlerts))), '{{state}}')],
          { width: 6 },
        ),
        figure(
          'Silences',
          x.alertmanagerSilences.help,
          'short',
          [query(q.maxBy(['state'], q.value(q.pick(x.alertmanagerSilences))), '{{state}}')],
          { width: 6 },
        ),
      ),
      row(
        'Alerts',
        timeline(
          'What fires when',
          'Alerts of which somebody is told, over time.',
          'none',
          [query(q.aggregate('count', ['alertname'], q.value(firing)), '{{alertname}}')],
          { width: 16, height: 10, noValue: 'nothing fired' },
        ),
        table(
          'Noisiest',
          'How many alerts of a name fired at once, on average over the time that each of them fired.',
          'short',
          [
            query(
              q.top(
                10,
                q.times(
                  q.sumBy(['alertname', 'severity'], q.over('avg_over_time', firing, '$__range')),
                  1,
                ),
              ),
              'Firing',
            ),
          ],
          { width: 8, height: 10, noValue: 'nothing fired' },
        ),
      ),
      row(
        'Rules',
        lines('Evaluated', x.prometheusRuleEvaluationsTotal.help, 'cps', [
          query(perGroup(x.prometheusRuleEvaluationsTotal), '{{group}}'),
        ]),
        lines('Failed', x.prometheusRuleEvaluationFailuresTotal.help, 'cps', [
          query(perGroup(x.prometheusRuleEvaluationFailuresTotal), '{{group}}'),
        ]),
        lines('Left out', x.prometheusRuleGroupIterationsMissedTotal.help, 'cps', [
          query(perGroup(x.prometheusRuleGroupIterationsMissedTotal), '{{group}}'),
        ]),
        lines(
          'Time of a group out of its interval',
          'How long the last evaluation took, out of how often it is due; at 1 the next is left out.',
          'percentunit',
          [
            query(
              q.ratio(
                groups(x.prometheusRuleGroupLastDurationSeconds),
                groups(x.prometheusRuleGroupIntervalSeconds),
              ),
              '{{group}}',
            ),
          ],
          { min: 0, width: 24 },
        ),
      ),
      row(
        'Delivery',
        lines('To Alertmanager', 'Alerts per second sent, failed and given up.', 'cps', [
          query(q.sum(q.rate(q.pick(x.prometheusNotificationsSentTotal))), 'sent'),
          query(q.sum(q.rate(q.pick(x.prometheusNotificationsErrorsTotal))), 'failed'),
          query(q.sum(q.rate(q.pick(x.prometheusNotificationsDroppedTotal))), 'given up'),
        ]),
        lines(
          'Waiting',
          'Alerts that wait to be sent, out of how many may.',
          'percentunit',
          [
            query(
              q.ratio(
                one(x.prometheusNotificationsQueueLength),
                one(x.prometheusNotificationsQueueCapacity),
              ),
              'queue',
            ),
          ],
          { min: 0 },
        ),
        lines('Received by Alertmanager', x.alertmanagerAlertsReceivedTotal.help, 'cps', [
          query(
            q.sumBy(['status'], q.rate(q.pick(x.alertmanagerAlertsReceivedTotal))),
            '{{status}}',
          ),
          query(q.sum(q.rate(q.pick(x.alertmanagerAlertsInvalidTotal))), 'not valid'),
        ]),
        lines(
          'Notifications',
          'Notifications per second, by kind of receiver; kinds that nobody uses are left out.',
          'cps',
          [query(byReceiver(x.alertmanagerNotificationsTotal), '{{integration}}', { quiet: true })],
          noneSent,
        ),
        lines(
          'Failed notifications',
          'Notifications per second that failed, by kind of receiver.',
          'cps',
          [
            query(byReceiver(x.alertmanagerNotificationsFailedTotal), '{{integration}}', {
              quiet: true,
            }),
          ],
          noneSent,
        ),
        lines(
          'Time of a notification, mean',
          'Mean time of a notification over the time that is shown, by kind of receiver.',
          's',
          [
            query(
              q.among(
                q.ratio(
                  q.sumBy(['integration'], q.increase(q.sumOf(latency), '$__range')),
                  q.sumBy(['integration'], q.increase(q.countOf(latency), '$__range')),
                ),
                told,
              ),
              '{{integration}}',
              { quiet: true },
            ),
          ],
          noneSent,
        ),
      ),
    ],
  });
