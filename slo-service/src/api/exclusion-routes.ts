import { Router, json } from 'express';
import { z } from 'zod';
import { exclusionsMax } from '../exclusions/exclusion-store.ts';
import { exclusionInputSchema } from '../exclusions/exclusion.ts';
import { boundsOf } from '../exclusions/following.ts';
import type { Exclusion, ExclusionInput } from '../exclusions/exclusion.ts';
import type { ServiceContext } from '../service-context.ts';
import { refuseUnknownObjectives } from './find-objective.ts';
import { bodyOf, queryOf } from './input.ts';
import { pageOf, pageQuery, sendPage } from './paging.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';

/** Size of a request that writes a record. */
export const recordBytesMax = 64 * 1024;

export const exclusionsQuery = z.object({
  /** Those that touch this objective's budget. */
  objective: z.string().optional(),
  /** `true` answers what is no longer in force too. */
  revoked: z.enum(['true', 'false']).default('false'),
  ...pageQuery({ byDefault: 500, max: 1000 }),
});
export const revokeQuery = z.object({
  by: z.string().trim().min(1).max(100),
  reason: z.string().trim().min(3).max(500),
});

/** Routes under `/api/v1/exclusions`. */
export function exclusionRoutes(context: ServiceContext): Router {
  const { exclusionStore: store, audit, muting, now } = context;
  const router = Router();
  router.get('/', (request, response) => {
    const { objective, revoked, ...page } = queryOf(request, exclusionsQuery);
    const all = store.list({ revoked: revoked === 'true' });
    const items = all.filter((one) => objective === undefined || touches(one, objective));
    sendPage(
      request,
      response,
      pageOf(items, page, ({ id }) => id),
    );
  });
  router.get('/:id', ({ params }, response) => {
    response.json(found(context, params.id));
  });
  router.post('/', json({ limit: recordBytesMax }), async (request, response) => {
    const input = bodyOf(request, exclusionInputSchema);
    refuseUnknownObjectives(context, input.objectives);
    const when = await boundWhen(context, input.when);
    const exclusion = await store.add({ ...input, when }, now());
    if (exclusion === undefined) throw tooMany;
    const { id } = exclusion;
    await audit.write(request, { action: 'exclusion.create', target: id, after: exclusion });
    await muting.sync(now());
    response.status(201).location(`/api/v1/exclusions/${id}`).json(exclusion);
  });
  router.delete('/:id', async (request, response) => {
    const { by, reason } = queryOf(request, revokeQuery);
    const before = found(context, request.params.id);
    const { id } = before;
    const revoked = await store.revoke(id, by, reason, now());
    if (revoked === undefined) throw alreadyRevoked(id);
    const change = { action: 'exclusion.revoke', target: id, before, after: revoked };
    await audit.write(request, change);
    await muting.sync(now());
    response.json(revoked);
  });
  return router;
}

const touches = ({ objectives }: Exclusion, id: string) => objectives?.includes(id) ?? true;

function found({ exclusionStore }: ServiceContext, id: string): Exclusion {
  const exclusion = exclusionStore.find(id);
  if (exclusion !== undefined) return exclusion;
  throw new SpokenProblem(404, 'EXCLUSION_UNKNOWN', {
    title: { en: 'There is no such exclusion', ko: '없는 제외 구간입니다' },
    detail: { en: `no exclusion has the id "${id}"`, ko: `id가 "${id}"인 제외 구간이 없습니다` },
    hint: {
      en: './sprout slo exclusions --revoked lists them all',
      ko: './sprout slo exclusions --revoked로 모두 볼 수 있습니다',
    },
  });
}

/** An exclusion that is tied to an incident begins with the bounds that are known now. */
async function boundWhen(
  context: ServiceContext,
  when: ExclusionInput['when'],
): Promise<Exclusion['when']> {
  if (when.kind !== 'incident') return when;
  refuseUnknownObjectives(context, [when.objective]);
  const bounds = await boundsOf(context, when, context.now());
  if (bounds !== undefined) return bounds;
  throw new SpokenProblem(404, 'INCIDENT_UNKNOWN', {
    title: { en: 'There is no such incident', ko: '그 시각에 장애가 없습니다' },
    detail: {
      en: `${when.objective} had no incident at ${when.at}`,
      ko: `${when.at}에 ${when.objective}의 장애가 없었습니다`,
    },
    hint: {
      en: `GET /api/v1/objectives/${when.objective}/incidents lists them; take the "from" of one`,
      ko: `GET /api/v1/objectives/${when.objective}/incidents의 목록에서 하나의 "from"을 쓰세요`,
    },
  });
}

const tooMany = new SpokenProblem(409, 'EXCLUSIONS_FULL', {
  title: { en: 'There are too many exclusions', ko: '제외 구간이 너무 많습니다' },
  detail: {
    en: `${exclusionsMax} exclusions are in force`,
    ko: `제외 구간 ${exclusionsMax}개가 이미 적용 중입니다`,
  },
  hint: {
    en: 'revoke old ones, or write one weekly rule instead of many single ones',
    ko: '오래된 것을 취소하거나 주간 규칙 하나로 합치세요',
  },
});

function alreadyRevoked(id: string): SpokenProblem {
  return new SpokenProblem(409, 'EXCLUSION_REVOKED', {
    title: { en: 'The exclusion is not in force', ko: '이미 취소된 제외 구간입니다' },
    detail: { en: `"${id}" was revoked before`, ko: `"${id}"은(는) 이미 취소되었습니다` },
    hint: {
      en: `GET /api/v1/exclusions/${id} says by whom`,
      ko: `GET /api/v1/exclusions/${id}에서 취소한 사람을 볼 수 있습니다`,
    },
  });
}
