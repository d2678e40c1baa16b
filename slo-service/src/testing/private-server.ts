import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOf, compileConfig, listener, secretPath, startStack } from '@sprout/process';
import type { ProcessSpec } from '@sprout/process';

/** A server that a test can stop and start again at the same address with the same data. */
export interface PrivateServer {
  /** `host:port`. */
  readonly address: string;
  readonly passwordFile: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts MariaDB or Redis with its data in a temporary directory. */
export async function startServer(
  spec: ProcessSpec,
  listenerName: 'mysql' | 'redis',
): Promise<PrivateServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sprout-test-'));
  const place = { services: [], signals: [], objectives: [], dataDir };
  const configOn = (port: number) => compileConfig({ ...place, ports: { [spec.name]: port } }, '/');
  const config = configOn(0);
  let stack = await startStack([spec], config);
  const address = addressOf(config, listener(spec.name, listenerName)) ?? '';
  const port = Number(address.split(':')[1]);
  return {
    address,
    passwordFile: secretPath(config, listenerName),
    stop: () => stack.stop(),
    start: async () => {
      stack = await startStack([spec], configOn(port));
    },
    dispose: async () => {
      await stack.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
