import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from '../testing/fuzz.ts';
import { compressSnappy, uncompressSnappy } from './block.ts';

const text = Buffer.from('sprout '.repeat(100));

test('a block survives, and is smaller', () => {
  const block = compressSnappy(text);
  assert.ok(block.length < text.length / 4);
  assert.deepEqual(Buffer.from(uncompressSnappy(block, { bytesMax: text.length })), text);
});

test('a block that announces more than the limit is refused before it is inflated', () => {
  const block = compressSnappy(text);
  assert.throws(() => uncompressSnappy(block, { bytesMax: text.length - 1 }), {
    code: 'WIRE_TOO_LARGE',
  });
  const bomb = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0]);
  assert.throws(() => uncompressSnappy(bomb, { bytesMax: 1 << 20 }), { code: 'WIRE_TOO_LARGE' });
});

test('damaged blocks inflate or throw WireError', () => {
  assert.deepEqual(
    fuzz(compressSnappy(text), (bytes) => uncompressSnappy(bytes, { bytesMax: 1 << 20 })),
    [],
  );
});
