import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseExposition } from '../exposition/parse.ts';
import { logsFromLokiJson } from '../loki/json.ts';
import { parseStreamLabels } from '../loki/labels.ts';
import { otlpMetricsToSeries } from '../metric/to-series.ts';
import { WireError } from '../wire-error.ts';
import { closingQuote } from './quoted.ts';

test('a quoted text ends at the first quote that is not escaped', () => {
  assert.equal(closingQuote('ab"c"', 0), 2);
  assert.equal(closingQuote('ab"c"', 3), 4);
  assert.equal(closingQuote(String.raw`a\"b"`, 0), 4);
  assert.equal(closingQuote(String.raw`a\\"b"`, 0), 3);
  assert.equal(closingQuote(String.raw`\\\\\"`, 0), -1);
  assert.equal(closingQuote('abc', 0), -1);
  assert.equal(closingQuote('abc\\', 0), -1);
});

/** Far above what linear work needs, far below what quadratic work on these inputs takes. */
const workMsMax = 3000;
const long = 200_000;

test('long and repetitive input is read in linear time, or refused with WireError', () => {
  const x = 'x'.repeat(50 * long);
  const cases: [string, () => unknown][] = [
    ['label value', () => parseStreamLabels(`{a="${x}"}`)],
    ['open label value', () => parseStreamLabels(`{a="${x}`)],
    ['quotes', () => parseStreamLabels(`{a="${'"'.repeat(long)}`)],
    ['quotes and names', () => parseStreamLabels(`{a="${'",a'.repeat(long)}`)],
    ['spaces behind a quote', () => parseStreamLabels(`{a=""${' '.repeat(long)},,`)],
    ['escapes', () => parseStreamLabels(`{a="${String.raw`\"`.repeat(long)}`)],
    ['labels', () => parseStreamLabels(`{${'a="b",'.repeat(long)}}`)],
    ['sample label', () => parseExposition(`a{b="${x}"} 1`, 'text/plain')],
    ['open sample label', () => parseExposition(`a{b="${x}`, 'text/plain')],
    ['sample labels', () => parseExposition(`a{${manyLabels()}} 1`, 'text/plain')],
    ['digits', () => parseExposition(`a ${'1'.repeat(long)}x`, 'text/plain')],
    ['spaces in a comment', () => parseExposition(`#${' '.repeat(long)}x`, 'text/plain')],
    ['trace ids', () => logsFromLokiJson(pushOf('traceid= '.repeat(long)))],
    ['metric name', () => otlpMetricsToSeries(counterNamed('a.'.repeat(long)))],
    ['buckets', () => otlpMetricsToSeries(histogramOf(long))],
  ];
  for (const [name, work] of cases) {
    const startMs = performance.now();
    try {
      work();
    } catch (error) {
      assert.ok(error instanceof WireError, `${name}: ${String(error)}`);
    }
    const tookMs = performance.now() - startMs;
    assert.ok(tookMs < workMsMax, `${name} took ${tookMs} ms`);
  }
});

function manyLabels(): string {
  return Array.from({ length: long }, (_none, index) => `a${index}="b"`).join(',');
}

function pushOf(line: string): unknown {
  return { streams: [{ stream: {}, values: [['1', line]] }] };
}

function metricsWith(metric: object): unknown {
  return { resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] };
}

function counterNamed(name: string): unknown {
  const sum = { isMonotonic: true, aggregationTemporality: 2, dataPoints: [{ asInt: 1 }] };
  return metricsWith({ name, sum });
}

function histogramOf(bounds: number): unknown {
  const explicitBounds = Array.from({ length: bounds }, (_none, index) => index);
  const bucketCounts = Array.from({ length: bounds + 1 }, () => 1);
  const dataPoints = [{ explicitBounds, bucketCounts }];
  return metricsWith({ name: 'h', histogram: { aggregationTemporality: 2, dataPoints } });
}
