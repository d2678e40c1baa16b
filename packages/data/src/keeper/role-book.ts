import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { mariadbNames } from '../servers/mariadb-names.ts';
import type { RoleBook } from './mysql-roles.ts';

const schema = z.object({ primary: z.enum(mariadbNames), inSync: z.boolean() });

/** Where the roles of an installation stand. */
export const roleBookPath = ({ dataDir }: { readonly dataDir: string }): string =>
  join(dataDir, 'data-keeper', 'roles.json');

/** The roles in a file, written whole or not at all, and only when they change. */
export function openRoleBook(path: string): RoleBook {
  let roles = read(path);
  return {
    primary: () => roles.primary,
    inSync: () => roles.inSync,
    write: (primary, inSync) => {
      if (roles.primary === primary && roles.inSync === inSync) return;
      roles = { primary, inSync };
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, JSON.stringify(roles));
      renameSync(`${path}.new`, path);
    },
  };
}

function read(path: string): z.infer<typeof schema> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // The first start: the first server is the primary.
    return { primary: 'mariadb', inSync: false };
  }
  return schema.parse(JSON.parse(text));
}
