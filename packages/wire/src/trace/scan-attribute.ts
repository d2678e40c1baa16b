import type { ProtoReader } from '../protobuf/reader.ts';
import { StringPool } from '../text/string-pool.ts';

/** The attributes a scan picks out; a rank says how preferred the key was that set the value, 0 = none yet. */
export interface ScannedAttributes {
  httpRoute: string;
  httpMethod: string;
  httpStatusCode: number;
  dbSystem: string;
  peer: string;
  methodRank: number;
  statusRank: number;
  systemRank: number;
  peerRank: number;
}

type Pick = (reader: ProtoReader, to: ScannedAttributes) => void;

const picks = new Map<string, Pick>([
  ['http.route', (reader, to) => (to.httpRoute = textValue(reader))],
  ['http.request.method', (reader, to) => pickMethod(reader, to, 2)],
  ['http.method', (reader, to) => pickMethod(reader, to, 1)],
  ['http.response.status_code', (reader, to) => pickStatus(reader, to, 2)],
  ['http.status_code', (reader, to) => pickStatus(reader, to, 1)],
  ['db.system.name', (reader, to) => pickSystem(reader, to, 2)],
  ['db.system', (reader, to) => pickSystem(reader, to, 1)],
  ['peer.service', (reader, to) => pickPeer(reader, to, 3)],
  ['server.address', (reader, to) => pickPeer(reader, to, 2)],
  ['net.peer.name', (reader, to) => pickPeer(reader, to, 1)],
]);

// Most keys are told apart from the wanted ones by length and last byte, before any text is made.
const wantedEnds = new Set(
  [...picks.keys()].map((key) => endOf(key.length, key.charCodeAt(key.length - 1))),
);

function endOf(length: number, lastByte: number): number {
  return length * 256 + lastByte;
}

/** Names, routes and methods of all scans. */
export const scanPool: StringPool = new StringPool();

/** Reads one `KeyValue` of a span and keeps it if it is one of the wanted keys. */
export function readScannedAttribute(reader: ProtoReader, to: ScannedAttributes): void {
  const end = reader.lengthEnd();
  const outerEnd = reader.end;
  locatePair(reader, end);
  const { keyAt, keyLength, valueAt, valueEnd } = located;
  const lastByte = keyLength === 0 ? 0 : reader.buffer[keyAt + keyLength - 1]!;
  if (valueAt >= 0 && wantedEnds.has(endOf(keyLength, lastByte))) {
    const pick = picks.get(scanPool.text(reader.buffer, keyAt, keyAt + keyLength));
    reader.position = valueAt;
    reader.end = valueEnd;
    pick?.(reader, to);
  }
  reader.position = end;
  reader.end = outerEnd;
}

/** Reads `service.name` out of the resources of a `ResourceSpans` whose fields start at the position. */
export function scanServiceName(reader: ProtoReader): string {
  const found = { name: '' };
  reader.fields(found, readResourceField);
  return found.name;
}

function readResourceField(reader: ProtoReader, tag: number, found: { name: string }): boolean {
  if (tag !== 10) return false;
  reader.message(found, readResourceAttribute);
  return true;
}

function readResourceAttribute(reader: ProtoReader, tag: number, found: { name: string }): boolean {
  if (tag !== 10) return false;
  const end = reader.lengthEnd();
  const outerEnd = reader.end;
  locatePair(reader, end);
  const { keyAt, keyLength, valueAt, valueEnd } = located;
  if (scanPool.text(reader.buffer, keyAt, keyAt + keyLength) === 'service.name') {
    reader.position = Math.max(valueAt, 0);
    reader.end = valueAt < 0 ? reader.position : valueEnd;
    const value = lastValue(reader);
    found.name = typeof value === 'string' ? value : '';
  }
  reader.position = end;
  reader.end = outerEnd;
  return true;
}

/** Where `locatePair` found key and value; one object for all, because there is one per attribute. */
const located = {
  keyAt: 0,
  keyLength: 0,
  /** -1 when the pair has no value. */
  valueAt: -1,
  valueEnd: 0,
};

function locatePair(reader: ProtoReader, end: number): void {
  located.keyLength = 0;
  located.valueAt = -1;
  reader.end = end;
  while (reader.position < end) {
    const tag = reader.tag();
    if (tag === 10) {
      const keyEnd = reader.lengthEnd();
      located.keyAt = reader.position;
      located.keyLength = keyEnd - reader.position;
      reader.position = keyEnd;
    } else if (tag === 18) {
      located.valueEnd = reader.lengthEnd();
      located.valueAt = reader.position;
      reader.position = located.valueEnd;
    } else reader.skip(tag);
  }
}

/** The value of the `AnyValue` at the position, undefined unless it is text or a number. */
function lastValue(reader: ProtoReader): string | number | undefined {
  let value: string | number | undefined;
  while (reader.position < reader.end) {
    const tag = reader.tag();
    if (tag === 10) value = reader.pooledString(scanPool);
    else if (tag === 24) value = Number(reader.int64());
    else if (tag === 33) value = reader.double();
    else {
      if (tag === 16 || tag === 42 || tag === 50 || tag === 58) value = undefined;
      reader.skip(tag);
    }
  }
  return value;
}

function textValue(reader: ProtoReader): string {
  const value = lastValue(reader);
  return value === undefined ? '' : String(value);
}

function pickMethod(reader: ProtoReader, to: ScannedAttributes, rank: number): void {
  if (rank < to.methodRank) return;
  to.httpMethod = textValue(reader);
  to.methodRank = rank;
}

/** Zipkin tags are text, so a status code may be one too. */
function pickStatus(reader: ProtoReader, to: ScannedAttributes, rank: number): void {
  if (rank < to.statusRank) return;
  const code = Number(lastValue(reader));
  to.httpStatusCode = Number.isInteger(code) && code >= 100 && code <= 599 ? code : 0;
  to.statusRank = rank;
}

function pickSystem(reader: ProtoReader, to: ScannedAttributes, rank: number): void {
  if (rank < to.systemRank) return;
  to.dbSystem = textValue(reader);
  to.systemRank = rank;
}

function pickPeer(reader: ProtoReader, to: ScannedAttributes, rank: number): void {
  if (rank < to.peerRank) return;
  to.peer = textValue(reader);
  to.peerRank = rank;
}
