import { writeAttributes } from '../attribute/encode.ts';
import { ProtoWriter } from '../protobuf/writer.ts';
import { groupByResource } from '../resource/group.ts';
import type { Span, SpanEvent, SpanLink, SpanStatus } from './span.ts';

/** Encodes spans as an OTLP `ExportTraceServiceRequest`, grouped by resource and scope. */
export function encodeTraces(spans: readonly Span[]): Uint8Array {
  const writer = new ProtoWriter();
  for (const { resource, scopes } of groupByResource(spans, (span) => span.scope)) {
    writer.message(10, () => {
      writer.message(10, () => writeAttributes(writer, 10, resource));
      for (const [scope, members] of scopes) writeScopeSpans(writer, scope, members);
    });
  }
  return writer.finish();
}

function writeScopeSpans(writer: ProtoWriter, scope: string, spans: readonly Span[]): void {
  writer.message(18, () => {
    if (scope !== '') writer.message(10, () => writer.string(10, scope));
    for (const span of spans) writer.message(18, () => writeSpan(writer, span));
  });
}

function writeSpan(writer: ProtoWriter, span: Span): void {
  writer.hex(10, span.traceId);
  writer.hex(18, span.spanId);
  if (span.parentSpanId !== '') writer.hex(34, span.parentSpanId);
  writer.string(42, span.name);
  if (span.kind !== 0) writer.uint32(48, span.kind);
  writer.fixed64(57, span.startNs);
  writer.fixed64(65, span.endNs);
  writeAttributes(writer, 74, span.attributes);
  for (const event of span.events) writer.message(90, () => writeEvent(writer, event));
  for (const link of span.links) writer.message(106, () => writeLink(writer, link));
  writeStatus(writer, span.status);
}

function writeEvent(writer: ProtoWriter, event: SpanEvent): void {
  writer.fixed64(9, event.timeNs);
  writer.string(18, event.name);
  writeAttributes(writer, 26, event.attributes);
}

function writeLink(writer: ProtoWriter, link: SpanLink): void {
  writer.hex(10, link.traceId);
  writer.hex(18, link.spanId);
  writeAttributes(writer, 34, link.attributes);
}

function writeStatus(writer: ProtoWriter, status: SpanStatus): void {
  if (status.code === 0 && status.message === '') return;
  writer.message(122, () => {
    if (status.message !== '') writer.string(18, status.message);
    if (status.code !== 0) writer.uint32(24, status.code);
  });
}
