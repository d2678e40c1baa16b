import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Endpoint, SproutConfig } from './config-schema.ts';
import { SproutError } from './error.ts';

/** What a running process publishes in `<data>/run/<name>.json`. */
export interface RunFile {
  readonly name: string;
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Listener → address: a URL for `http`-like listeners, `host:port` for others. */
  readonly addresses: Readonly<Record<string, string>>;
}

const runFileSchema = z.object({
  name: z.string(),
  pid: z.number().int(),
  startedAt: z.string(),
  addresses: z.record(z.string(), z.string()),
});

type Place = Pick<SproutConfig, 'dataDir'>;

/** Publishes where a process really listens; whole or not at all. */
export function publishRunFile(place: Place, file: Omit<RunFile, 'startedAt'>): void {
  mkdirSync(join(place.dataDir, 'run'), { recursive: true });
  const path = runFilePath(place, file.name);
  const partial = `${path}.${process.pid}.tmp`;
  writeFileSync(partial, JSON.stringify({ ...file, startedAt: new Date().toISOString() }));
  renameSync(partial, path);
}

export function removeRunFile(place: Place, name: string): void {
  rmSync(runFilePath(place, name), { force: true });
}

/** The published addresses of a process, or undefined when it has not published any. */
export function readRunFile(place: Place, name: string): RunFile | undefined {
  let text: string;
  try {
    text = readFileSync(runFilePath(place, name), 'utf8');
  } catch {
    // Not started yet, or stopped: the caller decides what that means.
    return undefined;
  }
  return runFileSchema.parse(JSON.parse(text));
}

export function listRunFiles(place: Place): RunFile[] {
  try {
    return readdirSync(join(place.dataDir, 'run'))
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => readRunFile(place, name.slice(0, -'.json'.length)) ?? []);
  } catch {
    // No directory yet: nothing has ever run here.
    return [];
  }
}

/** The address of an endpoint now, or undefined while its process has published none. */
export function addressOf(place: Place, endpoint: Endpoint): string | undefined {
  if ('url' in endpoint) return endpoint.url;
  return readRunFile(place, endpoint.process)?.addresses[endpoint.listener];
}

/** Waits for an endpoint's address; throws SproutError `ADDRESS_UNKNOWN` after the time limit. */
export async function waitForAddress(
  place: Place,
  endpoint: Endpoint,
  timeoutMs = 60_000,
): Promise<string> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const address = addressOf(place, endpoint);
    if (address !== undefined) return address;
    if (Date.now() > deadline) {
      throw new SproutError('ADDRESS_UNKNOWN', `nobody published ${JSON.stringify(endpoint)}`, {
        hint: './sprout status shows what runs',
      });
    }
    await sleep(50);
  }
}

function runFilePath(place: Place, name: string): string {
  return join(place.dataDir, 'run', `${name}.json`);
}
