import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dashboardFileSchema } from '@sprout/grafana/model-file';
import type { DashboardFile } from '@sprout/grafana/model-file';
import { withEmitted } from '@sprout/grafana/model';
import type { SproutConfig } from '@sprout/process';
import { Router } from 'express';
import { z } from 'zod';
import { queryOf } from './input.ts';
import { listOf, pageOf, pageQuery, sendPage } from './paging.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';

export const dashboardsQuery = z.object(pageQuery({ byDefault: 500, max: 1000 }));

/** A dashboard as a list names it. */
export const dashboardListSchema = listOf(
  z.object({
    slug: z.string(),
    title: z.string(),
    description: z.string(),
    folder: z.string(),
    folderTitle: z.string(),
    tags: z.array(z.string()),
    panels: z.number().int(),
  }),
);

export type DashboardList = z.infer<typeof dashboardListSchema>;

/**
 * `/api/v1/dashboards` and `/api/v1/dashboards/:id`: the models in a directory, read anew each
 * time, so that whoever writes one sees it at once, without the rows whose signals this stack
 * does not emit. Without a directory there are none.
 */
export function dashboardRoutes({
  dashboardsDir: directory,
  signals,
}: Pick<SproutConfig, 'dashboardsDir'> & {
  readonly signals: readonly { readonly name: string }[];
}): Router {
  const router = Router();
  const read = async (slug: string) => withEmitted(await dashboardIn(directory, slug), signals);
  router.get('/', async (request, response) => {
    const asked = queryOf(request, dashboardsQuery);
    const slugs = directory === undefined ? [] : await slugsIn(directory);
    const all = await Promise.all(slugs.map(read));
    response.set('Cache-Control', 'no-cache');
    sendPage(
      request,
      response,
      pageOf(all.filter((board) => board !== undefined).map(listed), asked, ({ slug }) => slug),
    );
  });
  router.get('/:id', async (request, response) => {
    const board = await read(request.params.id);
    if (board === undefined) throw unknown(request.params.id);
    response.set('Cache-Control', 'no-cache').json(board);
  });
  return router;
}

const slugForm = /^[a-z0-9-]{1,100}$/;

async function slugsIn(directory: string): Promise<string[]> {
  try {
    const names = await readdir(directory);
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .filter((slug) => slugForm.test(slug))
      .toSorted();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function dashboardIn(directory: string | undefined, slug: string): Promise<DashboardFile> {
  if (directory === undefined || !slugForm.test(slug)) throw unknown(slug);
  const text = await readFile(join(directory, `${slug}.json`), 'utf8').catch((error: unknown) => {
    throw isMissing(error) ? unknown(slug) : error;
  });
  try {
    return dashboardFileSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new SpokenProblem(500, 'DASHBOARD_UNREADABLE', {
      title: { en: 'The dashboard cannot be read', ko: '대시보드를 읽을 수 없습니다' },
      detail: {
        en: `${slug}.json: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`,
        ko: `${slug}.json이 올바른 JSON이 아니거나 대시보드의 형식과 다릅니다`,
      },
      hint: {
        en: './sprout dashboards build writes it anew',
        ko: './sprout dashboards build로 다시 만드세요',
      },
    });
  }
}

function listed({ rows, ...dashboard }: DashboardFile): DashboardList['items'][number] {
  const { slug, title, description, folder, folderTitle, tags } = dashboard;
  const panels = rows.reduce((sum, row) => sum + row.panels.length, 0);
  return { slug, title, description, folder, folderTitle, tags, panels };
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const unknown = (slug: string): SpokenProblem =>
  new SpokenProblem(404, 'DASHBOARD_UNKNOWN', {
    title: { en: 'There is no such dashboard', ko: '없는 대시보드입니다' },
    detail: {
      en: `"${slug.slice(0, 100)}" is not in the directory of dashboards`,
      ko: `대시보드 디렉터리에 "${slug.slice(0, 100)}"이(가) 없습니다`,
    },
    hint: {
      en: 'GET /api/v1/dashboards lists them; ./sprout dashboards build writes them',
      ko: 'GET /api/v1/dashboards에서 목록을 볼 수 있고, ./sprout dashboards build로 만듭니다',
    },
  });
