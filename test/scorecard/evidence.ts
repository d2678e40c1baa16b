import { queriesFor } from '@sprout/dashboards-as-code';
import { timing } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import type { Page, PageList } from '@sprout/slo-service/api';
import { alertsOf } from '@sprout/signals';
import { getJson, hasData, objective, spansOf } from '../public-apis.ts';
import type { TestStack } from '../stack.ts';
import type { Heard } from './score.ts';

/** What can be read of a running stack about its alerts, by the public APIs alone. */

/** Every page, ticket and hint so far, newest first. */
export async function pagesOf(stack: TestStack): Promise<readonly Page[]> {
  const url = `${stack.url('slo-service')}/api/v1/alerts`;
  return ((await getJson(url, { limit: '200' })) as PageList).items;
}

/** A page by the name of its alert, which its runbook is called by. */
export function heardOf(page: Page): Heard {
  return {
    alert: /([^/]+)\.md$/.exec(page.runbookUrl ?? '')?.[1] ?? page.title,
    severity: page.severity,
    pageGroup: page.pageGroup,
    startedMs: Date.parse(page.startedAt),
    endedMs: page.endedAt === null ? undefined : Date.parse(page.endedAt),
  };
}

/** Whether alerting is heard: the alert that always fires arrives. */
export async function isAlertingHeard(stack: TestStack): Promise<boolean> {
  const url = `${stack.url('slo-service')}/api/v1/sources`;
  const { items } = (await getJson(url)) as { items: { name: string; healthy: boolean }[] };
  return items.find(({ name }) => name === 'alerting')?.healthy ?? false;
}

/** Bad events of each objective that users feel, with what its 30 days allow at this traffic. */
export type Losses = ReadonlyMap<string, { readonly bad: number; readonly allowed: number }>;

export async function lossesOf(stack: TestStack, sinceMs: number): Promise<Losses> {
  const { scaled } = timing(stack.config.timeScale);
  const monthSeconds = scaled(30 * 86_400);
  const paging = stack.config.objectives.filter(
    ({ alerts, pageGroup }) => alerts && pageGroup.startsWith('route-'),
  );
  const losses = await Promise.all(
    paging.map(async ({ id, target }) => {
      const { budget } = await objective(stack, id);
      const perSecond = budget.valid / ((Date.now() - sinceMs) / 1000);
      const allowed = (1 - target) * perSecond * monthSeconds;
      return [id, { bad: budget.bad, allowed }] as const;
    }),
  );
  return new Map(losses);
}

/** Part of its 30-day budget that the objective lost which lost most. */
export function spentBetween(before: Losses, after: Losses): number {
  const spent = [...after].map(([id, { bad }]) => {
    const start = before.get(id);
    return start === undefined || start.allowed === 0 ? 0 : (bad - start.bad) / start.allowed;
  });
  return Math.max(0, ...spent);
}

/** Whether where a page leads has data: the promise's bad events, or the panels of the board. */
export async function dashboardShows(stack: TestStack, page: Page): Promise<boolean> {
  const { pathname } = new URL(page.dashboardUrl ?? '', 'http://nowhere.invalid');
  const [, kind, id = ''] = pathname.split('/');
  if (kind === 'objective') return (await objective(stack, id)).budget.bad > 0;
  const reads = signalOf(stack.config, heardOf(page).alert);
  const queries = queriesFor(stack.config).filter(
    ({ dashboard, expr }) => dashboard === id && (reads === undefined || expr.includes(reads)),
  );
  for (const query of queries) if (await hasData(stack, query)) return true;
  return false;
}

function signalOf({ signals }: SproutConfig, alert: string): string | undefined {
  return signals.find((signal) => alertsOf(signal).some(({ name }) => name === alert))?.name;
}

/** Whether the page's example trace is stored; undefined where an alert has no example. */
export async function traceShows(stack: TestStack, page: Page): Promise<boolean | undefined> {
  if (page.objectives.length === 0) return undefined;
  const { traceId } = page.exampleTrace ?? {};
  return traceId !== undefined && (await spansOf(stack, traceId)).length > 0;
}
