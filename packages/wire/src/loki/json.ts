import { setAttribute } from '../attribute/attributes.ts';
import type { Attributes, AttributeValue } from '../attribute/attributes.ts';
import { attributeDepthMax, attributeText } from '../attribute/attributes.ts';
import { listAt, objectAt, shown } from '../json/fields.ts';
import type { LogRecord } from '../log/record.ts';
import { WireError } from '../wire-error.ts';
import { recordFromLoki } from './entry.ts';
import type { LokiEntry } from './entry.ts';
import { resourceOfStream } from './stream.ts';
import type { StreamLabels } from './stream.ts';

/**
 * Reads a parsed Loki push: `{streams: [{stream, values: [[ns, line, metadata?]]}]}`.
 *
 * Timestamps are text, as in Loki. Labels and metadata are read leniently, because winston-loki sends
 * a refused batch again for ever: numbers and nested objects are kept, null labels are left out.
 *
 * @throws WireError naming the field that does not fit.
 */
export function logsFromLokiJson(value: unknown): LogRecord[] {
  return listAt(objectAt(value, 'push')['streams'], 'streams').flatMap((entry) => {
    const stream = objectAt(entry, 'streams');
    const resource = resourceOfStream(labelsAt(stream['stream']));
    return listAt(stream['values'], 'values').map((line) =>
      recordFromLoki(entryAt(line), resource),
    );
  });
}

function labelsAt(value: unknown): StreamLabels {
  const labels: Attributes = {};
  for (const [name, label] of Object.entries(objectAt(value ?? {}, 'stream'))) {
    if (label !== null) setAttribute(labels, name, attributeText(lenient(label, 0)));
  }
  // Every value was made text above.
  return labels as StreamLabels;
}

function entryAt(value: unknown): LokiEntry {
  const [time, line, metadata] = listAt(value, 'values');
  return {
    timeNs: timeAt(time),
    line: typeof line === 'string' ? line : attributeText(lenient(line ?? '', 0)),
    metadata: metadataAt(metadata),
  };
}

function timeAt(value: unknown): bigint {
  if (typeof value !== 'string' || !/^\d{1,19}$/.test(value)) {
    throw new WireError(`a timestamp must be nanoseconds as text, not ${shown(value)}`);
  }
  return BigInt(value);
}

function metadataAt(value: unknown): Attributes {
  if (typeof value !== 'object' || value === null) return {};
  const attributes: Attributes = {};
  for (const [key, inner] of Object.entries(value))
    setAttribute(attributes, key, lenient(inner, 0));
  return attributes;
}

function lenient(value: unknown, depth: number): AttributeValue {
  if (depth > attributeDepthMax)
    throw new WireError(`metadata nests deeper than ${attributeDepthMax}`);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return value.map((inner) => lenient(inner, depth + 1));
  const attributes: Attributes = {};
  for (const [key, inner] of Object.entries(value)) {
    setAttribute(attributes, key, lenient(inner, depth + 1));
  }
  return attributes;
}
