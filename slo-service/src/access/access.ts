import { readFileSync } from 'node:fs';
import { secret } from '@sprout/process';
import type { AccessKey, SproutConfig } from '@sprout/process';
import { keysPath, openKeyFile } from './key-file.ts';
import type { KeyFile } from './key-file.ts';
import { createOidc } from './oidc.ts';
import type { Oidc } from './oidc.ts';
import { createSessions } from './session.ts';
import type { Sessions } from './session.ts';

/** What callers are known by; there is none where everything is open. */
export interface Access {
  readonly keyFile: KeyFile;
  /** Those of the configuration and of the file, as they are now. */
  keys(): readonly AccessKey[];
  readonly oidc: Oidc | undefined;
  readonly sessions: Sessions;
  /** Alertmanager shows it with every notification. */
  readonly webhookToken: string;
  readonly openMetrics: boolean;
}

/** Prepares access as configured; undefined without a section `access`. */
export function createAccess(config: SproutConfig): Access | undefined {
  const { access } = config;
  if (access === undefined) return undefined;
  const keyFile = openKeyFile(keysPath(config));
  const { webhookTokenFile: tokenFile } = access;
  return {
    keyFile,
    keys: () => [...access.keys, ...keyFile.keys()],
    oidc: access.oidc && createOidc(access.oidc),
    sessions: createSessions(config),
    webhookToken:
      tokenFile === undefined ? secret(config, 'webhook') : readFileSync(tokenFile, 'utf8').trim(),
    openMetrics: access.openMetrics,
  };
}
