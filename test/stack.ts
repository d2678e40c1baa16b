import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileConfig, installTools, readRunFile, startStack } from '@sprout/process';
import type { ConfigInput, SproutConfig, Stack, StackOptions } from '@sprout/process';
import { stackProcesses } from '../processes.ts';
import sproutConfig from '../sprout.config.ts';

/** A whole stack of real processes on free ports, with its data in a temporary directory. */
export interface TestStack {
  readonly config: SproutConfig;
  readonly stack: Stack;
  /** The URL of a process's listener now; it changes when the process is started again. */
  url(process: string, listener?: string): string;
  stop(): Promise<void>;
}

/** Starts everything `./sprout up` starts, compressed by `timeScale`. */
export async function startTestStack(
  options: Partial<ConfigInput> & { readonly timeScale: number },
  stackOptions: StackOptions = {},
): Promise<TestStack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sprout-stack-'));
  const config = compileConfig({ ...sproutConfig, ports: freePorts(), ...options, dataDir }, '/');
  const specs = stackProcesses(config);
  const tools = specs.flatMap((spec) => spec.tools);
  await installTools(tools, config, { announce: console.error, progress: () => undefined });
  const stack = await startStack(specs, config, stackOptions);
  return {
    config,
    stack,
    url: (name, listener = 'http') => addressOf(config, name, listener),
    stop: async () => {
      await stack.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Every listener takes a free port. */
function freePorts(): Record<string, number> {
  const { ports } = compileConfig(sproutConfig, '/');
  return Object.fromEntries(Object.keys(ports).map((name) => [name, 0]));
}

function addressOf(config: SproutConfig, name: string, listener: string): string {
  const address = readRunFile(config, name)?.addresses[listener];
  if (address === undefined) throw new Error(`${name} has not published "${listener}"`);
  return address;
}
