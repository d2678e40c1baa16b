import { resolve } from 'node:path';
import { declaredAt } from '@sprout/objectives';
import type { Objective } from '@sprout/objectives';
import type { Signal } from '@sprout/signals';
import { accessProblems, withAccessPaths } from './access-schema.ts';
import type { AccessInput } from './access-schema.ts';
import type { AlertsInput } from './alerts-schema.ts';
import type { GrafanaInput } from './grafana-schema.ts';
import { configSchema, defaultBatch } from './config-schema.ts';
import type { Endpoint, SproutConfig } from './config-schema.ts';
import { checkObjectives, problemText } from './declarations/check-objectives.ts';
import { SproutError } from './error.ts';
import { policyProblems, withSecretPath } from './policy-schema.ts';
import type { PolicyInput } from './policy-schema.ts';
import type { z } from 'zod';
import { defaultAccess } from './market-access.ts';
import { defaultKafka } from './market-queue.ts';
import type { MarketAccess } from './market-access.ts';
import { defaultSloService } from './slo-service-config.ts';
import {
  scrapeIntervalSecondsOf,
  sourceProblems,
  withSecretPaths,
} from './metrics-source-schema.ts';

type Probe = NonNullable<SproutConfig['services'][number]['probe']>;

interface ServiceInput {
  readonly name: string;
  readonly job?: string;
  readonly endpoint: Endpoint;
  readonly metricsPath?: string;
  readonly probe?: Probe;
}

interface WatchedInput {
  readonly services: readonly ServiceInput[];
  readonly signals?: readonly Signal[];
}

/** What `sprout.config.ts` says; everything but services, signals and objectives has a default. */
export interface ConfigInput {
  readonly timeScale?: number;
  readonly dataDir?: string;
  readonly host?: string;
  /** Who may use the SLO service; paths are relative to the configuration file's directory. */
  readonly access?: AccessInput;
  readonly api?: Partial<SproutConfig['api']>;
  readonly policies?: readonly PolicyInput[];
  readonly ports?: Readonly<Record<string, number>>;
  readonly services: readonly ServiceInput[];
  /** What is watched besides, by how the market keeps its data (`market.data`). */
  readonly data?: Readonly<Partial<Record<SproutConfig['market']['data'], WatchedInput>>>;
  readonly probes?: SproutConfig['probes'];
  readonly targetLists?: SproutConfig['targetLists'];
  readonly telemetry?: Partial<SproutConfig['telemetry']>;
  readonly links?: Partial<SproutConfig['links']>;
  /** Relative to the configuration file's directory. */
  readonly runbooksDir?: string;
  /** Relative to the configuration file's directory; `sprout dashboards build` writes it. */
  readonly dashboardsDir?: string;
  readonly tools?: Readonly<Record<string, string>>;
  readonly alerts?: AlertsInput;
  readonly grafana?: GrafanaInput;
  readonly market?: Partial<Omit<SproutConfig['market'], 'access'>> & {
    readonly access?: Partial<MarketAccess>;
  };
  readonly collector?: Partial<SproutConfig['collector']>;
  readonly sloService?: Partial<SproutConfig['sloService']>;
  readonly signals: readonly Signal[];
  readonly objectives: readonly Objective[];
}

/** Types the configuration; `sprout config build` compiles it. */
export const defineConfig = (input: ConfigInput): ConfigInput => input;

/** The address of another process of this stack. */
export const listener = (process: string, name = 'http'): Endpoint => ({ process, listener: name });

/**
 * Fills in defaults and checks the whole; reports every problem at once.
 * Throws SproutError `CONFIG_INVALID`.
 */
export function compileConfig(declared: ConfigInput, root: string): SproutConfig {
  const input = withWatchedData(declared);
  // Signals and objectives carry methods; JSON leaves their data.
  const data = JSON.parse(JSON.stringify(withDefaults(input, root)));
  const parsed = configSchema.safeParse(data);
  const problems = [
    ...(parsed.error?.issues.map((issue) => issueText(issue, input)) ?? []),
    ...contradictions(input),
  ];
  if (!parsed.success || problems.length > 0) {
    throw new SproutError('CONFIG_INVALID', problems.join('\n'), {
      hint: 'correct sprout.config.ts and run ./sprout config build',
    });
  }
  return parsed.data;
}

function withWatchedData(input: ConfigInput): ConfigInput {
  const { services = [], signals = [] } = input.data?.[input.market?.data ?? 'single'] ?? {};
  return {
    ...input,
    services: [...input.services, ...services],
    signals: [...input.signals, ...signals],
  };
}

function withDefaults(input: ConfigInput, root: string) {
  const ports = { ...defaultPorts, ...input.ports };
  return {
    schemaVersion: 1,
    timeScale: input.timeScale ?? 1,
    dataDir: resolve(root, input.dataDir ?? '.sprout'),
    host: input.host ?? '127.0.0.1',
    api: input.api,
    policies: input.policies?.map((policy) => withSecretPath(policy, root)),
    access: input.access && withAccessPaths(input.access, root),
    ports,
    services: input.services.map((service) => ({
      job: service.name,
      metricsPath: service.probe === undefined ? '/metrics' : '/probe',
      ...service,
      probe: service.probe && asSpoken(service.probe, input.market?.tls ?? defaultMarket.tls),
    })),
    probes: input.probes ?? [],
    targetLists: input.targetLists ?? [],
    telemetry: {
      ...defaultTelemetry,
      ...input.telemetry,
      prometheus: withSecretPaths(input.telemetry?.prometheus ?? defaultTelemetry.prometheus, root),
    },
    links: linksOf(input, consoleUrl(ports['slo-service'])),
    runbooksDir: within(root, input.runbooksDir),
    dashboardsDir: within(root, input.dashboardsDir),
    tools: input.tools ?? {},
    alerts: input.alerts ?? {},
    grafana: input.grafana ?? {},
    market: {
      ...defaultMarket,
      ...(input.market?.data === 'cluster' && clusterMarket),
      ...input.market,
      access: { ...defaultAccess, ...input.market?.access },
    },
    collector: { ...defaultCollector, ...input.collector },
    sloService: { ...defaultSloService, ...input.sloService },
    signals: input.signals,
    objectives: input.objectives,
  };
}

/** A Redis of ours that takes TLS only is asked over TLS. */
const asSpoken = (probe: Probe, tls: boolean): Probe =>
  tls && probe.scheme === 'redis' && 'process' in probe.endpoint
    ? { ...probe, scheme: 'rediss' }
    : probe;

const within = (root: string, path: string | undefined): string | undefined =>
  path === undefined ? undefined : resolve(root, path);

function linksOf({ links, runbooksDir }: ConfigInput, consoleBase: string) {
  const served = runbooksDir === undefined ? {} : { runbooks: `${consoleBase}/runbooks` };
  return { console: consoleBase, ...served, ...links };
}

function consoleUrl(port: number): string {
  return port === 0 ? '' : `http://127.0.0.1:${port}`;
}

/** Ports of what only a cluster has: a second database, six nodes and their bus. */
const clusterPorts = {
  'mariadb-2': 13_307,
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6].flatMap((node) => [
      [`redis-${node}`, 16_380 + node],
      [`redis-${node}.bus`, 26_380 + node],
    ]),
  ),
};

const defaultPorts = {
  gateway: 8080,
  account: 8661,
  order: 8662,
  product: 8663,
  'batch-order': 8664,
  discovery: 8761,
  identity: 9000,
  collector: 4318,
  'collector.zipkin': 9411,
  'collector.query': 3100,
  prometheus: 9090,
  alertmanager: 9093,
  'slo-service': 7070,
  mariadb: 13_306,
  redis: 16_379,
  ...clusterPorts,
  'mysqld-exporter': 19_104,
  'mysqld-exporter-2': 19_105,
  'redis-exporter': 19_121,
  'node-exporter': 19_100,
  'blackbox-exporter': 19_115,
};

const defaultTelemetry: SproutConfig['telemetry'] = {
  prometheus: listener('prometheus'),
  remoteWritePath: '/api/v1/write',
  alertmanager: listener('alertmanager'),
  otlp: listener('collector'),
  zipkin: listener('collector', 'zipkin'),
  logs: listener('collector'),
  query: listener('collector', 'query'),
  traceProtocol: 'otlp',
};

/** Databases and Redis are reached through the proxies that `sprout fault` disturbs. */
const database = (name: string) => ({
  primary: listener('faults', `${name}-db`),
  replica: listener('faults', `${name}-db`),
});
const defaultMarket: SproutConfig['market'] = {
  enabled: true,
  data: 'single',
  tls: false,
  trafficRps: 30,
  databases: {
    account: database('account'),
    order: database('order'),
    product: database('product'),
  },
  redis: listener('faults', 'redis'),
  queue: 'redis',
  kafka: defaultKafka,
  batch: defaultBatch,
  access: defaultAccess,
  discovery: listener('discovery'),
};

/** Queries go to the replica; which server it is, the keeper publishes. */
const replicated = (name: string) => ({
  primary: listener('faults', `${name}-db`),
  replica: listener('mysql-replica', 'mysql'),
});
const clusterMarket: Pick<SproutConfig['market'], 'databases' | 'redis'> = {
  databases: {
    account: replicated('account'),
    order: replicated('order'),
    product: replicated('product'),
  },
  redis: [1, 2, 3, 4, 5, 6].map((node) => listener(`redis-${node}`, 'redis')),
};

const mebibyte = 1024 * 1024;
const defaultCollector: SproutConfig['collector'] = {
  bodyBytesMax: 64 * mebibyte,
  journalBytesMax: 1024 * mebibyte,
  storeDays: 7,
  storeBytesMax: 4096 * mebibyte,
  derivedSeriesMax: 10_000,
  redactKeys: ['authorization', 'cookie', 'set-cookie', 'password', 'email', 'user.email'],
};

function contradictions(input: ConfigInput): string[] {
  return [
    ...sourceProblems(input.telemetry?.prometheus ?? {}),
    ...accessProblems(input),
    ...policyProblems(input),
    ...duplicates(input.signals.map((signal) => signal.name)).map(
      (name) => `signals: "${name}" is declared twice`,
    ),
    ...checkObjectives(input.objectives, {
      signals: input.signals,
      services: input.services.map(({ name }) => name),
      scrapeIntervalSeconds: scrapeIntervalSecondsOf(input.telemetry?.prometheus ?? {}),
    }).map((problem) => {
      const objective = input.objectives.findLast(({ id }) => id === problem.objective);
      const path = `objectives.${problem.objective}.${problem.path}`;
      return withPlace(objective, problem.path, `${path}: ${problemText(problem)}`);
    }),
  ];
}

/** A problem of the schema; an objective is named by its id, and comes with its place. */
function issueText({ path, message }: z.core.$ZodIssue, { objectives }: ConfigInput): string {
  const [field, index, ...rest] = path;
  const objective =
    field === 'objectives' && typeof index === 'number' ? objectives[index] : undefined;
  if (objective === undefined) return `${path.join('.')}: ${message}`;
  const within = rest.join('.');
  return withPlace(objective, within, `objectives.${objective.id}.${within}: ${message}`);
}

/** Puts `file:line:column` of the declaration before a problem, where it is known. */
function withPlace(objective: Objective | undefined, path: string, text: string): string {
  if (objective === undefined) return text;
  const ofSli = path.startsWith('sli') ? declaredAt(objective.sli) : undefined;
  const place = ofSli ?? declaredAt(objective);
  return place === undefined ? text : `${place} ${text}`;
}

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
