import type { Observability } from '@sprout/instrumentation';

/** What data access needs of a service's telemetry. */
export type Telemetry = Pick<Observability, 'bind' | 'logger'>;
