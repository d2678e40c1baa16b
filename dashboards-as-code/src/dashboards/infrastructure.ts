import type { LinkModel } from '@sprout/grafana';
import * as q from '@sprout/query/typed';
import * as c from '@sprout/signals/catalogue';
import * as x from '@sprout/signals/exporters';
import { countedLines } from '../panels/counted-lines.ts';
import { figure, lines, logs, lowIsGood, query, timeline } from '../panels/panel.ts';
import { toLogs } from '../panels/variables.ts';
import type { Watched } from '../panels/watched.ts';
import { board, folders, row, rowFor } from './dashboard.ts';
import { openStates } from './gateway.ts';
import { nodesReady, readyStates } from './kubernetes-use.ts';
import { cpuUsed, diskUsed, memoryUsed } from './machine-use.ts';

const to = (slug: string, title: string): LinkModel => ({
  title,
  url: `/d/${slug}?\${__url_time_range}`,
});
const now = (signal: typeof x.redisUp) => q.maxBy(['instance'], q.value(q.pick(signal)));

/** What the integrated dashboard needs besides the exporters. */
export const infrastructureNeeds = ['gateway_request_duration_seconds', 'circuit_breaker_state'];

/** Gateway, MySQL, Redis, the machine and Kubernetes, if there is one, on one page, each leading to its own. */
export function infrastructureDashboard(signals: Watched) {
  const duration = signals.histogram('gateway_request_duration_seconds');
  const breaker = signals.gauge('circuit_breaker_state');
  const bad = ['server_error', 'timeout', 'breaker_open', 'unreachable'];
  const all = q.sum(q.rate(q.countOf(q.pick(duration))));
  const failed = q.sum(q.rate(q.countOf(q.pick(duration, { outcome: bad }))));
  const commands = q.sumBy(['instance'], q.rate(q.pick(x.redisCommandsProcessedTotal)));
  return board({
    slug: 'infrastructure',
    title: 'Infrastructure',
    description: 'Gateway, MySQL, Redis, the machine, Kubernetes and access failures on one page.',
    folder: folders.infrastructure,
    rows: [
      row(
        'Reached from outside',
        timeline(
          'Probes',
          x.probeSuccess.help,
          'none',
          [query(q.maxBy(['instance'], q.value(q.pick(x.probeSuccess))), '{{instance}}')],
          {
            width: 24,
            links: [to('network', 'Network')],
            states: [
              { value: 0, text: 'not reached', color: 'red' },
              { value: 1, text: 'reached', color: 'green' },
            ],
          },
        ),
      ),
      row(
        'Gateway',
        lines(
          'Requests and failures',
          'Requests per second, and those that ended badly.',
          'reqps',
          [query(all, 'requests'), query(failed, 'failed')],
          { links: [to('gateway', 'Gateway')] },
        ),
        lines(
          'Duration',
          duration.help,
          's',
          [
            query(q.quantile(0.5, q.pick(duration)), 'p50'),
            query(q.quantile(0.99, q.pick(duration)), 'p99', { exemplars: true }),
          ],
          { links: [to('gateway', 'Gateway')] },
        ),
        timeline(
          'Open circuit breakers',
          'Whether the breaker of a route is open: the service behind it is not asked.',
          'none',
          [query(q.maxBy(['route'], q.value(q.pick(breaker, { state: 'open' }))), '{{route}}')],
          { width: 8, states: openStates, links: [to('gateway', 'Gateway')] },
        ),
      ),
      row(
        'MySQL',
        lines(
          'Queries',
          x.mysqlGlobalStatusQueries.help,
          'reqps',
          [
            query(
              q.sumBy(['instance'], q.rate(q.pick(x.mysqlGlobalStatusQueries))),
              '{{instance}}',
            ),
          ],
          { links: [to('mysql', 'MySQL')] },
        ),
        lines(
          'Answers, p99',
          'Time of a call as the services see it.',
          's',
          [
            query(
              q.quantile(0.99, q.pick(c.dbClientOperationDuration, { db_system_name: 'mysql' }), [
                'service',
              ]),
              '{{service}}',
              { exemplars: true },
            ),
          ],
          { links: [to('mysql', 'MySQL')], thresholds: lowIsGood(0.15, 0.3) },
        ),
        lines(
          'Connections used',
          'Open connections out of those that may be open.',
          'percentunit',
          [
            query(
              q.ratio(
                now(x.mysqlGlobalStatusThreadsConnected),
                now(x.mysqlGlobalVariablesMaxConnections),
              ),
              '{{instance}}',
            ),
          ],
          { links: [to('mysql', 'MySQL')], min: 0, max: 1 },
        ),
      ),
      row(
        'Redis',
        lines(
          'Commands',
          x.redisCommandsProcessedTotal.help,
          'reqps',
          [query(commands, '{{instance}}')],
          { links: [to('redis', 'Redis')] },
        ),
        lines(
          'Answers, p99',
          'Time of a call as the services see it.',
          's',
          [
            query(
              q.quantile(0.99, q.pick(c.dbClientOperationDuration, { db_system_name: 'redis' }), [
                'service',
              ]),
              '{{service}}',
            ),
          ],
          { links: [to('redis', 'Redis')] },
        ),
        lines(
          'Memory used',
          'Memory allocated out of what Redis may use.',
          'percentunit',
          [query(q.ratio(now(x.redisMemoryUsedBytes), now(x.redisMemoryMaxBytes)), '{{instance}}')],
          { links: [to('redis', 'Redis')], min: 0, max: 1 },
        ),
      ),
      row(
        'Machine',
        lines(
          'CPU and memory',
          'Fraction of the processors that is busy, and of the memory that is taken.',
          'percentunit',
          [query(cpuUsed(), 'CPU {{instance}}'), query(memoryUsed(), 'memory {{instance}}')],
          { links: [to('machine', 'Machine')], min: 0, max: 1 },
        ),
        lines(
          'File systems',
          'Fraction of each file system that is taken.',
          'percentunit',
          [query(diskUsed(), '{{mountpoint}}')],
          { links: [to('machine', 'Machine')], min: 0, max: 1 },
        ),
        lines(
          'Network',
          'Bytes received per second, by interface.',
          'Bps',
          [
            query(
              q.sumBy(['device'], q.rate(q.pick(x.nodeNetworkReceiveBytesTotal))),
              '{{device}}',
            ),
          ],
          { links: [to('network', 'Network')] },
        ),
      ),
      kubernetesRow(),
      row(
        'Access failures',
        lines(
          'Calls to MySQL that failed',
          c.logDatabaseFailures.help,
          'cps',
          [query(failures(c.logDatabaseFailures), '{{log_service}}')],
          { links: [to('mysql', 'MySQL'), toLogs('log_service')] },
        ),
        lines(
          'Calls to Redis that failed',
          c.logCacheFailures.help,
          'cps',
          [query(failures(c.logCacheFailures), '{{log_service}}')],
          { links: [to('redis', 'Redis'), toLogs('log_service')] },
        ),
        figure(
          'Denied by MySQL',
          x.mysqlGlobalStatusAccessDeniedErrors.help,
          'short',
          [
            query(
              q.sumBy(['instance'], q.increase(q.pick(x.mysqlGlobalStatusAccessDeniedErrors))),
              '{{instance}}',
            ),
          ],
          { width: 8, height: 8 },
        ),
        logs(
          'What services say',
          'Log lines about MySQL and Redis that warn or worse.',
          '{level=~"warn|error"} |~ "(?i)(mysql|mariadb|redis|database|cache)"',
          { height: 8, noValue: 'nothing to warn of' },
        ),
      ),
    ],
  });
}

/** Lines per second, by the service that wrote them. */
const failures = (signal: typeof c.logCacheFailures) =>
  q.sumBy(['log_service'], q.rate(q.pick(countedLines(signal))));

/** Only where a cluster is watched. */
const kubernetesRow = () =>
  rowFor(
    [...x.kubeStateSignals, ...x.cadvisorSignals],
    'Kubernetes',
    timeline('Nodes ready', 'Whether a node is ready.', 'none', [query(nodesReady(), '{{node}}')], {
      width: 8,
      links: [to('kubernetes-nodes', 'Nodes')],
      states: readyStates,
    }),
    lines(
      'Pods, by phase',
      x.kubePodStatusPhase.help,
      'short',
      [query(q.sumBy(['phase'], q.value(q.pick(x.kubePodStatusPhase))), '{{phase}}')],
      { links: [to('kubernetes-workloads', 'Workloads')] },
    ),
    lines(
      'Restarts of containers',
      x.kubePodContainerStatusRestartsTotal.help,
      'cps',
      [
        query(
          q.sumBy(['namespace'], q.rate(q.pick(x.kubePodContainerStatusRestartsTotal))),
          '{{namespace}}',
        ),
      ],
      { links: [to('kubernetes-workloads', 'Workloads')] },
    ),
    lines(
      'CPU used',
      'Processors that the containers of a node keep busy.',
      'short',
      [query(q.sumBy(['node'], q.rate(q.pick(x.containerCpuUsageSecondsTotal))), '{{node}}')],
      { width: 12, links: [to('kubernetes-nodes', 'Nodes')] },
    ),
    lines(
      'Memory used',
      x.containerMemoryWorkingSetBytes.help,
      'bytes',
      [query(q.sumBy(['node'], q.value(q.pick(x.containerMemoryWorkingSetBytes))), '{{node}}')],
      { width: 12, links: [to('kubernetes-nodes', 'Nodes')] },
    ),
  );
