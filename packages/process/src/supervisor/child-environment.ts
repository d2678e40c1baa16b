import { join } from 'node:path';
import type { SproutConfig } from '../config-schema.ts';
import { projectRoot } from '../project-root.ts';
import type { ProcessSpec } from '../process-spec.ts';
import { secretVariable } from '../secrets.ts';

/**
 * What a process finds in its environment: ours, without the secrets that it does not read. These
 * are `$SPROUT_SECRET_*`, `$SPROUT_API_KEY` and what the configuration names for a password.
 */
export function childEnvironment(
  {
    secrets = [],
    readsConfiguredSecrets = false,
  }: Pick<ProcessSpec, 'secrets' | 'readsConfiguredSecrets'>,
  config: SproutConfig,
): NodeJS.ProcessEnv {
  const configured = new Set(variablesIn(config));
  const given = new Set(
    secrets.map((name) => (name === 'api-key' ? apiKey : secretVariable(name))),
  );
  if (readsConfiguredSecrets) for (const variable of configured) given.add(variable);
  const isSecret = (variable: string) =>
    variable.startsWith('SPROUT_SECRET_') || variable === apiKey || configured.has(variable);
  return {
    // Node services start faster when their compiled code is kept.
    NODE_COMPILE_CACHE: join(projectRoot, '.sprout', 'cache', 'compile'),
    ...Object.fromEntries(
      Object.entries(process.env).filter(
        ([variable]) => !isSecret(variable) || given.has(variable),
      ),
    ),
    SPROUT_CONFIG: join(config.dataDir, 'config.json'),
  };
}

const apiKey = 'SPROUT_API_KEY';

/** Names in places of secrets, `{ env: NAME }`, wherever they stand. */
function variablesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const [only, ...others] = entries;
  if (only?.[0] === 'env' && others.length === 0 && typeof only[1] === 'string') return [only[1]];
  return entries.flatMap(([, inner]) => variablesIn(inner));
}
