import { attributeText, setAttribute } from '../attribute/attributes.ts';
import type { Attributes } from '../attribute/attributes.ts';
import { serviceNameOf } from '../trace/span.ts';
import type { Span } from '../trace/span.ts';
import { zipkinKinds } from './span.ts';
import type { ZipkinEndpoint, ZipkinSpan } from './span.ts';

/** Spans as Zipkin v2 JSON shows them; resource attributes become tags, links have no place there. */
export function zipkinFromSpans(spans: readonly Span[]): ZipkinSpan[] {
  return spans.map((span) => {
    const kind = zipkinKinds[span.kind];
    const local = endpointOf(serviceNameOf(span.resource), span.attributes, 'local');
    const remote = endpointOf(
      attributeText(span.attributes['peer.service']),
      span.attributes,
      'peer',
    );
    return {
      traceId: span.traceId,
      id: span.spanId,
      ...(span.parentSpanId === '' ? {} : { parentId: span.parentSpanId }),
      name: span.name,
      ...(kind === undefined ? {} : { kind }),
      timestamp: microseconds(span.startNs),
      // Zipkin's minimum is 1 µs; 0 means that the span is not finished.
      duration: Math.max(1, microseconds(span.endNs - span.startNs)),
      ...(local ? { localEndpoint: local } : {}),
      ...(remote ? { remoteEndpoint: remote } : {}),
      ...annotationsOf(span),
      tags: tagsOf(span),
      ...(span.attributes['zipkin.shared'] === true ? { shared: true } : {}),
      ...(span.attributes['zipkin.debug'] === true ? { debug: true } : {}),
    };
  });
}

/** What is said elsewhere in a Zipkin span. */
const untagged: ReadonlySet<string> = new Set([
  'service.name',
  'peer.service',
  'network.local.address',
  'network.local.port',
  'network.peer.address',
  'network.peer.port',
  'zipkin.shared',
  'zipkin.debug',
]);

function endpointOf(
  serviceName: string,
  attributes: Attributes,
  side: 'local' | 'peer',
): ZipkinEndpoint | undefined {
  const address = attributeText(attributes[`network.${side}.address`]);
  const port = Number(attributes[`network.${side}.port`]);
  const endpoint: ZipkinEndpoint = {
    ...(serviceName === '' ? {} : { serviceName }),
    ...(address === '' ? {} : { [address.includes(':') ? 'ipv6' : 'ipv4']: address }),
    ...(Number.isInteger(port) && port > 0 ? { port } : {}),
  };
  return Object.keys(endpoint).length === 0 ? undefined : endpoint;
}

function annotationsOf(span: Span): Pick<ZipkinSpan, 'annotations'> {
  if (span.events.length === 0) return {};
  return {
    annotations: span.events.map((event) => ({
      timestamp: microseconds(event.timeNs),
      value:
        Object.keys(event.attributes).length === 0
          ? event.name
          : `${event.name}: ${attributeText(event.attributes)}`,
    })),
  };
}

function tagsOf(span: Span): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const source of [span.resource, span.attributes]) {
    for (const [key, value] of Object.entries(source)) {
      if (!untagged.has(key)) setAttribute(tags, key, attributeText(value));
    }
  }
  if (span.scope !== '') tags['otel.scope.name'] = span.scope;
  if (span.status.code !== 0) tags['otel.status_code'] = span.status.code === 1 ? 'OK' : 'ERROR';
  if (span.status.code === 2) tags['error'] = span.status.message || 'true';
  return tags;
}

function microseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1000n);
}
