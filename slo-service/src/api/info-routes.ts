import { Router } from 'express';
import { z } from 'zod';
import { everybody, identityOf } from '../access/identity.ts';
import type { Backfill } from '../meter/sights.ts';
import { declaredSeries, meteringCost } from '../meter/cost.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Text } from '../language/text.ts';
import type { Language } from '../language/language.ts';
import { queryOf } from './input.ts';
import { languageOf } from './language-of.ts';
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
      pageOf(sourcesOf(context, languageOf(request)), asked, ({ name }) => name),
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

/** A source whose error is said in every language. */
type SourceSeen = Omit<Source, 'error'> & { readonly error: Text | null };

function sourcesOf(context: ServiceContext, language: Language): Source[] {
  const inLanguage = (seen: SourceSeen) => ({ ...seen, error: seen.error?.[language] ?? null });
  return sourcesSeen(context).map(inLanguage);
}

function sourcesSeen(context: ServiceContext): SourceSeen[] {
  const services = new Set(context.plan.objectives.flatMap((objective) => objective.services));
  return [
    prometheusSource(context),
    ...[...services].map((service) => serviceSource(context, service)),
    alertingSource(context),
  ];
}

function prometheusSource(context: ServiceContext): SourceSeen {
  const { lastReadMs, trouble, backfill } = context.meterHealth();
  const seen = source(context, 'prometheus', lastReadMs, trouble?.error ?? words.neverRead);
  return { ...seen, backfill: backfillAnswer(backfill ?? null) };
}

function costAnswer({
  plan,
  config,
  meterRules,
  sourceUsage,
  approximationStore,
}: ServiceContext): MeteringCostAnswer {
  const { sinceMs, queries, samples, series } = sourceUsage();
  const declared = declaredSeries(plan, config.signals);
  const countOf = (selector: string) => {
    const found = series.get(selector);
    return found === undefined ? declared(selector) : { series: found, bounded: true };
  };
  const cost = meteringCost(plan, meterRules, countOf, approximationStore.current());
  const read =
    sinceMs === null ? null : { since: new Date(sinceMs).toISOString(), queries, samples };
  return {
    ...cost,
    seriesPerObjectiveMax: meterRules.seriesPerObjectiveMax,
    objectives: [...cost.objectives],
    read,
  };
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

function serviceSource(context: ServiceContext, service: string): SourceSeen {
  const seen = context.meterHealth().services.get(service);
  const age = seen === undefined ? words.neverScraped : words.scrapesEnded;
  return source(context, service, seen?.scrapedMs ?? null, age);
}

/** Heard by the alert that always fires; silence means that pages would not arrive either. */
function alertingSource(context: ServiceContext): SourceSeen {
  return source(context, 'alerting', context.pager.lastWatchdogMs(), words.watchdogSilent);
}

const words = {
  neverRead: { en: 'it was not read yet', ko: '아직 읽지 못했습니다' },
  neverScraped: { en: 'no scrape of it has arrived', ko: '들어온 측정값이 없습니다' },
  scrapesEnded: { en: 'its scrapes have stopped', ko: '측정값이 더는 들어오지 않습니다' },
  watchdogSilent: {
    en: 'the alert that always fires was not heard',
    ko: '항상 울리는 점검용 알림이 들리지 않습니다',
  },
} as const satisfies Record<string, Text>;

function source(
  { clock, now }: ServiceContext,
  name: string,
  lastMs: number | null,
  error: Text,
): SourceSeen {
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
