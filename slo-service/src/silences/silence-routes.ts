import { addressOf } from '@sprout/process';
import { AlertmanagerError, alertmanagerClient } from '@sprout/query';
import type { AlertmanagerClient } from '@sprout/query';
import { Router, json } from 'express';
import { z } from 'zod';
import { unknownPage } from '../api/alert-routes.ts';
import { recordBytesMax } from '../api/exclusion-routes.ts';
import { bodyOf, queryOf } from '../api/input.ts';
import { pageOf, pageQuery, sendPage } from '../api/paging.ts';
import type { Page } from '../api/schemas.ts';
import { silenceAuthor } from '../exclusions/alertmanager-silences.ts';
import type { ServiceContext } from '../service-context.ts';
import { groupLabel, isAbout, silenceInputSchema, silenceOf } from './silence.ts';
import type { Silence, SilenceInput } from './silence.ts';
import { SpokenProblem, asSaid } from '../language/spoken-problem.ts';

export const silencesQuery = z.object(pageQuery({ byDefault: 500, max: 1000 }));
export const expireQuery = z.object({ by: z.string().trim().min(1).max(100) });

/**
 * `/api/v1/alerts/:id/silences` and `/api/v1/silences/:id`. Alertmanager keeps the silences; this
 * service says whose page they are about, and who asked for them.
 */
export function silenceRoutes(context: ServiceContext): Router {
  const { audit, config, now } = context;
  const client = alertmanagerClient({
    address: () => addressOf(config, config.telemetry.alertmanager),
  });
  const router = Router();
  router.get('/alerts/:id/silences', async (request, response) => {
    const page = pageNamed(context, request.params.id);
    const part = queryOf(request, silencesQuery);
    const items = (await asked(client.silences())).filter((one) => isAbout(page, one));
    sendPage(
      request,
      response,
      pageOf(items.map(silenceOf), part, ({ id }) => id),
    );
  });
  router.post(
    '/alerts/:id/silences',
    json({ limit: recordBytesMax }),
    async (request, response) => {
      const page = pageNamed(context, String(request.params.id));
      const made = await create(client, page, bodyOf(request, silenceInputSchema), now());
      await audit.write(request, { action: 'silence.create', target: made.id, after: made });
      response.status(201).json(made);
    },
  );
  router.delete('/silences/:id', async (request, response) => {
    const { by } = queryOf(request, expireQuery);
    const before = await found(client, request.params.id);
    await asked(client.expire(before.id));
    const after = { ...before, to: new Date(now()).toISOString(), expiredBy: by };
    await audit.write(request, { action: 'silence.expire', target: before.id, before, after });
    response.json(before);
  });
  return router;
}

async function create(
  client: AlertmanagerClient,
  { pageGroup }: Page,
  { minutes, reason, by }: SilenceInput,
  nowMs: number,
): Promise<Silence> {
  const silence = {
    matchers: [{ name: groupLabel, value: pageGroup, isRegex: false, isEqual: true }],
    startsAt: new Date(nowMs).toISOString(),
    endsAt: new Date(nowMs + minutes * 60_000).toISOString(),
    createdBy: by,
    comment: reason,
  };
  // Silences under our own name follow exclusions, and would be ended with them.
  if (by === silenceAuthor) throw reserved;
  const id = await asked(client.silence(silence));
  return silenceOf({ ...silence, id, status: { state: 'active' } });
}

function pageNamed({ pageStore }: ServiceContext, id: string): Page {
  const record = pageStore.find(id);
  if (record === undefined) throw unknownPage(id);
  return record.page;
}

async function found(client: AlertmanagerClient, id: string): Promise<Silence> {
  const silence = (await asked(client.silences())).find((one) => one.id === id);
  if (silence?.createdBy === silenceAuthor) throw ofExclusion(id);
  if (silence !== undefined) return silenceOf(silence);
  throw new SpokenProblem(404, 'SILENCE_UNKNOWN', {
    title: { en: 'There is no such silence', ko: '없는 잠재우기입니다' },
    detail: {
      en: `no silence "${id}" holds or will hold`,
      ko: `적용 중이거나 예정된 잠재우기 "${id}"이(가) 없습니다`,
    },
    hint: {
      en: './sprout alerts silences lists them',
      ko: './sprout alerts silences로 목록을 볼 수 있습니다',
    },
  });
}

/** What Alertmanager does not do is a problem of the gateway's kind. */
async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof AlertmanagerError)) throw error;
    throw new SpokenProblem(502, 'ALERTMANAGER_FAILED', {
      title: { en: 'Alertmanager does not do it', ko: 'Alertmanager가 처리하지 못했습니다' },
      detail: asSaid(error.message),
      hint: {
        en: './sprout status shows what runs',
        ko: './sprout status로 실행 상태를 확인하세요',
      },
    });
  }
}

const reserved = new SpokenProblem(400, 'SILENCE_AUTHOR_RESERVED', {
  title: { en: 'The name is taken', ko: '쓸 수 없는 이름입니다' },
  detail: {
    en: `silences of "${silenceAuthor}" are those of planned exclusions`,
    ko: `"${silenceAuthor}"의 잠재우기는 계획된 제외 구간의 것입니다`,
  },
  hint: { en: 'sign with another name', ko: '다른 이름으로 서명하세요' },
});

function ofExclusion(id: string): SpokenProblem {
  return new SpokenProblem(409, 'SILENCE_OF_EXCLUSION', {
    title: { en: 'The silence belongs to an exclusion', ko: '제외 구간에 딸린 잠재우기입니다' },
    detail: {
      en: `"${id}" is kept in step with a planned exclusion`,
      ko: `"${id}"은(는) 계획된 제외 구간을 따라갑니다`,
    },
    hint: {
      en: 'revoke the exclusion: ./sprout slo exclusions',
      ko: '제외 구간을 취소하세요: ./sprout slo exclusions',
    },
  });
}
