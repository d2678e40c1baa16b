import assert from 'node:assert/strict';
import { test } from 'node:test';
import { protoDecode } from '../testing/proto.ts';
import { encodeExportResponse, exportResponseToJson } from './export.ts';
import { encodeStatus } from './status.ts';

test('a status carries its code and message', () => {
  assert.deepEqual(protoDecode('RpcStatus', encodeStatus(14, 'the journal is full')), {
    code: 14,
    message: 'the journal is full',
  });
});

test('full success is the empty message, partial success says how many and why', () => {
  assert.equal(encodeExportResponse().length, 0);
  assert.deepEqual(exportResponseToJson('logs'), {});
  const partial = { rejected: 3, message: 'delta' };
  assert.deepEqual(protoDecode('ExportResponse', encodeExportResponse(partial)), {
    partialSuccess: { rejected: '3', errorMessage: 'delta' },
  });
  assert.deepEqual(exportResponseToJson('metrics', partial), {
    partialSuccess: { rejectedDataPoints: '3', errorMessage: 'delta' },
  });
});
