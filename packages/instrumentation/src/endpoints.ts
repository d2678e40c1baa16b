/** Base URLs of the receivers, without a path. */
export interface Endpoints {
  /** OTLP/HTTP; spans go to `/v1/traces`. */
  readonly otlp?: string | undefined;
  /** Zipkin v2; spans go to `/api/v2/spans`. */
  readonly zipkin?: string | undefined;
  /** Loki; lines go to `/loki/api/v1/push`. The OTLP address when not given. */
  readonly logs?: string | undefined;
}

/**
 * Makes a function that tells where to send now. A function is asked anew for each send and may
 * leave out what it does not know yet; an object is completed from the environment
 * (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_ZIPKIN_ENDPOINT`, `SPROUT_LOGS_ENDPOINT`) and then
 * from the usual local ports.
 */
export function endpointResolver(
  given: Endpoints | (() => Endpoints) = {},
  env: NodeJS.ProcessEnv = process.env,
): () => Endpoints {
  if (typeof given === 'function') return () => withLogs(given());
  const otlp = given.otlp ?? env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? 'http://127.0.0.1:4318';
  const zipkin = given.zipkin ?? zipkinBase(env) ?? 'http://127.0.0.1:9411';
  const fixed = withLogs({ otlp, zipkin, logs: given.logs ?? env['SPROUT_LOGS_ENDPOINT'] });
  return () => fixed;
}

function withLogs(endpoints: Endpoints): Endpoints {
  return {
    otlp: trimmed(endpoints.otlp),
    zipkin: trimmed(endpoints.zipkin),
    logs: trimmed(endpoints.logs ?? endpoints.otlp),
  };
}

/** The specification puts the whole path into the Zipkin variable. */
function zipkinBase(env: NodeJS.ProcessEnv): string | undefined {
  return env['OTEL_EXPORTER_ZIPKIN_ENDPOINT']?.replace(/\/api\/v2\/spans\/?$/, '');
}

function trimmed(url: string | undefined): string | undefined {
  return url?.replace(/\/+$/, '');
}
