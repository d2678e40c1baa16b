import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { findTool } from '@sprout/process';
import { writeHistory } from './history.ts';
import type { History, OtherSeries } from './history.ts';

/** A Prometheus of the bench's own. */
export interface BenchPrometheus {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A Prometheus that has a history already. */
export async function prometheusOf(history: History, directory: string): Promise<BenchPrometheus> {
  await importHistory(history, directory);
  return startPrometheus(directory);
}

/** Makes blocks of a history in the data of a Prometheus that does not run. */
export async function importHistory(
  history: History,
  directory: string,
  others: readonly OtherSeries[] = [],
): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const text = join(directory, 'history.txt');
  await writeHistory(history, text, others);
  importBlocks(text, directory);
  rmSync(text);
}

/** Turns OpenMetrics text into blocks, as few as promtool makes: it reads the text once for each. */
function importBlocks(text: string, directory: string): void {
  const promtool = join(dirname(findTool('prometheus', { tools: {} })), 'promtool');
  const data = join(directory, 'data');
  const args = [
    'tsdb',
    'create-blocks-from',
    'openmetrics',
    '--max-block-duration=3072h',
    '--quiet',
  ];
  execFileSync(promtool, [...args, text, data], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Starts Prometheus on what lies in a directory, keeping all of it. */
export async function startPrometheus(
  directory: string,
  config = '{}\n',
): Promise<BenchPrometheus> {
  mkdirSync(directory, { recursive: true });
  const configPath = join(directory, 'prometheus.yml');
  writeFileSync(configPath, config);
  const child = spawn(
    findTool('prometheus', { tools: {} }),
    [
      `--config.file=${configPath}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      '--storage.tsdb.retention.time=400d',
      '--web.listen-address=127.0.0.1:0',
      '--web.enable-remote-write-receiver',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  process.once('exit', () => child.kill('SIGKILL'));
  const url = await addressIn(createInterface({ input: child.stderr }));
  child.stderr.resume();
  for (let ready = false; !ready;) ready = (await fetch(`${url}/-/ready`)).ok;
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function addressIn(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const address = /msg="Listening on" address=(\S+)/.exec(line)?.[1];
    if (address !== undefined) return `http://${address}`;
  }
  throw new Error('Prometheus did not start');
}
