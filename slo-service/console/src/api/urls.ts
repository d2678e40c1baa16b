import type { Interval } from '../place/range.ts';

const base = '/api/v1';

/** Addresses of the REST API and of the telemetry behind the server's proxy. */
export const urls = {
  objectives: () => `${base}/objectives`,
  objective: (id: string) => `${base}/objectives/${encodeURIComponent(id)}`,
  series: (id: string, interval: Interval, stepSeconds: number) =>
    `${urls.objective(id)}/series?${params({
      from: new Date(interval.fromMs).toISOString(),
      to: new Date(interval.toMs).toISOString(),
      step: `${stepSeconds}s`,
    })}`,
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

function params(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(values).toString();
}
