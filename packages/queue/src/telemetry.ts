import type { Observability } from '@sprout/instrumentation';

/** What messaging needs of a service's telemetry. */
export type Telemetry = Pick<Observability, 'bind' | 'logger' | 'span' | 'inject' | 'extract'>;
