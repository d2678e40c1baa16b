import assert from 'node:assert/strict';
import { test } from 'node:test';
import { damaged, fuzz } from '../testing/fuzz.ts';
import { exampleSpans } from '../testing/examples.ts';
import { protoDecode, protoEncode } from '../testing/proto.ts';
import { WireError } from '../wire-error.ts';
import { decodeTraces } from './decode.ts';
import { encodeTraces } from './encode.ts';
import { validateTraces } from './validate.ts';

test('spans survive encoding and decoding', () => {
  assert.deepEqual(decodeTraces(encodeTraces(exampleSpans)), exampleSpans);
});

test('spans of one resource and scope share a group, whatever objects hold the resource', () => {
  const [span] = exampleSpans;
  assert.ok(span);
  const copies = [span, { ...span, resource: { ...span.resource } }, { ...span, scope: 'other' }];
  const request = protoDecode('Traces', encodeTraces(copies));
  assert.ok(typeof request === 'object' && request !== null && 'resourceSpans' in request);
  assert.deepEqual(
    JSON.stringify(request.resourceSpans)
      .match(/"spans":|"resource":/g)
      ?.join(''),
    '"resource":"spans":"spans":',
  );
});

test('another decoder reads what is encoded', () => {
  assert.deepEqual(protoDecode('Traces', encodeTraces(exampleSpans.slice(1))), {
    resourceSpans: [
      {
        resource: {
          attributes: [
            { key: 'service.name', value: { stringValue: 'order' } },
            { key: 'process.pid', value: { intValue: '4711' } },
          ],
        },
        scopeSpans: [
          {
            scope: { name: 'mysql2' },
            spans: [
              {
                traceId: '0af7651916cd43dd8448eb211c80319c',
                spanId: '3333333333333333',
                parentSpanId: 'b7ad6b7169203331',
                name: 'SELECT market_order',
                kind: 3,
                startTimeUnixNano: '1795000000010000000',
                endTimeUnixNano: '1795000000012500000',
                attributes: [
                  { key: 'db.system.name', value: { stringValue: 'mariadb' } },
                  { key: 'server.address', value: { stringValue: '127.0.0.1' } },
                ],
              },
            ],
          },
        ],
      },
    ],
  });
});

test('what another encoder writes is read, fields we do not keep included', () => {
  const bytes = protoEncode('Traces', {
    resourceSpans: [
      {
        schemaUrl: 'https://opentelemetry.io/schemas/1.30.0',
        resource: {
          attributes: [{ key: 'service.name', value: { stringValue: 'account' } }],
          droppedAttributesCount: 3,
        },
        scopeSpans: [
          {
            scope: { name: 's', version: '1' },
            spans: [
              {
                traceId: Buffer.alloc(16, 1),
                spanId: Buffer.alloc(8, 2),
                traceState: 'a=b',
                name: 'n',
                flags: 257,
                attributes: [
                  { key: 'i', value: { intValue: '-9007199254740993' } },
                  { key: 'kv', value: { kvlistValue: { values: [{ key: 'x', value: {} }] } } },
                ],
                status: { code: 1 },
              },
            ],
          },
        ],
      },
    ],
  });
  const [span, ...others] = decodeTraces(bytes);
  assert.equal(others.length, 0);
  assert.deepEqual(span, {
    traceId: '01'.repeat(16),
    spanId: '02'.repeat(8),
    parentSpanId: '',
    name: 'n',
    kind: 0,
    startNs: 0n,
    endNs: 0n,
    attributes: { i: -9_007_199_254_740_993n, kv: { x: null } },
    events: [],
    links: [],
    status: { code: 1, message: '' },
    resource: { 'service.name': 'account' },
    scope: 's',
  });
});

test('concatenated requests are one merged request', () => {
  const one = encodeTraces(exampleSpans);
  assert.equal(decodeTraces(Buffer.concat([one, one])).length, 4);
  assert.equal(validateTraces(Buffer.concat([one, one])), 4);
});

test('an empty request has no spans', () => {
  assert.deepEqual(decodeTraces(new Uint8Array()), []);
  assert.equal(encodeTraces([]).length, 0);
});

test('damaged bytes decode or throw WireError, never anything else', () => {
  assert.deepEqual(fuzz(encodeTraces(exampleSpans), decodeTraces), []);
});

test('validateTraces throws exactly when decodeTraces does, and counts the same spans', () => {
  for (const bytes of damaged(encodeTraces(exampleSpans))) {
    assert.deepEqual(
      outcomeOf(() => validateTraces(bytes)),
      outcomeOf(() => decodeTraces(bytes).length),
    );
  }
});

test('values nested too deep are refused by both', () => {
  let value: object = { stringValue: 'deep' };
  for (let depth = 0; depth < 40; depth++) value = { arrayValue: { values: [value] } };
  const spans = [{ attributes: [{ key: 'a', value }] }];
  const bytes = protoEncode('Traces', { resourceSpans: [{ scopeSpans: [{ spans }] }] });
  assert.throws(() => decodeTraces(bytes), WireError);
  assert.throws(() => validateTraces(bytes), WireError);
});

test('identifiers of another length are refused', () => {
  const spans = [{ traceId: Buffer.alloc(15, 1) }];
  const bytes = protoEncode('Traces', { resourceSpans: [{ scopeSpans: [{ spans }] }] });
  assert.throws(() => decodeTraces(bytes), WireError);
  assert.throws(() => validateTraces(bytes), WireError);
});

test('an attribute named __proto__ is an ordinary attribute', () => {
  const attributes = [
    { key: '__proto__', value: { kvlistValue: { values: [{ key: 'admin', value: {} }] } } },
  ];
  const bytes = protoEncode('Traces', {
    resourceSpans: [{ scopeSpans: [{ spans: [{ attributes }] }] }],
  });
  const [span] = decodeTraces(bytes);
  assert.ok(span);
  assert.deepEqual(Object.keys(span.attributes), ['__proto__']);
  assert.equal('admin' in span.attributes, false);
});

function outcomeOf(work: () => number): number | string {
  try {
    return work();
  } catch (error) {
    assert.ok(error instanceof WireError);
    return 'WireError';
  }
}
