import type { Command } from '@sprout/process';

/**
 * Works on the file of hashes itself, not through the service: the first key must come from
 * somewhere, and whoever may write that file is in charge of the installation.
 */
export const keyCommands: Command[] = [
  {
    name: ['slo', 'key', 'create'],
    summary: 'Make an API key and print it once; only its hash is kept.',
    options: {
      role: { type: 'string', default: 'viewer' },
      name: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    optionHelp: {
      role: 'viewer reads, editor also writes, admin also manages keys and reads the audit log',
      name: 'who or what uses it; records and the audit log show it',
      json: 'print the key with its id, and the hash for a configuration',
    },
    examples: [
      './sprout slo key create --role editor --name ci',
      './sprout slo key create --role viewer --name screen   # its key goes into $SPROUT_API_KEY',
      './sprout slo key create --role editor --name ci --json | jq -r .key',
    ],
    run: async (context) => (await import('./run/key.ts')).create(context),
  },
  {
    name: ['slo', 'key', 'list'],
    summary: 'Keys in force, without what they open.',
    options: { json: { type: 'boolean', default: false } },
    examples: ['./sprout slo key list', "./sprout slo key list --json | jq -r '.items[].name'"],
    run: async (context) => (await import('./run/key.ts')).list(context),
  },
  {
    name: ['slo', 'key', 'revoke'],
    summary: 'Take a key away; sessions that it opened end with it.',
    arguments: 'ID',
    options: { json: { type: 'boolean', default: false } },
    examples: ['./sprout slo key revoke 1f2e3d4c', './sprout slo key revoke 1f2e3d4c --json'],
    run: async (context) => (await import('./run/key.ts')).revoke(context),
  },
];
