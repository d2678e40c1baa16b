import { collectorSignals } from '@sprout/collector/signals';
import { instrumentationSignals } from '@sprout/instrumentation/signals';
import { marketObjectives } from '@sprout/market-services/objectives';
import { marketSignals } from '@sprout/market-services/signals';
import { defineConfig, listener } from '@sprout/process';
import type { Endpoint } from '@sprout/process';
import * as catalogue from '@sprout/signals/catalogue';
import * as exporters from '@sprout/signals/exporters';
import { sloSignals } from '@sprout/slo-service/signals';

const market = [
  'gateway',
  'account',
  'order',
  'product',
  'batch-order',
  'identity',
  'discovery',
  'load',
  'faults',
] as const;
const platform = ['collector', 'slo-service', 'prometheus', 'alertmanager'] as const;

/** What is asked from outside: the only door of the market, a route behind it, its databases. */
const blackboxProbes = [
  { module: 'http', endpoint: listener('gateway'), path: '/healthz' },
  { module: 'http', endpoint: listener('gateway'), path: '/product/healthz' },
  { module: 'http', endpoint: listener('slo-service'), path: '/healthz' },
  { module: 'tcp', endpoint: listener('mariadb', 'mysql'), path: '' },
].map(probed);

function probed(probe: { module: string; endpoint: Endpoint; path: string }) {
  return { name: 'blackbox', endpoint: listener('blackbox-exporter'), probe };
}

/** One Redis, or six nodes and a second MariaDB: what is watched of it. */
const data = {
  single: {
    services: [
      { name: 'redis', endpoint: listener('redis-exporter') },
      probed({ module: 'tcp', endpoint: listener('redis', 'redis'), path: '' }),
    ],
  },
  cluster: {
    services: [
      { name: 'data-keeper', endpoint: listener('data-keeper') },
      { name: 'mariadb', job: 'mysqld', endpoint: listener('mysqld-exporter-2') },
      probed({ module: 'tcp', endpoint: listener('mariadb-2', 'mysql'), path: '' }),
      ...[1, 2, 3, 4, 5, 6].map((node) => ({
        name: 'redis',
        endpoint: listener('redis-exporter'),
        metricsPath: '/scrape',
        probe: { endpoint: listener(`redis-${node}`, 'redis'), path: '', scheme: 'redis' as const },
      })),
    ],
    signals: [
      ...exporters.mysqlReplicaSignals,
      ...exporters.redisClusterSignals,
      ...exporters.redisReplicaSignals,
    ],
  },
};

/** What is watched, what was promised, where telemetry lives. */
export default defineConfig({
  services: [
    ...[...market, ...platform].map((name) => ({ name, endpoint: listener(name) })),
    { name: 'mariadb', job: 'mysqld', endpoint: listener('mysqld-exporter') },
    { name: 'node', endpoint: listener('node-exporter') },
    ...blackboxProbes,
  ],
  data,
  probes: ['account', 'order', 'product'].map((route) => ({
    name: `gateway-${route}`,
    route,
    endpoint: listener('gateway'),
    path: `/${route}/healthz`,
  })),
  targetLists: [{ endpoint: listener('discovery'), path: '/sd/prometheus' }],
  runbooksDir: 'alerts/runbooks',
  dashboardsDir: 'dashboards-as-code/_generated/models',
  signals: [
    ...Object.values(catalogue),
    ...instrumentationSignals,
    ...collectorSignals,
    ...sloSignals,
    ...exporters.mysqlSignals,
    ...exporters.redisSignals,
    ...exporters.machineSignals,
    ...exporters.deviceSignals,
    ...exporters.blackboxSignals,
    ...exporters.prometheusSignals,
    ...exporters.alertmanagerSignals,
    ...marketSignals,
  ],
  objectives: marketObjectives,
});
