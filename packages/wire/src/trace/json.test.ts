import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleSpans } from '../testing/examples.ts';
import { WireError } from '../wire-error.ts';
import { spansToOtlpJson, tracesFromJson } from './json.ts';

function requestWith(span: object): unknown {
  return { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
}

test('spans survive OTLP/JSON', () => {
  const json: unknown = JSON.parse(JSON.stringify(spansToOtlpJson(exampleSpans)));
  assert.deepEqual(tracesFromJson(json), exampleSpans);
});

test('identifiers in capitals, numbers for 64-bit integers and unknown fields are accepted', () => {
  const [span] = tracesFromJson({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'product' } }] },
        scopeSpans: [
          {
            scope: { name: 'sdk', version: '1.0' },
            spans: [
              {
                traceId: '5B8EFFF798038103D269B633813FC60C',
                spanId: 'EEE19B7EC3C1B174',
                name: 'server',
                kind: 2,
                startTimeUnixNano: 1_795_000_000_000_000_000,
                endTimeUnixNano: '1795000000000000001',
                futureField: { any: 'thing' },
                attributes: [{ key: 'n', value: { intValue: '42' } }],
                status: null,
              },
            ],
          },
        ],
      },
    ],
  });
  assert.equal(span?.traceId, '5b8efff798038103d269b633813fc60c');
  assert.equal(span?.endNs, 1_795_000_000_000_000_001n);
  assert.deepEqual(span?.attributes, { n: 42 });
  assert.deepEqual(span?.status, { code: 0, message: '' });
});

test('a field that does not fit is refused by its name', () => {
  const wrong: [unknown, RegExp][] = [
    [[], /request must be an object, not a list/],
    [{ resourceSpans: {} }, /resourceSpans must be a list/],
    [requestWith({ kind: 'SPAN_KIND_SERVER' }), /span\.kind must be an integer/],
    [requestWith({ traceId: 'xyz' }), /span\.traceId must be 32 hexadecimal digits, not "xyz"/],
    [requestWith({ startTimeUnixNano: 1.5 }), /startTimeUnixNano must be a whole number/],
    [requestWith({ name: 5 }), /span\.name must be text/],
    [requestWith({ attributes: [{ key: 'a', value: { boolValue: 'yes' } }] }), /true or false/],
  ];
  for (const [json, message] of wrong) {
    assert.throws(
      () => tracesFromJson(json),
      (error) => error instanceof WireError && message.test(error.message),
    );
  }
});

test('values nested too deep are refused', () => {
  let value: object = { stringValue: 'deep' };
  for (let depth = 0; depth < 40; depth++) value = { arrayValue: { values: [value] } };
  assert.throws(
    () => tracesFromJson(requestWith({ attributes: [{ key: 'a', value }] })),
    WireError,
  );
});
