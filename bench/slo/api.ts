import { costOf, costTo, cpuSecondsOf, quantile, residentMbOf, round } from '../shop/cost.ts';
import type { Cost } from '../shop/cost.ts';
import { routeObjectives, shopConfig, workedOutObjectives } from '../shop/objectives.ts';
import { startSloService } from '../shop/slo-service.ts';
import { routeOf } from './size.ts';
import type { Size } from './size.ts';

/** What a service that has the ledger answers, and for how much. */
export interface ApiCosts {
  /** Until it answers, with records of all promises there. */
  readonly start: Cost;
  /** All statuses, each a budget, burn rates and a verdict: the first list after a start. */
  readonly list: Cost;
  /** 30-day budgets: of objectives never asked for, of one, of time slices, of a composite. */
  readonly budgets: Readonly<Record<string, RequestCosts>>;
  readonly residentMb: number;
}

/** Requests one after another. */
export interface RequestCosts {
  readonly firstMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Of the service, each. */
  readonly cpuMs: number;
}

/** Asks a service, a process of its own as the supervisor starts it, beside no Prometheus. */
export async function measureApi({ objectives, days, directory }: Size): Promise<ApiCosts> {
  const routes = routeObjectives(objectives, days);
  const all = [...routes, ...workedOutObjectives(routes, days)];
  const begin = () => startSloService(shopConfig(all, { url: 'http://127.0.0.1:1' }), directory);
  // The first start records what was promised.
  await (await begin()).stop();
  const began = performance.now();
  const service = await begin();
  const wallMs = round(performance.now() - began);
  const start = { cpuMs: round(cpuSecondsOf(service.pid) * 1000), wallMs };
  const get = async (path: string) => {
    const response = await fetch(`${service.url}/api/v1/objectives${path}`);
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${response.status} for ${path}`);
  };
  const asked = (ids: readonly string[]) => request(service.pid, ids, get);
  const many = Array.from({ length: requests }, (_, index) => routeOf(index % objectives));
  const budgets = {
    'of many objectives': await asked(many),
    'of one objective': await asked(many.fill(routeOf(0))),
    'of 5-minute slices': await asked(many.fill('slice')),
    'of a composite of three': await asked(many.fill('composite')),
  };
  const list = await costTo(service.pid, () => get('?limit=100'));
  const residentMb = residentMbOf(service.pid);
  await service.stop();
  return { start, list, budgets, residentMb };
}

const requests = 500;

async function request(
  pid: number,
  ids: readonly string[],
  get: (path: string) => Promise<void>,
): Promise<RequestCosts> {
  const times: number[] = [];
  const { cpuMs } = await costTo(pid, async () => {
    for (const id of ids) times.push((await costOf(() => get(`/${id}/budget?window=30d`))).wallMs);
  });
  return {
    firstMs: times[0] ?? 0,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    cpuMs: round(cpuMs / ids.length),
  };
}
