import { ProtoReader } from '../protobuf/reader.ts';
import { statusCode, spanKind } from './decode.ts';
import { readScannedAttribute, scanPool, scanServiceName } from './scan-attribute.ts';
import type { ScannedAttributes } from './scan-attribute.ts';

/** What RED derivation and indexing need of a span; identifiers and times are read when asked for. */
export interface ScannedSpan {
  /** Resource attribute `service.name`, '' when absent. */
  readonly serviceName: string;
  readonly name: string;
  /** As in `Span.kind`. */
  readonly kind: number;
  readonly statusCode: 0 | 1 | 2;
  readonly startNs: bigint;
  readonly endNs: bigint;
  /** `endNs - startNs` as a number, never below 0. */
  readonly durationSeconds: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  /** `http.route`; '' when absent, like all that follow. */
  readonly httpRoute: string;
  /** `http.request.method`, or the older `http.method`. */
  readonly httpMethod: string;
  /** `http.response.status_code`, or the older `http.status_code`; 0 when absent. */
  readonly httpStatusCode: number;
  /** `db.system.name`, or the older `db.system`. */
  readonly dbSystem: string;
  /** Who was called: `peer.service`, else `server.address`, else `net.peer.name`. */
  readonly peer: string;
}

/**
 * Visits every span of OTLP `ExportTraceServiceRequest` bytes without decoding what is not asked for.
 *
 * Fields may come in any order, the resource after its spans too. A visited span may be kept; it
 * holds on to `bytes`, which must not change.
 *
 * @throws WireError when the walked structure does not fit; `validateTraces` checks the rest.
 */
export function scanSpans(bytes: Uint8Array, visit: (span: ScannedSpan) => void): void {
  const reader = new ProtoReader(bytes);
  while (reader.position < reader.end) {
    const tag = reader.tag();
    if (tag === 10) within(reader, () => scanResourceSpans(reader, visit));
    else reader.skip(tag);
  }
}

function within(reader: ProtoReader, scan: () => void): void {
  const outerEnd = reader.end;
  const end = reader.lengthEnd();
  reader.end = end;
  scan();
  reader.position = end;
  reader.end = outerEnd;
}

function scanResourceSpans(reader: ProtoReader, visit: (span: ScannedSpan) => void): void {
  const start = reader.position;
  const serviceName = scanServiceName(reader);
  reader.position = start;
  while (reader.position < reader.end) {
    const tag = reader.tag();
    if (tag === 18) within(reader, () => scanScopeSpans(reader, serviceName, visit));
    else reader.skip(tag);
  }
}

function scanScopeSpans(
  reader: ProtoReader,
  serviceName: string,
  visit: (span: ScannedSpan) => void,
): void {
  while (reader.position < reader.end) {
    const tag = reader.tag();
    if (tag === 18) {
      visit(reader.message(new SpanView(reader.buffer, serviceName), scanField));
    } else reader.skip(tag);
  }
}

class SpanView implements ScannedSpan {
  readonly serviceName: string;
  name = '';
  kind = 0;
  statusCode: 0 | 1 | 2 = 0;
  readonly attributes: ScannedAttributes = {
    httpRoute: '',
    httpMethod: '',
    httpStatusCode: 0,
    dbSystem: '',
    peer: '',
    peerRank: 0,
    methodRank: 0,
    statusRank: 0,
    systemRank: 0,
  };
  // Offsets into the bytes; -1 is an absent field.
  traceIdAt = -1;
  spanIdAt = -1;
  parentSpanIdAt = -1;
  startAt = -1;
  endAt = -1;
  readonly #buffer: Buffer;

  constructor(buffer: Buffer, serviceName: string) {
    this.#buffer = buffer;
    this.serviceName = serviceName;
  }

  get traceId(): string {
    return this.#hex(this.traceIdAt, 16);
  }
  get spanId(): string {
    return this.#hex(this.spanIdAt, 8);
  }
  get parentSpanId(): string {
    return this.#hex(this.parentSpanIdAt, 8);
  }
  get startNs(): bigint {
    return this.#time(this.startAt);
  }
  get endNs(): bigint {
    return this.#time(this.endAt);
  }
  get durationSeconds(): number {
    if (this.startAt < 0 || this.endAt < 0) return 0;
    // Halves are subtracted before they are joined, so no bigint is made and no precision is lost.
    const high = this.#half(this.endAt + 4) - this.#half(this.startAt + 4);
    const low = this.#half(this.endAt) - this.#half(this.startAt);
    return Math.max(0, high * 0x1_0000_0000 + low) / 1e9;
  }
  get httpRoute(): string {
    return this.attributes.httpRoute;
  }
  get httpMethod(): string {
    return this.attributes.httpMethod;
  }
  get httpStatusCode(): number {
    return this.attributes.httpStatusCode;
  }
  get dbSystem(): string {
    return this.attributes.dbSystem;
  }
  get peer(): string {
    return this.attributes.peer;
  }

  #hex(at: number, length: number): string {
    return at < 0 ? '' : this.#buffer.toString('hex', at, at + length);
  }

  #time(at: number): bigint {
    return at < 0 ? 0n : this.#buffer.readBigUInt64LE(at);
  }

  #half(at: number): number {
    return this.#buffer.readUInt32LE(at);
  }
}

function scanField(reader: ProtoReader, tag: number, span: SpanView): boolean {
  switch (tag) {
    case 10: // trace_id = 1
      span.traceIdAt = reader.idAt(16);
      return true;
    case 18: // span_id = 2
      span.spanIdAt = reader.idAt(8);
      return true;
    case 34: // parent_span_id = 4
      span.parentSpanIdAt = reader.idAt(8);
      return true;
    case 42: // name = 5
      span.name = reader.pooledString(scanPool);
      return true;
    case 48: // kind = 6
      span.kind = spanKind(reader.uint32());
      return true;
    case 57: // start_time_unix_nano = 7
      span.startAt = reader.position;
      return false;
    case 65: // end_time_unix_nano = 8
      span.endAt = reader.position;
      return false;
    case 74: // attributes = 9
      readScannedAttribute(reader, span.attributes);
      return true;
    case 122: // status = 15
      reader.message(span, scanStatus);
      return true;
    default:
      return false;
  }
}

function scanStatus(reader: ProtoReader, tag: number, span: SpanView): boolean {
  if (tag !== 24) return false;
  span.statusCode = statusCode(reader.uint32());
  return true;
}
