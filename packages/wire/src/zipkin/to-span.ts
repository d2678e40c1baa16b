import { setAttribute } from '../attribute/attributes.ts';
import type { Attributes } from '../attribute/attributes.ts';
import type { Span, SpanStatus } from '../trace/span.ts';
import { zipkinKinds } from './span.ts';
import type { ZipkinEndpoint, ZipkinSpan } from './span.ts';

/**
 * The OpenTelemetry span of a Zipkin span, after OpenTelemetry's Zipkin mapping: the local service is
 * the resource, `error` and `otel.status_code` are the status, endpoints are network attributes.
 */
export function spanFromZipkin(zipkin: ZipkinSpan): Span {
  const startNs = nanoseconds(zipkin.timestamp);
  const { attributes, resource, scope } = sortTags(zipkin);
  return {
    traceId: zipkin.traceId.padStart(32, '0'),
    spanId: zipkin.id.padStart(16, '0'),
    parentSpanId: parentOf(zipkin),
    name: zipkin.name ?? '',
    kind: zipkin.kind === undefined ? 1 : zipkinKinds.indexOf(zipkin.kind),
    startNs,
    endNs: startNs + nanoseconds(zipkin.duration),
    attributes,
    events: (zipkin.annotations ?? []).map(({ timestamp, value }) => ({
      timeNs: nanoseconds(timestamp),
      name: value,
      attributes: {},
    })),
    links: [],
    status: statusOf(zipkin.tags ?? {}),
    resource,
    scope,
  };
}

// Zipkin has one bag of tags; OpenTelemetry's exporters put the resource into it. These go back.
const resourceTag = /^(service|telemetry|host|process|os|container|k8s|cloud|deployment)\./;
// Tags are text, but these are numbers wherever else they come from, and queries compare them as such.
const numericTag =
  /^(http\.status_code|http\.response\.status_code|(server|client|net\.peer|net\.host|network\.peer)\.port)$/;
const statusTags: ReadonlySet<string> = new Set(['error', 'otel.status_code', 'otel.scope.name']);

function sortTags(zipkin: ZipkinSpan): {
  attributes: Attributes;
  resource: Attributes;
  scope: string;
} {
  const attributes: Attributes = {};
  const resource: Attributes = {};
  const serviceName = zipkin.localEndpoint?.serviceName;
  if (serviceName) resource['service.name'] = serviceName;
  const tags = zipkin.tags ?? {};
  for (const [key, value] of Object.entries(tags)) {
    if (statusTags.has(key)) continue;
    if (resourceTag.test(key)) resource[key] ??= value;
    else setAttribute(attributes, key, tagValue(key, value));
  }
  addEndpoint(attributes, 'local', zipkin.localEndpoint);
  addEndpoint(attributes, 'peer', zipkin.remoteEndpoint);
  const peer = zipkin.remoteEndpoint?.serviceName;
  if (peer) attributes['peer.service'] = peer;
  if (zipkin.shared) attributes['zipkin.shared'] = true;
  if (zipkin.debug) attributes['zipkin.debug'] = true;
  return { attributes, resource, scope: tags['otel.scope.name'] ?? '' };
}

function tagValue(key: string, value: string): string | number {
  return numericTag.test(key) && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

function addEndpoint(
  attributes: Attributes,
  side: 'local' | 'peer',
  endpoint: ZipkinEndpoint | undefined,
): void {
  const address = endpoint?.ipv4 ?? endpoint?.ipv6;
  if (address) attributes[`network.${side}.address`] = address;
  if (endpoint?.port) attributes[`network.${side}.port`] = endpoint.port;
}

function statusOf(tags: Readonly<Record<string, string>>): SpanStatus {
  const error = tags['error'];
  if (error !== undefined || tags['otel.status_code'] === 'ERROR') {
    return { code: 2, message: error === undefined || error === 'true' ? '' : error };
  }
  return { code: tags['otel.status_code'] === 'OK' ? 1 : 0, message: '' };
}

function parentOf(zipkin: ZipkinSpan): string {
  const parent = (zipkin.parentId ?? '').padStart(16, '0');
  return /^0+$/.test(parent) ? '' : parent;
}

function nanoseconds(microseconds: number | undefined): bigint {
  return BigInt(Math.round(microseconds ?? 0)) * 1000n;
}
