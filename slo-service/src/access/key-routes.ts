import { roles } from '@sprout/process';
import type { AccessKey } from '@sprout/process';
import { Router, json } from 'express';
import { z } from 'zod';
import { bodyOf, queryOf } from '../api/input.ts';
import { listOf, pageOf, pageQuery, sendPage } from '../api/paging.ts';
import type { ServiceContext } from '../service-context.ts';
import { createKey } from './api-key.ts';
import type { Access } from './access.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';

/** A key as admins see it; what it opens is shown once and not kept. */
export const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  createdAt: z.iso.datetime().nullable(),
  /** Keys of the configuration are taken away there. */
  from: z.enum(['configuration', 'file']),
});
export const keyListSchema = listOf(keySchema);
export const keysQuery = z.object(pageQuery({ byDefault: 100, max: 1000 }));
export const newKeySchema = keySchema.extend({ key: z.string() });
export const keyInputSchema = z.object({
  name: z.string().trim().min(1).max(100),
  role: z.enum(roles),
});

const bodyBytesMax = 4096;

/** Routes under `/api/v1/keys`. */
export function keyRoutes({ access, audit, now }: ServiceContext): Router {
  const router = Router();
  router.get('/', (request, response) => {
    const all = access === undefined ? [] : listKeys(access);
    sendPage(
      request,
      response,
      pageOf(all, queryOf(request, keysQuery), ({ id }) => id),
    );
  });
  router.post('/', json({ limit: bodyBytesMax }), async (request, response) => {
    const { keyFile } = needed(access);
    const { name, role } = bodyOf(request, keyInputSchema);
    const { key, kept } = createKey(name, role, now());
    keyFile.add(kept);
    const made = shown(kept, 'file');
    await audit.write(request, { action: 'key.create', target: made.id, after: made });
    response.status(201).json({ ...made, key });
  });
  router.delete('/:id', async (request, response) => {
    const { id } = request.params;
    const removed = needed(access).keyFile.remove(id);
    if (removed === undefined) throw unknownKey(id);
    const before = shown(removed, 'file');
    await audit.write(request, { action: 'key.revoke', target: id, before });
    response.json(before);
  });
  return router;
}

type ShownKey = z.output<typeof keySchema>;

function listKeys({ keys, keyFile }: Access): ShownKey[] {
  const inFile = new Set(keyFile.keys());
  return keys().map((each) => shown(each, inFile.has(each) ? 'file' : 'configuration'));
}

function shown({ id, name, role, createdAt }: AccessKey, from: ShownKey['from']): ShownKey {
  return { id, name, role, createdAt: createdAt ?? null, from };
}

function needed(access: Access | undefined): Access {
  if (access !== undefined) return access;
  throw new SpokenProblem(409, 'ACCESS_OPEN', {
    title: { en: 'Nobody is asked for a key', ko: '키를 확인하지 않는 설정입니다' },
    detail: {
      en: 'the configuration has no section access, so everything is open on loopback',
      ko: '설정에 access 항목이 없어 루프백에서는 모두 열려 있습니다',
    },
    hint: {
      en: 'write access: {} in sprout.config.ts and start again',
      ko: 'sprout.config.ts에 access: {}를 쓰고 다시 시작하세요',
    },
  });
}

const unknownKey = (id: string) =>
  new SpokenProblem(404, 'KEY_ID_UNKNOWN', {
    title: { en: 'There is no such key', ko: '없는 키입니다' },
    detail: {
      en: `no key of the file has the id "${id}"`,
      ko: `키 파일에 id가 "${id}"인 키가 없습니다`,
    },
    hint: {
      en: 'GET /api/v1/keys lists them; those of the configuration are taken away there',
      ko: 'GET /api/v1/keys에서 목록을 볼 수 있습니다. 설정에 적힌 키는 설정에서 지우세요',
    },
  });
