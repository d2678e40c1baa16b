import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findTool } from '@sprout/process';
import { sortedLabels } from '@sprout/wire';
import type { TimeSeries } from '@sprout/wire';
import { writeSeries } from '@sprout/wire/testing';
import { endOf } from './own-program.ts';

/** A series to write; labels include `__name__`. */
export interface WrittenSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: TimeSeries['samples'];
  readonly exemplars?: NonNullable<TimeSeries['exemplars']>;
}

/** A Prometheus of a test's own: empty, on a free port, scraping nothing. */
export interface TestPrometheus {
  readonly url: string;
  /** Remote write; rejects when Prometheus refuses any of it. */
  write(series: readonly WrittenSeries[]): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the Prometheus of this installation in a temporary directory. */
export async function startPrometheus(): Promise<TestPrometheus> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-prometheus-'));
  const configPath = join(directory, 'prometheus.yml');
  writeFileSync(configPath, 'storage: {exemplars: {max_exemplars: 1000}}\n');
  const child = spawn(
    findTool('prometheus', { tools: {} }),
    [
      `--config.file=${configPath}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      '--web.listen-address=127.0.0.1:0',
      '--web.enable-remote-write-receiver',
      '--enable-feature=exemplar-storage',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const stop = endOf(child, directory);
  const url = await addressIn(child);
  const write = (series: readonly WrittenSeries[]) =>
    writeSeries(`${url}/api/v1/write`, series.map(timeSeries));
  return { url, write, stop };
}

/** As remote write takes it. */
export const timeSeries = ({ labels, ...rest }: WrittenSeries): TimeSeries => ({
  labels: sortedLabels(Object.entries(labels)),
  ...rest,
});

async function addressIn(child: ChildProcess): Promise<string> {
  assertPipe(child.stderr);
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const address = /msg="Listening on" address=(\S+)/.exec(line)?.[1];
    if (address === undefined) continue;
    const url = `http://${address}`;
    child.stderr.resume();
    await untilReady(url);
    return url;
  }
  throw new Error(`Prometheus did not start:\n${said.join('\n')}`);
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const response = await fetch(`${url}/-/ready`);
    if (response.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not become ready`);
}

function assertPipe<T>(stream: T | null): asserts stream is T {
  if (stream === null) throw new Error('stderr is not a pipe');
}
