import type { ProtoReader } from '../protobuf/reader.ts';

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

// Most keys are told apart from the wanted ones by their length alone, before any text is made.
const wantedLengths = new Set([...picks.keys()].map((key) => key.length));

/** Reads one `KeyValue` of a span and keeps it if it is one of the wanted keys. */
export function readScannedAttribute(reader: ProtoReader, to: ScannedAttributes): void {
  const end = reader.lengthEnd();
  const pair = locatePair(reader, end);
  const pick = wantedLengths.has(pair.keyLength)
    ? picks.get(reader.buffer.toString('latin1', pair.keyAt, pair.keyAt + pair.keyLength))
    : undefined;
  if (pick && pair.valueAt >= 0) {
    reader.position = pair.valueAt;
    reader.end = pair.valueEnd;
    pick(reader, to);
  }
  reader.position = end;
  reader.end = pair.outerEnd;
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
  const pair = locatePair(reader, end);
  const key = reader.buffer.toString('latin1', pair.keyAt, pair.keyAt + pair.keyLength);
  if (key === 'service.name') {
    reader.position = Math.max(pair.valueAt, 0);
    reader.end = pair.valueAt < 0 ? reader.position : pair.valueEnd;
    const value = lastValue(reader);
    found.name = typeof value === 'string' ? value : '';
  }
  reader.position = end;
  reader.end = pair.outerEnd;
  return true;
}

interface Pair {
  readonly outerEnd: number;
  keyAt: number;
  keyLength: number;
  /** -1 when the pair has no value. */
  valueAt: number;
  valueEnd: number;
}

function locatePair(reader: ProtoReader, end: number): Pair {
  const pair: Pair = { outerEnd: reader.end, keyAt: 0, keyLength: 0, valueAt: -1, valueEnd: 0 };
  reader.end = end;
  while (reader.position < end) {
    const tag = reader.tag();
    if (tag === 10) {
      const keyEnd = reader.lengthEnd();
      pair.keyAt = reader.position;
      pair.keyLength = keyEnd - reader.position;
      reader.position = keyEnd;
    } else if (tag === 18) {
      pair.valueEnd = reader.lengthEnd();
      pair.valueAt = reader.position;
      reader.position = pair.valueEnd;
    } else reader.skip(tag);
  }
  return pair;
}

/** The value of the `AnyValue` at the position, undefined unless it is text or a number. */
function lastValue(reader: ProtoReader): string | number | undefined {
  let value: string | number | undefined;
  while (reader.position < reader.end) {
    const tag = reader.tag();
    if (tag === 10) value = reader.string();
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
