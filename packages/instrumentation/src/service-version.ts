import { envDetector } from '@opentelemetry/resources';
import { ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';

/** What a deployment calls what it runs: `service.version` in `$OTEL_RESOURCE_ATTRIBUTES`. */
export function versionFromEnvironment(): string | undefined {
  const version = envDetector.detect().attributes?.[ATTR_SERVICE_VERSION];
  return typeof version === 'string' ? version : undefined;
}
