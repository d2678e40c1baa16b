import { SproutError, roles } from '@sprout/process';
import type { CommandContext, Role } from '@sprout/process';
import { usageError } from '@sprout/process/cli';
import { createKey } from '../../access/api-key.ts';
import { keysPath, openKeyFile } from '../../access/key-file.ts';
import { table } from './table.ts';

/** `sprout slo key create`. */
export async function create(context: CommandContext): Promise<number> {
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

/** `sprout slo key list`. */
export async function list(context: CommandContext): Promise<number> {
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

/** `sprout slo key revoke`. */
export async function revoke(context: CommandContext): Promise<number> {
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
