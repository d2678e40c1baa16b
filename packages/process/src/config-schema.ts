import { objectiveSchema } from '@sprout/objectives';
import { signalSchema } from '@sprout/signals';
import { z } from 'zod';
import { accessSchema } from './access-schema.ts';
import { apiSchema } from './api-schema.ts';
import { policySchema } from './policy-schema.ts';
import { alertsSchema } from './alerts-schema.ts';
import { grafanaSchema } from './grafana-schema.ts';
import { endpointSchema } from './endpoint.ts';
import { defaultAccess, marketAccessSchema } from './market-access.ts';
import { defaultKafka, marketKafkaSchema, marketQueueSchema } from './market-queue.ts';
import { defaultSloService, sloServiceSchema } from './slo-service-config.ts';
import { prometheusSchema } from './metrics-source-schema.ts';

const serviceSchema = z.object({
  /** Becomes the labels `service` and, unless given, `job`. */
  name: z.string(),
  job: z.string(),
  endpoint: endpointSchema,
  metricsPath: z.string(),
  /**
   * What an exporter at `endpoint` is asked about (`metricsPath?target=`): a blackbox exporter, by
   * its `module`, or one that speaks for many servers. Its address becomes `instance`.
   */
  probe: z
    .object({
      module: z.string().optional(),
      endpoint: endpointSchema,
      path: z.string().default(''),
      /**
       * How the exporter speaks to a Redis, told before its address. A `redis` of ours is asked by
       * `rediss` where `market.tls` says so.
       */
      scheme: z.enum(['redis', 'rediss']).optional(),
    })
    .optional(),
});

const probeSchema = z.object({
  name: z.string(),
  /** Becomes the label `route`. */
  route: z.string(),
  endpoint: endpointSchema,
  path: z.string(),
});

/** Limits are counts of items or bytes; every queue and body has one. */
const collectorSchema = z.object({
  bodyBytesMax: z.number().int().positive(),
  journalBytesMax: z.number().int().positive(),
  storeDays: z.number().int().positive(),
  storeBytesMax: z.number().int().positive(),
  derivedSeriesMax: z.number().int().positive(),
  /** Attribute keys whose values are replaced before anything is written. */
  redactKeys: z.array(z.string()),
});

const batchSchema = z.object({
  /** Cron expression; six fields begin with the second. */
  schedule: z.string(),
  /** An order that has been shipped for longer is delivered; before time compression. */
  deliverAfterSeconds: z.number().nonnegative(),
  /** An order that has been canceled for longer is deleted; before time compression. */
  deleteAfterSeconds: z.number().nonnegative(),
});

export const defaultBatch: z.infer<typeof batchSchema> = {
  schedule: '* * * * *',
  deliverAfterSeconds: 3_600,
  deleteAfterSeconds: 86_400,
};

const marketSchema = z.object({
  enabled: z.boolean(),
  /** Steady traffic that `up` starts, requests per second; 0 for none. */
  trafficRps: z.number().nonnegative(),
  databases: z.object({
    account: z.object({ primary: endpointSchema, replica: endpointSchema }),
    order: z.object({ primary: endpointSchema, replica: endpointSchema }),
    product: z.object({ primary: endpointSchema, replica: endpointSchema }),
  }),
  /** `cluster`: two MariaDB servers that replicate and six nodes of Redis, instead of one each. */
  data: z.enum(['single', 'cluster']).default('single'),
  /**
   * Our own MariaDB and Redis speak TLS and nothing else, with certificates of an authority below
   * `<data>/tls`. A foreign server's TLS stands in its URL.
   */
  tls: z.boolean().default(false),
  /** One server, or nodes of a cluster that name the others. */
  redis: z.union([endpointSchema, z.array(endpointSchema).min(1)]),
  /** What carries events: Redis, or a Kafka of one's own. */
  queue: marketQueueSchema.default('redis'),
  kafka: marketKafkaSchema.default(defaultKafka),
  /** What batch-order does, and when; a configuration compiled before there was one has none. */
  batch: batchSchema.default(defaultBatch),
  /** Who may come through the gateway. */
  access: marketAccessSchema.default(defaultAccess),
  /** Where instances register and are looked up. */
  discovery: endpointSchema.default({ process: 'discovery', listener: 'http' }),
});

/** The compiled configuration, `.sprout/config.json`; every process reads only this. */
export const configSchema = z.object({
  schemaVersion: z.literal(1),
  timeScale: z.number().positive(),
  /** Absolute path of all data. */
  dataDir: z.string(),
  /** Address that every listener binds to. */
  host: z.string(),
  access: accessSchema.optional(),
  api: apiSchema.prefault({}),
  policies: z.array(policySchema).max(100).default([]),
  /** Port by `<process>` or `<process>.<listener>`; 0 or absent takes a free one. */
  ports: z.record(z.string(), z.number().int().min(0).max(65_535)),
  services: z.array(serviceSchema),
  probes: z.array(probeSchema),
  /** Lists of more targets to scrape, in the form of Prometheus' HTTP SD. */
  targetLists: z.array(z.object({ endpoint: endpointSchema, path: z.string() })).default([]),
  telemetry: z.object({
    /** Query API; `remoteWritePath` is appended for writes. */
    prometheus: prometheusSchema,
    remoteWritePath: z.string(),
    alertmanager: endpointSchema,
    /** OTLP/HTTP, Zipkin and Loki push of the collector, for services that send. */
    otlp: endpointSchema,
    zipkin: endpointSchema,
    logs: endpointSchema,
    /** Loki (`/loki/api/v1`) and Tempo (`/tempo/api`) query APIs. */
    query: endpointSchema,
    traceProtocol: z.enum(['otlp', 'zipkin']),
  }),
  links: z.object({
    /** Base URL of the console in alert texts; empty when the port is not known beforehand. */
    console: z.string(),
    /** Base URL of Grafana, when there is one. */
    grafana: z.string().optional(),
    /** Base URL of the runbooks; without, alerts name their path in the repository. */
    runbooks: z.string().optional(),
  }),
  /** Directory of Markdown runbooks that slo-service serves at `/runbooks`. */
  runbooksDir: z.string().optional(),
  /** Directory of dashboard models that slo-service serves and the console draws. */
  dashboardsDir: z.string().optional(),
  /** Existing binaries to use instead of installing: name → absolute path. */
  tools: z.record(z.string(), z.string()),
  alerts: alertsSchema.prefault({}),
  grafana: grafanaSchema.prefault({}),
  market: marketSchema,
  collector: collectorSchema,
  /** A configuration compiled before there was one has none. */
  sloService: sloServiceSchema.default(defaultSloService),
  signals: z.array(signalSchema),
  objectives: z.array(objectiveSchema),
});

export type SproutConfig = z.infer<typeof configSchema>;
export { endpointSchema };
export type { Endpoint } from './endpoint.ts';
