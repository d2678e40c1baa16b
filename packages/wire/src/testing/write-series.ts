import { encodeWriteRequest } from '../series/encode.ts';
import type { TimeSeries } from '../series/time-series.ts';
import { compressSnappy } from '../snappy/block.ts';

/** Remote write to a test's own Prometheus; rejects when it refuses any of it. */
export async function writeSeries(
  url: string,
  series: readonly TimeSeries[],
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
      ...headers,
    },
    body: Buffer.from(compressSnappy(encodeWriteRequest(series))),
  });
  if (!response.ok) throw new Error(`remote write: ${response.status} ${await response.text()}`);
}
