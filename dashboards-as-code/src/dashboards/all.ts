import { withEmitted } from '@sprout/grafana/model';
import type { SproutConfig } from '@sprout/process';
import { cadvisorSignals, kubeStateSignals } from '@sprout/signals/exporters';
import * as exporters from '@sprout/signals/exporters';
import { watched } from '../panels/watched.ts';
import type { Watched } from '../panels/watched.ts';
import { alertingDashboard } from './alerting.ts';
import { batchDashboard, batchNeeds } from './batch.ts';
import { businessDashboard, businessNeeds } from './business.ts';
import { capacityDashboard, capacityNeeds } from './capacity.ts';
import { collectorDashboard, collectorNeeds } from './collector.ts';
import type { Dashboard } from './dashboard.ts';
import { gatewayDashboard, gatewayNeeds } from './gateway.ts';
import { homeDashboard } from './home.ts';
import { infrastructureDashboard, infrastructureNeeds } from './infrastructure.ts';
import { clusterNetworkDashboard } from './kubernetes-network.ts';
import { nodesDashboard } from './kubernetes-nodes.ts';
import { workloadsDashboard } from './kubernetes-workloads.ts';
import { loadTestDashboard, loadTestNeeds } from './load-test.ts';
import { logsDashboard } from './logs.ts';
import { machineDashboard } from './machine.ts';
import { networkDashboard } from './network.ts';
import { mysqlDashboard } from './mysql.ts';
import { runtimeDashboard } from './node-runtime.ts';
import { platformDashboard } from './platform.ts';
import { queueDashboard } from './queue.ts';
import { redisDashboard } from './redis.ts';
import { serviceDashboard } from './service.ts';
import { detailDashboard } from './slo-detail.ts';
import { overviewDashboard } from './slo-overview.ts';
import { tracesDashboard, tracesNeeds } from './traces.ts';

/** A dashboard, and the signals without which there is none: a board is never empty. */
interface Planned {
  readonly needs: readonly string[];
  build(signals: Watched, all: SproutConfig['signals']): Dashboard;
}

const namesOf = (...lists: readonly (readonly { readonly name: string }[])[]): string[] =>
  lists.flatMap((list) => list.map(({ name }) => name));

const { mysqlSignals, redisSignals, blackboxSignals } = exporters;
const { prometheusSignals, alertmanagerSignals } = exporters;
const machine = namesOf(exporters.machineSignals, exporters.deviceSignals);
const probes = namesOf(blackboxSignals);
const databases = namesOf(mysqlSignals, redisSignals);
const kubernetes = namesOf(kubeStateSignals, cadvisorSignals);

const planned: readonly Planned[] = [
  { needs: [], build: homeDashboard },
  { needs: [], build: overviewDashboard },
  { needs: [], build: (_, all) => serviceDashboard(all) },
  { needs: gatewayNeeds, build: gatewayDashboard },
  { needs: [], build: queueDashboard },
  { needs: batchNeeds, build: batchDashboard },
  { needs: [], build: runtimeDashboard },
  {
    needs: [...infrastructureNeeds, ...machine, ...probes, ...databases],
    build: infrastructureDashboard,
  },
  { needs: namesOf(mysqlSignals), build: mysqlDashboard },
  { needs: namesOf(redisSignals), build: redisDashboard },
  { needs: machine, build: machineDashboard },
  { needs: [...machine, ...probes], build: networkDashboard },
  {
    needs: [...capacityNeeds, ...machine, ...namesOf(prometheusSignals)],
    build: capacityDashboard,
  },
  { needs: kubernetes, build: nodesDashboard },
  { needs: kubernetes, build: workloadsDashboard },
  { needs: kubernetes, build: clusterNetworkDashboard },
  { needs: businessNeeds, build: businessDashboard },
  { needs: [...loadTestNeeds, ...machine], build: loadTestDashboard },
  { needs: collectorNeeds, build: collectorDashboard },
  { needs: namesOf(prometheusSignals, alertmanagerSignals), build: alertingDashboard },
  { needs: [], build: logsDashboard },
  { needs: tracesNeeds, build: tracesDashboard },
];

/** Signals that a stack has or not, depending on how it runs; rows of boards wait for them. */
export const optionalSignals = [
  ...exporters.mysqlReplicaSignals,
  ...exporters.redisClusterSignals,
  ...exporters.redisReplicaSignals,
];

function emitted({ model, examples }: Dashboard, signals: SproutConfig['signals']): Dashboard[] {
  const left = withEmitted(model, signals);
  return left === undefined ? [] : [{ model: left, examples }];
}

/** Every dashboard of a configuration: those whose signals it watches. Pure. */
export function dashboards(config: Pick<SproutConfig, 'signals' | 'objectives'>): Dashboard[] {
  const signals = watched(config);
  const example = config.objectives.find(({ pages }) => pages) ?? config.objectives[0];
  const others = [
    ...planned
      .filter(({ needs }) => signals.has(...needs))
      .flatMap(({ build }) => emitted(build(signals, config.signals), config.signals)),
    ...(example === undefined ? [] : [detailDashboard(signals, example.id)]),
  ];
  return [...others, platformDashboard(config, others)];
}
