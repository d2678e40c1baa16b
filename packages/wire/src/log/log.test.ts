import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleLogs } from '../testing/examples.ts';
import { damaged, fuzz } from '../testing/fuzz.ts';
import { protoDecode, protoEncode } from '../testing/proto.ts';
import { WireError } from '../wire-error.ts';
import { decodeLogs } from './decode.ts';
import { encodeLogs } from './encode.ts';
import { logsFromJson } from './json.ts';
import { validateLogs } from './validate.ts';

test('records survive encoding and decoding', () => {
  assert.deepEqual(decodeLogs(encodeLogs(exampleLogs)), exampleLogs);
});

test('another decoder reads what is encoded', () => {
  assert.deepEqual(protoDecode('Logs', encodeLogs(exampleLogs.slice(1))), {
    resourceLogs: [
      {
        resource: {
          attributes: [{ key: 'service.name', value: { stringValue: 'account' } }],
        },
        scopeLogs: [
          { logRecords: [{ timeUnixNano: '1795000000000000009', body: { stringValue: '' } }] },
        ],
      },
    ],
  });
});

test('a structured body becomes JSON, an unknown severity 0', () => {
  const values = [{ key: 'order', value: { intValue: 5 } }];
  const logRecords = [{ severityNumber: 99, body: { kvlistValue: { values } } }];
  const bytes = protoEncode('Logs', { resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
  const [record] = decodeLogs(bytes);
  assert.equal(record?.body, '{"order":5}');
  assert.equal(record?.severityNumber, 0);
});

test('OTLP/JSON gives the same records as protobuf', () => {
  const records = logsFromJson({
    resourceLogs: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'order' } }] },
        scopeLogs: [
          {
            logRecords: [
              {
                timeUnixNano: '1795000000000000000',
                observedTimeUnixNano: '1795000000000000005',
                severityNumber: 9,
                severityText: 'info',
                body: { stringValue: 'hello' },
                attributes: [{ key: 'order.id', value: { intValue: '17' } }],
                traceId: '0AF7651916CD43DD8448EB211C80319C',
                spanId: 'b7ad6b7169203331',
              },
            ],
          },
        ],
      },
    ],
  });
  assert.deepEqual(decodeLogs(encodeLogs(records)), records);
  assert.equal(records[0]?.traceId, '0af7651916cd43dd8448eb211c80319c');
});

test('damaged bytes decode or throw WireError, and validateLogs agrees', () => {
  const valid = encodeLogs(exampleLogs);
  assert.deepEqual(fuzz(valid, decodeLogs), []);
  for (const bytes of damaged(valid)) {
    assert.deepEqual(
      outcomeOf(() => validateLogs(bytes)),
      outcomeOf(() => decodeLogs(bytes).length),
    );
  }
});

function outcomeOf(work: () => number): number | string {
  try {
    return work();
  } catch (error) {
    assert.ok(error instanceof WireError);
    return 'WireError';
  }
}
