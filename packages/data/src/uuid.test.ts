import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidFromBytes, uuidToBytes, uuidV7 } from './uuid.ts';

test('a UUID of version 7 is the example of RFC 9562, appendix A.6', () => {
  // unix_ts_ms 017F22E279B0, rand_a CC3, rand_b 18C4DC0C0C07398F.
  const random = Buffer.from('0cc318c4dc0c0c07398f', 'hex');
  assert.equal(uuidV7(0x017f22e279b0, random), '017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('bytes and text of a UUID turn into each other', () => {
  const uuid = uuidV7(Date.now());
  assert.equal(uuidToBytes(uuid).length, 16);
  assert.equal(uuidFromBytes(uuidToBytes(uuid)), uuid);
});
