import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { listener, removeRunFile, waitForAddress } from '@sprout/process';
import type { TestConfig } from './test-config.ts';

/** The service in a process of its own. */
export interface ServiceProcess {
  readonly url: string;
  readonly pid: number;
  /** Ends it and resolves when it is gone: SIGKILL leaves it no time for anything. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Stops it where it stands, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

const mainPath = join(import.meta.dirname, '..', 'main.ts');

/** Starts the service and resolves when it has published its address. */
export async function startServiceProcess({ config, path }: TestConfig): Promise<ServiceProcess> {
  // A killed predecessor has left its run file behind.
  removeRunFile(config, 'slo-service');
  const child = spawn(process.execPath, [mainPath], {
    env: { ...process.env, SPROUT_CONFIG: path, SPROUT_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  // A test that breaks off must not leave it running.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const url = await waitForAddress(config, listener('slo-service'));
  return {
    url,
    pid: child.pid ?? 0,
    signal: (signal) => void child.kill(signal),
    end: async (signal) => {
      process.off('exit', kill);
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
