import { HttpProblem, roles } from '@sprout/process';
import { Router, json } from 'express';
import { z } from 'zod';
import { bodyOf } from '../api/input.ts';
import type { ServiceContext } from '../service-context.ts';
import { createKey } from './api-key.ts';
import type { Access } from './access.ts';

/** A key as admins see it; what it opens is shown once and not kept. */
export const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  createdAt: z.iso.datetime().nullable(),
  /** Keys of the configuration are taken away there. */
  from: z.enum(['configuration', 'file']),
});
export const keyListSchema = z.object({ items: z.array(keySchema) });
export const newKeySchema = keySchema.extend({ key: z.string() });
export const keyInputSchema = z.object({
  name: z.string().trim().min(1).max(100),
  role: z.enum(roles),
});

const bodyBytesMax = 4096;

/** Routes under `/api/v1/keys`. */
export function keyRoutes({ access, now }: ServiceContext): Router {
  const router = Router();
  router.get('/', (_request, response) => {
    response.json({ items: access === undefined ? [] : listKeys(access) });
  });
  router.post('/', json({ limit: bodyBytesMax }), (request, response) => {
    const { keyFile } = needed(access);
    const { name, role } = bodyOf(request, keyInputSchema);
    const { key, kept } = createKey(name, role, now());
    keyFile.add(kept);
    const { id, createdAt = null } = kept;
    response.status(201).json({ id, name, role, createdAt, from: 'file', key });
  });
  router.delete('/:id', ({ params }, response) => {
    const removed = needed(access).keyFile.remove(params.id);
    if (removed === undefined) throw unknownKey(params.id);
    const { id, name, role, createdAt = null } = removed;
    response.json({ id, name, role, createdAt, from: 'file' });
  });
  return router;
}

function listKeys({ keys, keyFile }: Access): z.output<typeof keySchema>[] {
  const inFile = new Set(keyFile.keys());
  return keys().map((each) => {
    const { id, name, role, createdAt = null } = each;
    return { id, name, role, createdAt, from: inFile.has(each) ? 'file' : 'configuration' };
  });
}

function needed(access: Access | undefined): Access {
  if (access !== undefined) return access;
  throw new HttpProblem(409, 'Nobody is asked for a key', {
    code: 'ACCESS_OPEN',
    detail: 'the configuration has no section access, so everything is open on loopback',
    hint: 'write access: {} in sprout.config.ts and start again',
  });
}

const unknownKey = (id: string) =>
  new HttpProblem(404, 'There is no such key', {
    code: 'KEY_ID_UNKNOWN',
    detail: `no key of the file has the id "${id}"`,
    hint: 'GET /api/v1/keys lists them; those of the configuration are taken away there',
  });
