import { compressSync, uncompressSync } from 'snappy';
import { WireError } from '../wire-error.ts';

/** Compresses to a raw snappy block, as remote write and Loki push use it. */
export function compressSnappy(bytes: Uint8Array): Uint8Array {
  return compressSync(bytes);
}

/**
 * Inflates a raw snappy block whose header announces at most `bytesMax` bytes.
 *
 * @throws WireError `WIRE_TOO_LARGE` before anything is inflated, `WIRE_UNDECODABLE` for a damaged block.
 */
export function uncompressSnappy(
  bytes: Uint8Array,
  limit: { readonly bytesMax: number },
): Uint8Array {
  const length = announcedLength(bytes);
  if (length > limit.bytesMax) {
    throw new WireError(`a block of ${length} bytes is over the limit of ${limit.bytesMax}`, {
      code: 'WIRE_TOO_LARGE',
    });
  }
  return inflate(bytes);
}

function inflate(bytes: Uint8Array): Uint8Array {
  try {
    const inflated = uncompressSync(bytes);
    return typeof inflated === 'string' ? Buffer.from(inflated) : inflated;
  } catch (cause) {
    throw new WireError('undecodable snappy block', { cause });
  }
}

function announcedLength(bytes: Uint8Array): number {
  let length = 0;
  for (let index = 0; index < 5; index++) {
    const byte = bytes[index];
    if (byte === undefined) break;
    length += (byte & 127) * 2 ** (7 * index);
    if (byte < 128) return length;
  }
  throw new WireError('undecodable snappy block: its length header does not end');
}
