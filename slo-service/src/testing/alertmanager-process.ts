import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTool, launchAlertmanager, relocateAlertmanager } from '@sprout/process';
import { endOf } from './own-program.ts';

/** An Alertmanager of a test's own. */
export interface TestAlertmanager {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the Alertmanager of this installation in a temporary directory. It notifies nobody, or a
 * webhook at once, of groups by `page_group`.
 */
export async function startAlertmanager(webhookUrl?: string): Promise<TestAlertmanager> {
  const directory = mkdtempSync(join(tmpdir(), 'sprout-alertmanager-'));
  const configPath = join(directory, 'alertmanager.yml');
  writeFileSync(configPath, configOf(webhookUrl));
  const binary = findTool('alertmanager', { tools: {} });
  relocateAlertmanager(binary, directory);
  const port = await freePort();
  const { file, args } = launchAlertmanager(binary, directory, [
    `--config.file=${configPath}`,
    `--storage.path=${join(directory, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ]);
  const child = spawn(file, args, { stdio: 'ignore' });
  const stop = endOf(child, directory);
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url);
  return { url, stop };
}

/** JSON is YAML. */
function configOf(webhookUrl: string | undefined): string {
  if (webhookUrl === undefined) return 'route: {receiver: none}\nreceivers: [{name: none}]\n';
  const waits = { group_wait: '0s', group_interval: '1s' };
  const route = { receiver: 'hook', group_by: ['page_group'], ...waits };
  const receivers = [{ name: 'hook', webhook_configs: [{ url: webhookUrl }] }];
  return JSON.stringify({ route, receivers });
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const isReady = await fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not become ready`);
}

/** A port that nobody listens on now, for programs that must be told one. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
