import { context, propagation, trace } from '@opentelemetry/api';
import type { Context, TextMapPropagator, Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { BatchQueue } from '../delivery/batch-queue.ts';
import { createPropagator } from './propagators.ts';
import { createQueueProcessor } from './queue-processor.ts';

/** What the channel listeners need to make spans. */
export interface Tracing {
  readonly tracer: Tracer;
  readonly propagator: TextMapPropagator;
  /** Makes `next` the context of the running callback; `dispose` brings back the one before. */
  attach(next: Context): { dispose(): void };
  shutdown(): Promise<void>;
}

export interface TracingOptions {
  readonly service: string;
  readonly version?: string | undefined;
  /** Share of new traces that are recorded, 0 to 1; a parent's decision is followed. */
  readonly sampleRatio?: number | undefined;
}

/** Sets up the SDK and registers it with @opentelemetry/api, so that spans made there count too. */
export function startTracing(options: TracingOptions, queue: BatchQueue<ReadableSpan>): Tracing {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: options.service,
      ...(options.version !== undefined && { [ATTR_SERVICE_VERSION]: options.version }),
    }),
    sampler: new ParentBasedSampler({ root: rootSampler(options.sampleRatio) }),
    spanProcessors: [createQueueProcessor(queue)],
    spanLimits: { attributeCountLimit: 64, attributeValueLengthLimit: 4096, eventCountLimit: 32 },
  });
  const manager = new AsyncLocalStorageContextManager();
  const propagator = createPropagator();
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(manager);
  propagation.setGlobalPropagator(propagator);
  return {
    tracer: provider.getTracer('sprout'),
    propagator,
    attach: (next) => manager.attach(next),
    async shutdown() {
      await provider.shutdown();
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}

function rootSampler(ratio = 1) {
  return ratio >= 1 ? new AlwaysOnSampler() : new TraceIdRatioBasedSampler(ratio);
}
