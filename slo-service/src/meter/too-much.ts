import { PrometheusError } from '@sprout/query';

/** Prometheus and Mimir refuse with 422; a query that timed out would do so again. */
export function isTooMuch(error: unknown): error is PrometheusError {
  if (!(error instanceof PrometheusError)) return false;
  if (error.kind === 'timeout') return true;
  const says = /too many|exceed|limit|maximum|max-/i.test(error.message);
  return (error.status === 422 || error.status === 413) && says;
}

/** A query that cannot be made smaller. */
export function tooCostly(text: string, cause: PrometheusError): PrometheusError {
  return new PrometheusError(
    'too_costly',
    `one scrape of ${text} is more than the source allows (telemetry.prometheus.limits.seriesPerObjective reads sums instead): ${cause.message}`,
    { ...(cause.status === undefined ? {} : { status: cause.status }), cause },
  );
}
