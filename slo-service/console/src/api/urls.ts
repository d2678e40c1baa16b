import type { Interval } from '../place/range.ts';

const base = '/api/v1';

/** Items of one answer of a list; the API allows no more of alerts and annotations. */
const listPart = 500;

/** Addresses of the REST API and of the telemetry behind the server's proxy. */
export const urls = {
  objectives: (asked: ListQuestion = {}) =>
    withParams(`${base}/objectives`, {
      sort: 'worst',
      q: asked.q,
      offset: asked.offset && String(asked.offset),
      limit: asked.limit && String(asked.limit),
    }),
  objective: (id: string) => `${base}/objectives/${encodeURIComponent(id)}`,
  series: (id: string, interval: Interval, stepSeconds: number) =>
    `${urls.objective(id)}/series?${params({
      from: new Date(interval.fromMs).toISOString(),
      to: new Date(interval.toMs).toISOString(),
      step: `${stepSeconds}s`,
    })}`,
  budgetAt: (id: string, atMs: number, window?: string) =>
    withParams(`${urls.objective(id)}/budget`, { at: new Date(atMs).toISOString(), window }),
  burnRatesAt: (id: string, at: string) => `${urls.objective(id)}/burn-rates?${params({ at })}`,
  incidents: (id: string) => `${urls.objective(id)}/incidents`,
  groups: (id: string, limit: number) => `${urls.objective(id)}/groups?limit=${limit}`,
  /** The minutes of an hour, or the last sixty. */
  slices: (id: string, from?: string) =>
    withParams(`${urls.objective(id)}/slices`, {
      from,
      to: from && new Date(Date.parse(from) + 3_600_000).toISOString(),
      limit: '60',
    }),
  spentBy: (id: string, { from, to }: { readonly from: string; readonly to: string }) =>
    `${urls.objective(id)}/spent-by?${params({ from, to })}`,
  explain: (id: string, window: string) => `${urls.objective(id)}/explain?${params({ window })}`,
  versions: (id: string) => `${urls.objective(id)}/versions`,
  whatIf: (id: string, asked: { readonly target?: string; readonly window?: string }) =>
    withParams(`${urls.objective(id)}/what-if`, asked),
  openSlo: (id: string) => `${base}/openslo?${params({ objective: id, format: 'json' })}`,
  tryDocuments: () => `${base}/openslo/what-if`,
  report: (id: string, asked: Readonly<Record<string, string>>) =>
    `${base}/reports/${encodeURIComponent(id)}?${params(asked)}`,
  exclusions: (asked: { readonly objective?: string; readonly revoked?: string } = {}) =>
    withParams(`${base}/exclusions`, { ...asked, limit: String(listPart) }),
  exclusion: (id: string) => `${base}/exclusions/${encodeURIComponent(id)}`,
  annotations: ({ fromMs, toMs }: Interval) =>
    `${base}/annotations?${params({
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      limit: String(listPart),
    })}`,
  identity: () => `${base}/identity`,
  silencesOf: (page: string) => `${urls.alert(page)}/silences`,
  silence: (id: string) => `${base}/silences/${encodeURIComponent(id)}`,
  alerts: (asked: AlertQuestion = {}) =>
    withParams(`${base}/alerts`, {
      ...asked,
      from: asked.from && new Date(asked.from).toISOString(),
      to: asked.to && new Date(asked.to).toISOString(),
      limit: String(asked.limit ?? listPart),
    }),
  alert: (id: string) => `${base}/alerts/${encodeURIComponent(id)}`,
  sources: () => `${base}/sources`,
  config: () => `${base}/config`,
  dashboards: () => `${base}/dashboards`,
  dashboard: (slug: string) => `${base}/dashboards/${encodeURIComponent(slug)}`,
  labelValues: (metric: string, label: string, interval: Interval) =>
    `/telemetry/prometheus/api/v1/label/${encodeURIComponent(label)}/values?${params({
      'match[]': metric,
      ...secondsOf(interval),
    })}`,
  metrics: (query: string, interval: Interval, stepSeconds: number) =>
    `/telemetry/prometheus/api/v1/query_range?${params({
      query,
      ...secondsOf(interval),
      step: String(stepSeconds),
    })}`,
  exemplars: (query: string, interval: Interval) =>
    `/telemetry/prometheus/api/v1/query_exemplars?${params({ query, ...secondsOf(interval) })}`,
  metricsAt: (query: string, atMs: number) =>
    `/telemetry/prometheus/api/v1/query?${params({ query, time: String(atMs / 1000) })}`,
  countedLogs: (query: string, interval: Interval, stepSeconds: number) =>
    `/telemetry/loki/loki/api/v1/query_range?${params({
      query,
      ...secondsOf(interval),
      step: String(stepSeconds),
    })}`,
  traces: (query: string, interval: Interval, limit: number) =>
    `/telemetry/tempo/api/search?${params({
      q: query,
      start: String(Math.floor(interval.fromMs / 1000)),
      end: String(Math.ceil(interval.toMs / 1000)),
      limit: String(limit),
    })}`,
  trace: (id: string) => `/telemetry/tempo/api/traces/${encodeURIComponent(id)}`,
  logs: (query: string, interval: Interval, limit: number) =>
    `/telemetry/loki/loki/api/v1/query_range?${params({
      query,
      start: `${Math.floor(interval.fromMs)}000000`,
      end: `${Math.ceil(interval.toMs)}000000`,
      limit: String(limit),
      direction: 'backward',
    })}`,
};

/** Which promises are listed; the worst budget comes first. */
export interface ListQuestion {
  readonly q?: string;
  readonly offset?: number;
  readonly limit?: number;
}

/** Which alerts: `from` and `to` in milliseconds of the epoch or ISO 8601. */
export interface AlertQuestion {
  readonly status?: 'firing';
  readonly objective?: string;
  readonly group?: string;
  readonly from?: number | string;
  readonly to?: number | string;
  readonly limit?: number;
}

/** Leaves out what is not asked for. */
function withParams(path: string, values: Readonly<Record<string, string | 0 | undefined>>) {
  const given = Object.entries(values).filter((entry): entry is [string, string] => !!entry[1]);
  return given.length === 0 ? path : `${path}?${params(Object.fromEntries(given))}`;
}

const secondsOf = ({ fromMs, toMs }: Interval) => ({
  start: String(fromMs / 1000),
  end: String(toMs / 1000),
});

function params(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(values).toString();
}
