import { setAttribute } from '../attribute/attributes.ts';
import type { Attributes } from '../attribute/attributes.ts';
import type { LogRecord } from '../log/record.ts';
import { ProtoReader } from '../protobuf/reader.ts';
import { recordFromLoki } from './entry.ts';
import { parseStreamLabels } from './labels.ts';
import { resourceOfStream } from './stream.ts';

/**
 * Reads a Loki `logproto.PushRequest`, after its snappy block was inflated.
 *
 * @throws WireError when the bytes or a stream's labels cannot be read.
 */
export function logsFromLokiProtobuf(bytes: Uint8Array): LogRecord[] {
  const records: LogRecord[] = [];
  new ProtoReader(bytes).fields(records, readRequest);
  return records;
}

interface EntryDraft {
  seconds: number | bigint;
  nanos: number;
  line: string;
  readonly metadata: Attributes;
}

interface StreamDraft {
  labels: string;
  readonly entries: EntryDraft[];
}

function readRequest(reader: ProtoReader, tag: number, records: LogRecord[]): boolean {
  if (tag !== 10) return false;
  const stream = reader.message<StreamDraft>({ labels: '{}', entries: [] }, readStream);
  const resource = resourceOfStream(parseStreamLabels(stream.labels));
  for (const entry of stream.entries) {
    const timeNs = BigInt.asUintN(64, BigInt(entry.seconds) * 1_000_000_000n + BigInt(entry.nanos));
    records.push(recordFromLoki({ timeNs, line: entry.line, metadata: entry.metadata }, resource));
  }
  return true;
}

function readStream(reader: ProtoReader, tag: number, stream: StreamDraft): boolean {
  switch (tag) {
    case 10: // labels = 1
      stream.labels = reader.string();
      return true;
    case 18: // entries = 2
      stream.entries.push(
        reader.message({ seconds: 0, nanos: 0, line: '', metadata: {} }, readEntry),
      );
      return true;
    default:
      return false;
  }
}

function readEntry(reader: ProtoReader, tag: number, entry: EntryDraft): boolean {
  switch (tag) {
    case 10: // timestamp = 1
      reader.message(entry, readTimestamp);
      return true;
    case 18: // line = 2
      entry.line = reader.string();
      return true;
    case 26: {
      // structured_metadata = 3
      const pair = reader.message({ name: '', value: '' }, readPair);
      setAttribute(entry.metadata, pair.name, pair.value);
      return true;
    }
    default:
      return false;
  }
}

function readTimestamp(reader: ProtoReader, tag: number, entry: EntryDraft): boolean {
  switch (tag) {
    case 8: // seconds = 1
      entry.seconds = reader.int64();
      return true;
    case 16: // nanos = 2
      entry.nanos = reader.int32();
      return true;
    default:
      return false;
  }
}

function readPair(
  reader: ProtoReader,
  tag: number,
  pair: { name: string; value: string },
): boolean {
  switch (tag) {
    case 10: // name = 1
      pair.name = reader.string();
      return true;
    case 18: // value = 2
      pair.value = reader.string();
      return true;
    default:
      return false;
  }
}
