import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pooledTextBytesMax, pooledTextsMax, StringPool } from './string-pool.ts';

test('a pool gives the text of the bytes, also when slots are taken over', () => {
  const pool = new StringPool();
  for (let round = 0; round < 2; round++) {
    for (let index = 0; index < pooledTextsMax * 2; index++) {
      const text = `GET /주문/${index}`;
      const buffer = Buffer.from(`<${text}>`);
      assert.equal(pool.text(buffer, 1, buffer.length - 1), text);
    }
  }
});

test('long and empty texts are given too', () => {
  const pool = new StringPool();
  const long = Buffer.alloc(pooledTextBytesMax + 1, 'x');
  assert.equal(pool.text(long, 0, long.length), long.toString());
  assert.equal(pool.text(long, 5, 5), '');
});

test('a pooled text does not change with the buffer it was read from', () => {
  const pool = new StringPool();
  const buffer = Buffer.from('order');
  assert.equal(pool.text(buffer, 0, 5), 'order');
  buffer.write('stock');
  assert.equal(pool.text(buffer, 0, 5), 'stock');
  assert.equal(pool.text(Buffer.from('order'), 0, 5), 'order');
});
