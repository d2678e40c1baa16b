import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeLogs, decodeTraces, encodeLogs, encodeTraces, logsFromLokiJson } from '@sprout/wire';
import { testSpan } from '../fixture/spans.ts';
import { createRedaction } from './redact.ts';

const redaction = createRedaction(['authorization', 'user.email']);

test('values of redacted keys are replaced in any case, wherever attributes stand', () => {
  const span = testSpan({
    attributes: { Authorization: 'Bearer x', nested: { AUTHORIZATION: 'y', kept: 1 }, other: 'z' },
    events: [{ timeNs: 1n, name: 'e', attributes: { 'user.email': 7 } }],
    links: [{ traceId: '1'.repeat(32), spanId: '2'.repeat(16), attributes: { authorization: '' } }],
    resource: { 'service.name': 'order', authorization: ['a', 'b'] },
  });
  const { bytes, replaced } = redaction.traces(encodeTraces([span]));
  const [clean] = decodeTraces(bytes);
  assert.equal(replaced, 5);
  assert.deepEqual(clean?.attributes, {
    Authorization: '[redacted]',
    nested: { AUTHORIZATION: '[redacted]', kept: 1 },
    other: 'z',
  });
  assert.deepEqual(clean?.events[0]?.attributes, { 'user.email': '[redacted]' });
  assert.deepEqual(clean?.links[0]?.attributes, { authorization: '[redacted]' });
  assert.deepEqual(clean?.resource, { 'service.name': 'order', authorization: '[redacted]' });
});

test('e-mail addresses are replaced in lines and attributes, the rest of the text stays', () => {
  const records = logsFromLokiJson({
    streams: [
      {
        stream: { service: 'account' },
        values: [['1', 'sent to kim.min-su+x@mail.example.co.kr, ok', { to: 'a@b.io', n: '3' }]],
      },
    ],
  });
  const { bytes, replaced } = redaction.logs(encodeLogs(records));
  const [clean] = decodeLogs(bytes);
  assert.equal(clean?.body, 'sent to [redacted], ok');
  assert.deepEqual(clean?.attributes, { to: '[redacted]', n: '3' });
  assert.equal(replaced, 2);
});

test('bytes without a hit travel on as they are, even when they mention a key', () => {
  const span = testSpan({
    name: 'authorization',
    attributes: { note: 'authorization user.email', package: 'wire@1.2.3', at: 'root@localhost' },
  });
  const bytes = encodeTraces([span]);
  assert.equal(redaction.traces(bytes).bytes, bytes);
});

test('no text takes more than linear time', () => {
  const record = logsFromLokiJson({
    streams: [
      { stream: {}, values: [['1', `${'a'.repeat(500_000)}@${'b.'.repeat(100_000)} x@y.z`]] },
    ],
  });
  const bytes = encodeLogs(record);
  const start = performance.now();
  redaction.logs(bytes);
  assert.ok(performance.now() - start < 10_000);
});
