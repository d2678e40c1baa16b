import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Fast and small enough: level 3 packs spans about 8:1. */
const level = 3;

/** Compresses a block of the store. */
export function pack(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: level } });
}

export function unpack(packed: Uint8Array): Buffer {
  return zstdDecompressSync(packed);
}
