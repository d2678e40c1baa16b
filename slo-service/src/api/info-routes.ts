import { Router } from 'express';
import { z } from 'zod';
import { everybody, identityOf } from '../access/identity.ts';
import type { Backfill } from '../meter/meter.ts';
import { declaredSeries, meteringCost } from '../meter/cost.ts';
import type { ServiceContext } from '../service-context.ts';
import { queryOf } from './input.ts';
import { pageOf, pageQuery, sendPage } from './paging.ts';
import { isStale } from '../status/knowledge.ts';
import type { MeteringCostAnswer, ConfigAnswer, Source } from './schemas.ts';

export const sourcesQuery = z.object(pageQuery({ byDefault: 500, max: 1000 }));

/** `/api/v1/sources`, `/api/v1/identity` and `/api/v1/config`. */
export function infoRoutes(context: ServiceContext): Router {
  const router = Router();
  router.get('/sources', (request, response) => {
    const asked = queryOf(request, sourcesQuery);
    sendPage(
      request,
      response,
      pageOf(sourcesOf(context), asked, ({ name }) => name),
    );
  });
  router.get('/sources/cost', (_request, response) => {
    response.json(costAnswer(context));
  });
  router.get('/config', (_request, response) => {
    response.json(configAnswer(context));
  });
  router.get('/identity', (request, response) => {
    const { access } = context;
    const own = { asksForKeys: access !== undefined, oidc: access?.oidc !== undefined };
    response.json({ ...(identityOf(request) ?? everybody), ...own });
  });
  return router;
}

function sourcesOf(context: ServiceContext): Source[] {
  const services = new Set(context.plan.objectives.flatMap((objective) => objective.services));
  return [
    prometheusSource(context),
    ...[...services].map((service) => serviceSource(context, service)),
    alertingSource(context),
  ];
}

function prometheusSource(context: ServiceContext): Source {
  const { lastReadMs, error, backfill } = context.meterHealth();
  const seen = source(context, 'prometheus', lastReadMs, error ?? 'it was not read yet');
  return { ...seen, backfill: backfillAnswer(backfill ?? null) };
}

function costAnswer({ plan, config, meterRules, sourceUsage }: ServiceContext): MeteringCostAnswer {
  const { sinceMs, queries, samples, series } = sourceUsage();
  const declared = declaredSeries(plan, config.signals);
  const cost = meteringCost(plan, meterRules, (selector) => {
    const found = series.get(selector);
    return found === undefined ? declared(selector) : { series: found, bounded: true };
  });
  const read =
    sinceMs === null ? null : { since: new Date(sinceMs).toISOString(), queries, samples };
  return { ...cost, objectives: [...cost.objectives], read };
}

function backfillAnswer(backfill: Backfill | null) {
  if (backfill === null) return null;
  const { fromMs, atMs, untilMs } = backfill;
  const instant = (ms: number) => new Date(ms).toISOString();
  return {
    from: instant(fromMs),
    at: instant(atMs),
    until: instant(untilMs),
    fraction: (atMs - fromMs) / (untilMs - fromMs),
  };
}

function serviceSource(context: ServiceContext, service: string): Source {
  const seen = context.meterHealth().services.get(service);
  const age = seen === undefined ? 'no scrape of it has arrived' : 'its scrapes have stopped';
  return source(context, service, seen?.scrapedMs ?? null, age);
}

/** Heard by the alert that always fires; silence means that pages would not arrive either. */
function alertingSource(context: ServiceContext): Source {
  const silent = 'the alert that always fires was not heard';
  return source(context, 'alerting', context.pager.lastWatchdogMs(), silent);
}

function source(
  { clock, now }: ServiceContext,
  name: string,
  lastMs: number | null,
  error: string,
): Source {
  const healthy = !isStale(lastMs, now(), clock.minuteMs);
  return {
    name,
    healthy,
    lastMinute: lastMs === null ? null : clock.instant(Math.floor(lastMs / clock.minuteMs)),
    error: healthy ? null : error,
  };
}

function configAnswer({ config, clock, ownUrl }: ServiceContext): ConfigAnswer {
  return {
    timeScale: config.timeScale,
    minuteMs: clock.minuteMs,
    services: [...new Set(config.services.map(({ name }) => name))],
    objectives: config.objectives,
    links: { console: ownUrl(), grafana: config.links.grafana ?? null },
  };
}
