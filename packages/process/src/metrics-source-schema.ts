import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isLoopback } from './access-schema.ts';
import { SproutError } from './error.ts';
import { timing } from './timing.ts';

/** Where a secret lies; it never stands in the configuration itself. */
const secretPlaceSchema = z.union([
  z.strictObject({ env: z.string().min(1) }),
  z.strictObject({ file: z.string().min(1) }),
]);
type SecretPlace = z.infer<typeof secretPlaceSchema>;

/** How a Prometheus, a Mimir or Grafana Cloud is asked, besides its address. */
const metricsSourceFields = {
  /** Sent as `X-Scope-OrgID`, which Mimir tells tenants apart by. */
  tenant: z.string().min(1).optional(),
  /** Grafana Cloud: the number of the instance, and a token that may read metrics. */
  basicAuth: z.strictObject({ username: z.string(), password: secretPlaceSchema }).optional(),
  bearerToken: secretPlaceSchema.optional(),
  /** Of the targets that objectives are measured at; 15 unless given. */
  scrapeIntervalSeconds: z.number().int().min(1).max(60).optional(),
  /** How far the first start looks back; two hours unless given. */
  lookBackDays: z.number().positive().max(366).optional(),
  /** Labels that tell the replicas of a Prometheus pair apart, where they are not deduplicated. */
  replicaLabels: z.array(z.string()).optional(),
  /** What one query may ask for; larger readings are split. */
  limits: z
    .strictObject({
      samplesPerQuery: z.number().int().positive().optional(),
      rangeSecondsPerQuery: z.number().int().min(60).optional(),
      queriesAtOnce: z.number().int().min(1).max(32).optional(),
      /** An objective with more series is read as sums, and marked approximate; 5000 unless given. */
      seriesPerObjective: z.number().int().positive().optional(),
    })
    .optional(),
};

/** The source of metrics: an endpoint, and how it is asked. */
export const prometheusSchema = z.union([
  z.object({ process: z.string(), listener: z.string(), ...metricsSourceFields }),
  z.object({ url: z.string(), ...metricsSourceFields }),
]);

const sourceSchema = z.object(metricsSourceFields);
export type MetricsSource = z.infer<typeof sourceSchema>;

/**
 * Headers of a request to a source; secrets are read at each call, so that files can be renewed.
 * Throws SproutError `SECRET_MISSING`.
 */
export function sourceHeaders({ tenant, basicAuth, bearerToken }: MetricsSource) {
  const headers: Record<string, string> = {};
  if (tenant !== undefined) headers['x-scope-orgid'] = tenant;
  if (bearerToken !== undefined) headers['authorization'] = `Bearer ${readSecret(bearerToken)}`;
  if (basicAuth !== undefined) {
    const pair = `${basicAuth.username}:${readSecret(basicAuth.password)}`;
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  return headers;
}

/** Secrets' files are written relative to the configuration file and compiled absolute. */
export function withSecretPaths<T extends Partial<MetricsSource>>(source: T, root: string): T {
  const absolute = (place: SecretPlace): SecretPlace =>
    'file' in place ? { file: resolve(root, place.file) } : place;
  const { basicAuth, bearerToken } = source;
  return {
    ...source,
    ...(basicAuth && { basicAuth: { ...basicAuth, password: absolute(basicAuth.password) } }),
    ...(bearerToken && { bearerToken: absolute(bearerToken) }),
  };
}

/** How often the targets of a source are scraped: as it says, or as often as ours. */
export const scrapeIntervalSecondsOf = (source: Pick<MetricsSource, 'scrapeIntervalSeconds'>) =>
  source.scrapeIntervalSeconds ?? timing(1).scrapeIntervalMs / 1000;

/** What contradicts itself in how a source is asked. */
export function sourceProblems(source: Partial<MetricsSource> & { readonly url?: string }) {
  const { basicAuth, bearerToken, url } = source;
  const problems: string[] = [];
  if (basicAuth !== undefined && bearerToken !== undefined) {
    problems.push('telemetry.prometheus: give either basicAuth or bearerToken');
  }
  const address = url === undefined ? null : URL.parse(url);
  if (address?.username || address?.password) {
    problems.push('telemetry.prometheus.url: write no password into it, use basicAuth');
  }
  const secret = basicAuth !== undefined || bearerToken !== undefined;
  if (secret && address?.protocol === 'http:' && !isLoopback(address.hostname)) {
    problems.push(`telemetry.prometheus.url: ${address.origin} would get the secret unencrypted`);
  }
  return problems;
}

function readSecret(place: SecretPlace): string {
  const value = 'env' in place ? process.env[place.env] : readSecretFile(place.file);
  if (value) return value.trim();
  throw new SproutError(
    'SECRET_MISSING',
    'env' in place ? `the variable ${place.env} is not set` : `${place.file} holds no secret`,
    { hint: 'telemetry.prometheus in sprout.config.ts names where the secret lies' },
  );
}

function readSecretFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SproutError('SECRET_MISSING', `${path} cannot be read`, {
      hint: 'telemetry.prometheus in sprout.config.ts names where the secret lies',
      cause,
    });
  }
}
