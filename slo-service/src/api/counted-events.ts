import { HttpProblem } from '@sprout/process';
import { PrometheusError } from '@sprout/query';
import type { ObjectiveConfig } from '../status/objective-config.ts';

/** Only events have samples to read again; throws HttpProblem `EXPLAIN_NOT_COUNTED` for the rest. */
export function refuseUncounted({ id, sli }: ObjectiveConfig): void {
  if (sli.composite !== undefined) {
    const members = sli.composite.of.join(', ');
    throw notCounted(`${id} is made of ${members}`, `explain ${members}`);
  }
  if (sli.up !== undefined) {
    const services = sli.up.join(', ');
    throw notCounted(
      `${id} counts the scrapes of ${services}, not events`,
      `its source is up{service="…"} of ${services}; the bars of its chart show the minutes`,
    );
  }
}

/** The problem of a promise whose events cannot be read again. */
export const notCounted = (detail: string, hint: string) =>
  new HttpProblem(409, 'There is nothing to compare', {
    code: 'EXPLAIN_NOT_COUNTED',
    detail,
    hint,
  });

/** A source that does not answer as a problem; any other error stays what it is. */
export function sourceProblem(error: unknown): unknown {
  if (!(error instanceof PrometheusError)) return error;
  return new HttpProblem(503, 'Prometheus does not answer', {
    code: 'EXPLAIN_UNAVAILABLE',
    detail: error.message,
    hint: './sprout status shows whether Prometheus runs',
  });
}
