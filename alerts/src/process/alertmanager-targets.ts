import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SproutConfig } from '@sprout/process';

/** File in which Prometheus looks up Alertmanager; it reads it again whenever it changes. */
export const alertmanagerTargetsFile = (config: Pick<SproutConfig, 'dataDir'>): string =>
  join(config.dataDir, 'prometheus', 'alertmanagers.json');

/** Tells Prometheus where Alertmanager is, so that neither has to be started first. */
export function writeAlertmanagerTargets(
  config: Pick<SproutConfig, 'dataDir'>,
  url: string | undefined,
): void {
  const path = alertmanagerTargetsFile(config);
  const partial = `${path}.${process.pid}.tmp`;
  mkdirSync(join(config.dataDir, 'prometheus'), { recursive: true });
  writeFileSync(partial, JSON.stringify(url === undefined ? [] : [targetGroup(url)]));
  renameSync(partial, path);
}

function targetGroup(url: string) {
  const { protocol, host, pathname } = new URL(url);
  return {
    targets: [host],
    labels: {
      __scheme__: protocol.slice(0, -1),
      ...(pathname !== '/' && { __alerts_path__: `${pathname.replace(/\/$/, '')}/api/v2/alerts` }),
    },
  };
}
