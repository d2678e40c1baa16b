import { isIPv4 } from 'node:net';
import { ProtoReader } from '../protobuf/reader.ts';
import type { Span } from '../trace/span.ts';
import { WireError } from '../wire-error.ts';
import type { ZipkinEndpoint, ZipkinSpan } from './span.ts';
import { spanFromZipkin } from './to-span.ts';

/**
 * Reads Zipkin's `zipkin.proto3.ListOfSpans`.
 *
 * @throws WireError when the bytes are not one.
 */
export function tracesFromZipkinProtobuf(bytes: Uint8Array): Span[] {
  const spans: Span[] = [];
  new ProtoReader(bytes).fields(spans, readList);
  return spans;
}

type Draft = { -readonly [Key in keyof ZipkinSpan]: ZipkinSpan[Key] } & {
  readonly annotations: { timestamp: number; value: string }[];
  readonly tags: Record<string, string>;
};
type EndpointDraft = { -readonly [Key in keyof ZipkinEndpoint]: ZipkinEndpoint[Key] };

const kinds = [undefined, 'CLIENT', 'SERVER', 'PRODUCER', 'CONSUMER'] as const;

function readList(reader: ProtoReader, tag: number, spans: Span[]): boolean {
  if (tag !== 10) return false;
  const draft: Draft = { traceId: '', id: '', annotations: [], tags: {} };
  reader.message(draft, readSpan);
  if (draft.traceId === '' || draft.id === '') throw new WireError('a span without traceId or id');
  spans.push(spanFromZipkin(draft));
  return true;
}

function readSpan(reader: ProtoReader, tag: number, span: Draft): boolean {
  switch (tag) {
    case 10: // trace_id = 1
      span.traceId = reader.id(8, 16);
      return true;
    case 18: // parent_id = 2
      span.parentId = reader.id(8);
      return true;
    case 26: // id = 3
      span.id = reader.id(8);
      return true;
    case 32: // kind = 4
      setKind(span, reader.uint32());
      return true;
    case 42: // name = 5
      span.name = reader.string();
      return true;
    case 49: // timestamp = 6
      span.timestamp = microseconds(reader.fixed64());
      return true;
    case 56: // duration = 7
      span.duration = microseconds(reader.uint64());
      return true;
    default:
      return readDetail(reader, tag, span);
  }
}

function readDetail(reader: ProtoReader, tag: number, span: Draft): boolean {
  switch (tag) {
    case 66: // local_endpoint = 8
      span.localEndpoint = reader.message<EndpointDraft>({}, readEndpoint);
      return true;
    case 74: // remote_endpoint = 9
      span.remoteEndpoint = reader.message<EndpointDraft>({}, readEndpoint);
      return true;
    case 82: // annotations = 10
      span.annotations.push(reader.message({ timestamp: 0, value: '' }, readAnnotation));
      return true;
    case 90: // tags = 11
      readTag(reader, span.tags);
      return true;
    case 96: // debug = 12
      span.debug = reader.bool();
      return true;
    case 104: // shared = 13
      span.shared = reader.bool();
      return true;
    default:
      return false;
  }
}

function setKind(span: Draft, number: number): void {
  const kind = kinds[number];
  if (kind !== undefined) span.kind = kind;
}

function microseconds(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new WireError(`a time out of range: ${value}`);
  return Number(value);
}

function readEndpoint(reader: ProtoReader, tag: number, endpoint: EndpointDraft): boolean {
  switch (tag) {
    case 10: // service_name = 1
      endpoint.serviceName = reader.string();
      return true;
    case 18: // ipv4 = 2
      setAddress(endpoint, reader.bytes());
      return true;
    case 26: // ipv6 = 3
      setAddress(endpoint, reader.bytes());
      return true;
    case 32: // port = 4
      endpoint.port = reader.int32();
      return true;
    default:
      return false;
  }
}

function setAddress(endpoint: EndpointDraft, bytes: Uint8Array): void {
  const text = bytes.length === 4 ? bytes.join('.') : ipv6Text(bytes);
  if (text === '') return;
  endpoint[isIPv4(text) ? 'ipv4' : 'ipv6'] = text;
}

function ipv6Text(bytes: Uint8Array): string {
  if (bytes.length === 0) return '';
  if (bytes.length !== 16) throw new WireError(`an address of ${bytes.length} bytes`);
  const hex = Buffer.from(bytes).toString('hex');
  // The URL parser writes addresses in their shortest form.
  return new URL(`http://[${hex.replace(/(.{4})(?!$)/g, '$1:')}]`).hostname.slice(1, -1);
}

function readAnnotation(
  reader: ProtoReader,
  tag: number,
  annotation: { timestamp: number; value: string },
): boolean {
  switch (tag) {
    case 9: // timestamp = 1
      annotation.timestamp = microseconds(reader.fixed64());
      return true;
    case 18: // value = 2
      annotation.value = reader.string();
      return true;
    default:
      return false;
  }
}

function readTag(reader: ProtoReader, tags: Record<string, string>): void {
  const pair = reader.message({ key: '', value: '' }, (inner, tag, target) => {
    if (tag === 10) target.key = inner.string();
    else if (tag === 18) target.value = inner.string();
    else return false;
    return true;
  });
  tags[pair.key] = pair.value;
}
