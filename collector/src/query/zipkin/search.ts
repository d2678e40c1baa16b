import { attributeText } from '@sprout/wire';
import type { Span } from '@sprout/wire';
import { RequestError } from '../../http/request-error.ts';
import type { SpanSearch } from '../../store/trace-reader.ts';

/**
 * What `GET /api/v2/traces` asks for: one span that meets all of `serviceName`, `spanName`,
 * `annotationQuery` (`error and http.method=GET`), `minDuration`, `maxDuration` in microseconds.
 * Throws RequestError 400.
 */
export function spanSearchOf(
  parameters: URLSearchParams,
): Pick<SpanSearch, 'service' | 'minDurationMs' | 'matches'> {
  const service = parameters.get('serviceName') ?? '';
  const name = parameters.get('spanName') ?? '';
  const least = microseconds(parameters.get('minDuration')) ?? 0;
  const most = microseconds(parameters.get('maxDuration')) ?? Number.POSITIVE_INFINITY;
  const annotations = annotationTests(parameters.get('annotationQuery') ?? '');
  return {
    ...(service === '' ? {} : { service }),
    minDurationMs: least / 1000,
    matches: (span) => {
      const duration = Number(span.endNs - span.startNs) / 1000;
      return (
        (service === '' || span.resource['service.name'] === service) &&
        (name === '' || name === 'all' || span.name.toLowerCase() === name.toLowerCase()) &&
        duration >= least &&
        duration <= most &&
        annotations.every((test) => test(span))
      );
    },
  };
}

function annotationTests(query: string): ((span: Span) => boolean)[] {
  return query
    .split(' and ')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      if (equals >= 0) return tagTest(part.slice(0, equals), part.slice(equals + 1));
      return (span) => has(span, part);
    });
}

function tagTest(key: string, value: string): (span: Span) => boolean {
  return (span) => attributeText(span.attributes[key] ?? span.resource[key]) === value;
}

/** Zipkin's tag `error` is OpenTelemetry's status. */
function has(span: Span, word: string): boolean {
  if (word === 'error') return span.status.code === 2;
  return (
    word in span.attributes ||
    word in span.resource ||
    span.events.some(({ name }) => name === word)
  );
}

function microseconds(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  if (!/^\d+$/.test(text)) throw new RequestError(400, `"${text}" is not a number of microseconds`);
  return Number(text);
}
