import { kindOf, listAt, objectAt, shown, textAt, type JsonObject } from '../json/fields.ts';
import type { Span } from '../trace/span.ts';
import { WireError } from '../wire-error.ts';
import { zipkinKinds } from './span.ts';
import type { ZipkinEndpoint, ZipkinSpan } from './span.ts';
import { spanFromZipkin } from './to-span.ts';

/**
 * Reads a parsed list of Zipkin v2 spans.
 *
 * @throws WireError naming the field that does not fit, also for the shape of Zipkin v1.
 */
export function tracesFromZipkinJson(value: unknown): Span[] {
  if (!Array.isArray(value)) throw new WireError(`spans must be a list, not ${kindOf(value)}`);
  return value.map((entry) => spanFromZipkin(zipkinSpanAt(objectAt(entry, 'span'))));
}

function zipkinSpanAt(json: JsonObject): ZipkinSpan {
  if ('binaryAnnotations' in json) throw new WireError('a span has the shape of Zipkin v1');
  return {
    traceId: idAt(json['traceId'], 32, 'traceId'),
    id: idAt(json['id'], 16, 'id'),
    ...optional('parentId', json['parentId'], (value) => idAt(value, 16, 'parentId')),
    ...optional('name', json['name'], (value) => textAt(value, 'name')),
    ...optional('kind', json['kind'], kindAt),
    ...optional('timestamp', json['timestamp'], (value) => microsecondsAt(value, 'timestamp')),
    ...optional('duration', json['duration'], (value) => microsecondsAt(value, 'duration')),
    ...optional('localEndpoint', json['localEndpoint'], endpointAt),
    ...optional('remoteEndpoint', json['remoteEndpoint'], endpointAt),
    annotations: listAt(json['annotations'], 'annotations').map(annotationAt),
    tags: tagsAt(json['tags']),
    debug: json['debug'] === true,
    shared: json['shared'] === true,
  };
}

function optional<Key extends string, Value>(
  key: Key,
  value: unknown,
  read: (value: unknown) => Value,
): { [K in Key]?: Value } {
  if (value === undefined || value === null) return {};
  // A computed key widens to string, so the type of the one entry is given by hand.
  return { [key]: read(value) } as { [K in Key]: Value };
}

function idAt(value: unknown, digitsMax: number, path: string): string {
  const text = textAt(value, path).toLowerCase();
  if (!/^[0-9a-f]+$/.test(text) || text.length > digitsMax) {
    throw new WireError(
      `${path} must be 1 to ${digitsMax} hexadecimal digits, not ${shown(value)}`,
    );
  }
  return text;
}

function kindAt(value: unknown): NonNullable<ZipkinSpan['kind']> {
  const kind = zipkinKinds.find((known) => known !== undefined && known === value);
  if (kind === undefined) throw new WireError(`kind is not known: ${shown(value)}`);
  return kind;
}

function microsecondsAt(value: unknown, path: string): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
    throw new WireError(`${path} must be microseconds as a number, not ${shown(value)}`);
  }
  return value;
}

function endpointAt(value: unknown): ZipkinEndpoint {
  const json = objectAt(value, 'endpoint');
  const port = json['port'];
  return {
    ...optional('serviceName', json['serviceName'], (name) => textAt(name, 'serviceName')),
    ...optional('ipv4', json['ipv4'], (address) => textAt(address, 'ipv4')),
    ...optional('ipv6', json['ipv6'], (address) => textAt(address, 'ipv6')),
    ...(typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65536
      ? { port }
      : {}),
  };
}

function annotationAt(value: unknown): { timestamp: number; value: string } {
  const json = objectAt(value, 'annotation');
  if ('endpoint' in json) throw new WireError('an annotation has the shape of Zipkin v1');
  return {
    timestamp: microsecondsAt(json['timestamp'] ?? 0, 'annotation.timestamp'),
    value: textAt(json['value'], 'annotation.value'),
  };
}

function tagsAt(value: unknown): Record<string, string> {
  const entries = Object.entries(objectAt(value ?? {}, 'tags'));
  return Object.fromEntries(
    entries
      .filter(([, tag]) => tag !== null && typeof tag !== 'object')
      .map(([key, tag]) => [key, String(tag)]),
  );
}
