import type { Interval } from '../place/range.ts';

const base = '/api/v1';

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
  versions: (id: string) => `${urls.objective(id)}/versions`,
  whatIf: (id: string, asked: { readonly target?: string; readonly window?: string }) =>
    withParams(`${urls.objective(id)}/what-if`, asked),
  report: (id: string, month: string, more: Readonly<Record<string, string>> = {}) =>
    `${base}/reports/${encodeURIComponent(id)}?${params({ month, ...more })}`,
  exclusions: (asked: { readonly objective?: string; readonly revoked?: string } = {}) =>
    withParams(`${base}/exclusions`, asked),
  exclusion: (id: string) => `${base}/exclusions/${encodeURIComponent(id)}`,
  annotations: ({ fromMs, toMs }: Interval) =>
    `${base}/annotations?${params({
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      limit: '500',
    })}`,
  identity: () => `${base}/identity`,
  silences: () => '/telemetry/alertmanager/api/v2/silences?active=true',
  alerts: () => `${base}/alerts`,
  alert: (id: string) => `${base}/alerts/${encodeURIComponent(id)}`,
  sources: () => `${base}/sources`,
  config: () => `${base}/config`,
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

/** Leaves out what is not asked for. */
function withParams(path: string, values: Readonly<Record<string, string | 0 | undefined>>) {
  const given = Object.entries(values).filter((entry): entry is [string, string] => !!entry[1]);
  return given.length === 0 ? path : `${path}?${params(Object.fromEntries(given))}`;
}

function params(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(values).toString();
}
