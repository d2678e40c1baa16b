import { readAttribute } from '../attribute/decode.ts';
import type { Attributes } from '../attribute/attributes.ts';
import { ProtoReader } from '../protobuf/reader.ts';
import { readResource, readScope } from '../resource/decode.ts';
import type { Span, SpanEvent, SpanLink, SpanStatus } from './span.ts';

/**
 * Decodes an OTLP `ExportTraceServiceRequest`.
 *
 * @throws WireError when the bytes are not one.
 */
export function decodeTraces(bytes: Uint8Array): Span[] {
  const spans: Span[] = [];
  new ProtoReader(bytes).fields(spans, readRequest);
  return spans;
}

/** What decoding fills in; the flat model's resource and scope are set when their level is complete. */
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Draft = Mutable<Omit<Span, 'events' | 'links' | 'status'>> & {
  readonly events: SpanEvent[];
  readonly links: SpanLink[];
  readonly status: Mutable<SpanStatus>;
};

interface Level {
  readonly resource: Attributes;
  readonly spans: Draft[];
}

interface ScopeLevel {
  readonly scope: { name: string };
  readonly resource: Attributes;
  readonly spans: Draft[];
}

function readRequest(reader: ProtoReader, tag: number, spans: Span[]): boolean {
  if (tag !== 10) return false;
  const level = reader.message<Level>({ resource: {}, spans: [] }, readResourceSpans);
  for (const span of level.spans) spans.push(span);
  return true;
}

function readResourceSpans(reader: ProtoReader, tag: number, level: Level): boolean {
  switch (tag) {
    case 10: // resource = 1
      reader.message(level.resource, readResource);
      return true;
    case 18: {
      // scope_spans = 2; the scope may follow its spans, so its name is set afterwards.
      const start: ScopeLevel = { scope: { name: '' }, resource: level.resource, spans: [] };
      const scopeLevel = reader.message(start, readScopeSpans);
      for (const span of scopeLevel.spans) {
        span.scope = scopeLevel.scope.name;
        level.spans.push(span);
      }
      return true;
    }
    default:
      return false;
  }
}

function readScopeSpans(reader: ProtoReader, tag: number, level: ScopeLevel): boolean {
  switch (tag) {
    case 10: // scope = 1
      reader.message(level.scope, readScope);
      return true;
    case 18: // spans = 2
      level.spans.push(reader.message(newDraft(level.resource), readSpan));
      return true;
    default:
      return false;
  }
}

function newDraft(resource: Attributes): Draft {
  return {
    traceId: '',
    spanId: '',
    parentSpanId: '',
    name: '',
    kind: 0,
    startNs: 0n,
    endNs: 0n,
    attributes: {},
    events: [],
    links: [],
    status: { code: 0, message: '' },
    resource,
    scope: '',
  };
}

function readSpan(reader: ProtoReader, tag: number, span: Draft): boolean {
  switch (tag) {
    case 10: // trace_id = 1
      span.traceId = reader.id(16);
      return true;
    case 18: // span_id = 2
      span.spanId = reader.id(8);
      return true;
    case 34: // parent_span_id = 4
      span.parentSpanId = reader.id(8);
      return true;
    case 42: // name = 5
      span.name = reader.string();
      return true;
    case 48: // kind = 6
      span.kind = spanKind(reader.uint32());
      return true;
    case 57: // start_time_unix_nano = 7
      span.startNs = reader.fixed64();
      return true;
    case 65: // end_time_unix_nano = 8
      span.endNs = reader.fixed64();
      return true;
    case 74: // attributes = 9
      readAttribute(reader, span.attributes);
      return true;
    case 90: // events = 11
      span.events.push(reader.message({ timeNs: 0n, name: '', attributes: {} }, readEvent));
      return true;
    case 106: // links = 13
      span.links.push(reader.message({ traceId: '', spanId: '', attributes: {} }, readLink));
      return true;
    case 122: // status = 15
      reader.message(span.status, readStatus);
      return true;
    default:
      return false;
  }
}

/** Kinds this version does not know count as unspecified. */
export function spanKind(kind: number): number {
  return kind <= 5 ? kind : 0;
}

/** Codes this version does not know count as unset. */
export function statusCode(code: number): 0 | 1 | 2 {
  return code === 1 || code === 2 ? code : 0;
}

function readEvent(
  reader: ProtoReader,
  tag: number,
  event: { timeNs: bigint; name: string; readonly attributes: Attributes },
): boolean {
  switch (tag) {
    case 9: // time_unix_nano = 1
      event.timeNs = reader.fixed64();
      return true;
    case 18: // name = 2
      event.name = reader.string();
      return true;
    case 26: // attributes = 3
      readAttribute(reader, event.attributes);
      return true;
    default:
      return false;
  }
}

function readLink(
  reader: ProtoReader,
  tag: number,
  link: { traceId: string; spanId: string; readonly attributes: Attributes },
): boolean {
  switch (tag) {
    case 10: // trace_id = 1
      link.traceId = reader.id(16);
      return true;
    case 18: // span_id = 2
      link.spanId = reader.id(8);
      return true;
    case 34: // attributes = 4
      readAttribute(reader, link.attributes);
      return true;
    default:
      return false;
  }
}

function readStatus(reader: ProtoReader, tag: number, status: Draft['status']): boolean {
  switch (tag) {
    case 18: // message = 2
      status.message = reader.string();
      return true;
    case 24: // code = 3
      status.code = statusCode(reader.uint32());
      return true;
    default:
      return false;
  }
}
