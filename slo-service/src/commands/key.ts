import { SproutError, roles } from '@sprout/process';
import type { Command, CommandContext, Role } from '@sprout/process';
import { usageError } from '@sprout/process/cli';
import { createKey } from '../access/api-key.ts';
import { keysPath, openKeyFile } from '../access/key-file.ts';
import { table } from './table.ts';

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
    ],
    run: create,
  },
  {
    name: ['slo', 'key', 'list'],
    summary: 'Keys in force, without what they open.',
    options: { json: { type: 'boolean', default: false } },
    examples: ['./sprout slo key list'],
    run: list,
  },
  {
    name: ['slo', 'key', 'revoke'],
    summary: 'Take a key away; sessions that it opened end with it.',
    arguments: 'ID',
    options: { json: { type: 'boolean', default: false } },
    examples: ['./sprout slo key revoke 1f2e3d4c'],
    run: revoke,
  },
];

async function create(context: CommandContext): Promise<number> {
  const { values, print, warn } = context;
  const role = roleOf(values['role']);
  const name = values['name'];
  if (typeof name !== 'string' || name.trim() === '') {
    throw usageError('--name is missing', 'say who or what uses the key, for example --name ci');
  }
  const config = context.config();
  const { key, kept } = createKey(name.trim().slice(0, 100), role, Date.now());
  openKeyFile(keysPath(config)).add(kept);
  print(values['json'] === true ? JSON.stringify({ ...kept, key }) : key);
  warn(`${kept.id}: the ${role} key of ${kept.name}; it is not shown again`);
  if (config.access === undefined) {
    warn('nobody is asked for keys yet: write access: {} in sprout.config.ts');
  }
  return 0;
}

async function list(context: CommandContext): Promise<number> {
  const config = context.config();
  const keys = [...(config.access?.keys ?? []), ...openKeyFile(keysPath(config)).keys()];
  const items = keys.map(({ id, name, role, createdAt = null }) => ({ id, name, role, createdAt }));
  if (context.values['json'] === true) context.print(JSON.stringify({ items }));
  else if (items.length === 0) context.print('no keys');
  else {
    const rows = items.map(({ id, name, role, createdAt }) => [id, role, createdAt ?? '', name]);
    table([['ID', 'ROLE', 'CREATED', 'NAME'], ...rows]).forEach(context.print);
  }
  return 0;
}

async function revoke(context: CommandContext): Promise<number> {
  const [id = ''] = context.positionals;
  const removed = openKeyFile(keysPath(context.config())).remove(id);
  if (removed === undefined) {
    throw new SproutError('KEY_ID_UNKNOWN', `there is no key "${id}" in the file`, {
      hint: './sprout slo key list shows them; those of sprout.config.ts are taken away there',
    });
  }
  const { id: gone, name, role } = removed;
  if (context.values['json'] === true) context.print(JSON.stringify({ id: gone, name, role }));
  else context.print(`${gone} of ${name} opens nothing any more`);
  return 0;
}

function roleOf(text: unknown): Role {
  const role = roles.find((one) => one === text);
  if (role !== undefined) return role;
  throw usageError(`--role ${String(text)} is no role`, `write one of ${roles.join(', ')}`);
}
