import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { observe } from '@sprout/instrumentation';
import type { Observability } from '@sprout/instrumentation';
import { compileConfig, saveConfig, startStack } from '@sprout/process';
import type { ConfigInput, ProcessSpec, SproutConfig, Stack, StackOptions } from '@sprout/process';

/** Processes of a test: on free ports, with their data in a temporary directory. */
export interface PrivateProcesses {
  readonly config: SproutConfig;
  readonly stack: Stack;
  stop(): Promise<void>;
}

/** Starts processes for a test and waits until they are healthy. */
export async function startPrivately(
  wanted: readonly ProcessSpec[] | ((config: SproutConfig) => readonly ProcessSpec[]),
  market: ConfigInput['market'] = {},
  telemetry: ConfigInput['telemetry'] = {},
  options: StackOptions = {},
): Promise<PrivateProcesses> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sprout-test-'));
  const input = { services: [], signals: [], objectives: [], dataDir, market, telemetry };
  const names = Object.keys(compileConfig(input, '/').ports);
  const ports = Object.fromEntries(names.map((name) => [name, 0]));
  const config = compileConfig({ ...input, ports }, '/');
  const processes = typeof wanted === 'function' ? wanted(config) : wanted;
  saveConfig(config, join(dataDir, 'config.json'));
  const stack = await startStack(processes, config, options);
  return {
    config,
    stack,
    stop: async () => {
      await stack.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Telemetry that is measured and sent nowhere. */
export function quietTelemetry(): Observability {
  return observe({
    service: 'test',
    endpoints: () => ({}),
    logLevel: process.env['SPROUT_LOG_LEVEL'] ?? 'error',
    pushLogs: false,
    processMetrics: false,
    handleSignals: false,
  });
}
