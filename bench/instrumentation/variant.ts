import { fileURLToPath } from 'node:url';

/** The ways the service runs. */
export const variants = ['bare', 'ours', 'auto'] as const;
export type Variant = (typeof variants)[number];

/** Node's arguments for a variant, before the service's file. */
export function nodeArguments(variant: Variant): string[] {
  const preload = fileURLToPath(new URL('auto.mjs', import.meta.url));
  return variant === 'auto' ? ['--import', preload] : [];
}

/** Traces, metrics and logs on, all to the same collector; nothing is sampled away. */
export function environment(variant: Variant, collector: string): Record<string, string> {
  const common = { VARIANT: variant, NODE_ENV: 'production' };
  if (variant === 'bare') return common;
  const ours = { ...common, OTEL_EXPORTER_OTLP_ENDPOINT: collector };
  if (variant === 'ours') return ours;
  return {
    ...ours,
    OTEL_SERVICE_NAME: 'bench',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    // The default also asks cloud metadata servers.
    OTEL_NODE_RESOURCE_DETECTORS: 'env,host,os,process',
  };
}
