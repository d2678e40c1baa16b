import { attributesFromJson, attributesToJson } from '../attribute/json.ts';
import {
  bigintAt,
  hexAt,
  integerAt,
  listAt,
  objectAt,
  textAt,
  type JsonObject,
} from '../json/fields.ts';
import type { Attributes } from '../attribute/attributes.ts';
import { groupByResource } from '../resource/group.ts';
import { spanKind, statusCode } from './decode.ts';
import type { Span, SpanEvent, SpanLink, SpanStatus } from './span.ts';

/**
 * Reads a parsed OTLP/JSON `ExportTraceServiceRequest`: identifiers in hexadecimal, integer enums,
 * 64-bit integers as text or number, unknown fields ignored.
 *
 * @throws WireError naming the field that does not fit.
 */
export function tracesFromJson(value: unknown): Span[] {
  return listAt(objectAt(value, 'request')['resourceSpans'], 'resourceSpans').flatMap((entry) => {
    const group = objectAt(entry, 'resourceSpans');
    const holder = objectAt(group['resource'] ?? {}, 'resource');
    const resource = attributesFromJson(holder['attributes'], 'resource.attributes');
    return listAt(group['scopeSpans'], 'scopeSpans').flatMap((scoped) =>
      scopeFromJson(scoped, resource),
    );
  });
}

/** Spans as an OTLP/JSON `ExportTraceServiceRequest`, ready for JSON.stringify. */
export function spansToOtlpJson(spans: readonly Span[]): JsonObject {
  return {
    resourceSpans: groupByResource(spans, (span) => span.scope).map(({ resource, scopes }) => ({
      resource: { attributes: attributesToJson(resource) },
      scopeSpans: [...scopes].map(([name, members]) => ({
        scope: name === '' ? {} : { name },
        spans: members.map(spanToJson),
      })),
    })),
  };
}

function scopeFromJson(value: unknown, resource: Attributes): Span[] {
  const group = objectAt(value, 'scopeSpans');
  const scope = textAt(objectAt(group['scope'] ?? {}, 'scope')['name'], 'scope.name');
  return listAt(group['spans'], 'spans').map((span) =>
    spanFromJson(objectAt(span, 'span'), resource, scope),
  );
}

function spanFromJson(json: JsonObject, resource: Attributes, scope: string): Span {
  return {
    traceId: hexAt(json['traceId'], 16, 'span.traceId'),
    spanId: hexAt(json['spanId'], 8, 'span.spanId'),
    parentSpanId: hexAt(json['parentSpanId'], 8, 'span.parentSpanId'),
    name: textAt(json['name'], 'span.name'),
    kind: spanKind(integerAt(json['kind'], 'span.kind')),
    startNs: timeAt(json['startTimeUnixNano'], 'span.startTimeUnixNano'),
    endNs: timeAt(json['endTimeUnixNano'], 'span.endTimeUnixNano'),
    attributes: attributesFromJson(json['attributes'], 'span.attributes'),
    events: listAt(json['events'], 'span.events').map(eventFromJson),
    links: listAt(json['links'], 'span.links').map(linkFromJson),
    status: statusFromJson(json['status']),
    resource,
    scope,
  };
}

function timeAt(value: unknown, path: string): bigint {
  return BigInt.asUintN(64, bigintAt(value, path));
}

function eventFromJson(value: unknown): SpanEvent {
  const json = objectAt(value, 'event');
  return {
    timeNs: timeAt(json['timeUnixNano'], 'event.timeUnixNano'),
    name: textAt(json['name'], 'event.name'),
    attributes: attributesFromJson(json['attributes'], 'event.attributes'),
  };
}

function linkFromJson(value: unknown): SpanLink {
  const json = objectAt(value, 'link');
  return {
    traceId: hexAt(json['traceId'], 16, 'link.traceId'),
    spanId: hexAt(json['spanId'], 8, 'link.spanId'),
    attributes: attributesFromJson(json['attributes'], 'link.attributes'),
  };
}

function statusFromJson(value: unknown): SpanStatus {
  const json = objectAt(value ?? {}, 'span.status');
  return {
    code: statusCode(integerAt(json['code'], 'span.status.code')),
    message: textAt(json['message'], 'span.status.message'),
  };
}

function spanToJson(span: Span): JsonObject {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId === '' ? {} : { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: String(span.startNs),
    endTimeUnixNano: String(span.endNs),
    attributes: attributesToJson(span.attributes),
    events: span.events.map((event) => ({
      timeUnixNano: String(event.timeNs),
      name: event.name,
      attributes: attributesToJson(event.attributes),
    })),
    links: span.links.map((link) => ({
      traceId: link.traceId,
      spanId: link.spanId,
      attributes: attributesToJson(link.attributes),
    })),
    status: {
      ...(span.status.code === 0 ? {} : { code: span.status.code }),
      ...(span.status.message === '' ? {} : { message: span.status.message }),
    },
  };
}
