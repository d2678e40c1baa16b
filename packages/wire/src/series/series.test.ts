import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from '../testing/fuzz.ts';
import { protoDecode, protoEncode } from '../testing/proto.ts';
import { decodeWriteRequest } from './decode.ts';
import { encodeWriteRequest } from './encode.ts';
import { sortedLabels } from './time-series.ts';
import type { TimeSeries } from './time-series.ts';

const series: readonly TimeSeries[] = [
  {
    labels: sortedLabels([
      ['service', '주문'],
      ['__name__', 'http_requests_total'],
      ['empty', ''],
    ]),
    samples: [
      { value: 17.5, timestampMs: 1_795_000_000_123 },
      { value: -0, timestampMs: -1 },
      { value: Infinity, timestampMs: 0 },
    ],
    exemplars: [{ labels: [['trace_id', 'abc']], value: 0.3, timestampMs: 1_795_000_000_100 }],
  },
  { labels: [['__name__', 'up']], samples: [{ value: Number.NaN, timestampMs: 5 }] },
];

test('series survive encoding and decoding, labels sorted and empty ones gone', () => {
  assert.deepEqual(decodeWriteRequest(encodeWriteRequest(series)), series);
  assert.deepEqual(series[0]?.labels, [
    ['__name__', 'http_requests_total'],
    ['service', '주문'],
  ]);
});

test('the end of a series keeps its bits and is told apart from NaN', () => {
  const ended: TimeSeries = {
    labels: [['__name__', 'up']],
    samples: [{ value: Number.NaN, timestampMs: 7, stale: true }],
  };
  const bytes = encodeWriteRequest([ended]);
  assert.ok(Buffer.from(bytes).includes(Buffer.from('020000000000f07f', 'hex')));
  assert.deepEqual(decodeWriteRequest(bytes), [ended]);
  const other = decodeWriteRequest(encodeWriteRequest(series.slice(1)));
  assert.equal(other[0]?.samples[0]?.stale, undefined);
});

test('another decoder reads what is encoded, and the other way round', () => {
  const request = {
    timeseries: [
      {
        labels: [{ name: '__name__', value: 'up' }],
        samples: [{ value: 1.5, timestamp: '-9007199254740991' }],
      },
    ],
  };
  const expected = [
    {
      labels: [['__name__', 'up']],
      samples: [{ value: 1.5, timestampMs: -9_007_199_254_740_991 }],
    },
  ];
  const decoded = decodeWriteRequest(protoEncode('Write', request));
  assert.deepEqual(decoded, expected);
  assert.deepEqual(protoDecode('Write', encodeWriteRequest(decoded)), request);
});

test('damaged requests decode or throw WireError', () => {
  assert.deepEqual(fuzz(encodeWriteRequest(series), decodeWriteRequest), []);
});
