import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openJournal } from '../src/index.ts';

// Durable appends per second: node bench/append.ts [--seconds 3] [--bytes 480] [--directory DIR]
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    bytes: { type: 'string', default: '480' },
    directory: { type: 'string', default: tmpdir() },
  },
});
const record = Buffer.alloc(Number(values.bytes), 'x');

for (const appenders of [1, 16, 64]) {
  const { recordsPerSecond, recordsPerCpuSecond } = await measure(appenders);
  process.stdout.write(
    `${appenders} appenders: ${recordsPerSecond} records/s, ${recordsPerCpuSecond} records per CPU-second\n`,
  );
}

async function measure(
  appenders: number,
): Promise<{ recordsPerSecond: number; recordsPerCpuSecond: number }> {
  const directory = await mkdtemp(join(values.directory, 'journal-bench-'));
  const journal = await openJournal({ directory, bytesMax: 8 * 1024 ** 3 });
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  const endMs = startMs + Number(values.seconds) * 1000;
  const appendUntilEnd = async (): Promise<number> => {
    let count = 0;
    for (; performance.now() < endMs; count++) await journal.append(record, 1);
    return count;
  };
  const counts = await Promise.all(Array.from({ length: appenders }, appendUntilEnd));
  const seconds = (performance.now() - startMs) / 1000;
  const { user, system } = process.cpuUsage(startCpu);
  await journal.close();
  await rm(directory, { recursive: true });
  const records = counts.reduce((sum, count) => sum + count, 0);
  return {
    recordsPerSecond: Math.round(records / seconds),
    recordsPerCpuSecond: Math.round(records / ((user + system) / 1e6)),
  };
}
