import { parseWindow } from '@sprout/objectives';
import { Router } from 'express';
import { z } from 'zod';
import { annotationsPerAnswerMax } from '../annotations/annotation-store.ts';
import { defaultRule } from '../incidents/bad-stretches.ts';
import { objectiveIncidents } from '../incidents/objective-incidents.ts';
import type { ServiceContext } from '../service-context.ts';
import { statusAt, statusNow } from '../service-context.ts';
import { createPastBoard } from '../status/board.ts';
import type { Board } from '../status/board.ts';
import { burnRates } from '../status/objective-status.ts';
import type { Standing } from '../status/objective-status.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import { objectiveSeries } from '../status/series.ts';
import { whatIf } from '../status/what-if.ts';
import type { WhatIf } from '../status/what-if.ts';
import { ledgerWindow, promisedWindow, readBudget } from '../status/window.ts';
import { findObjective } from './find-objective.ts';
import { groupReader, groupsQuery, listGroups, refuseUnknownGroup } from './groups.ts';
import { groupSchema, instantSchema, queryOf, stepSchema, windowSchema } from './input.ts';
import { languageOf } from './language-of.ts';
import { objectiveList, objectivesQuery } from './objective-list.ts';
import { pageOf, pageQuery, sendPage } from './paging.ts';
import type { BudgetAnswer, BurnRateList, Series } from './schemas.ts';
import { seriesRange, stretchOf } from './series-range.ts';
import { statusIn } from './status-in.ts';

/** Now unless an instant of the past is named. */
export const statusQuery = z.object({ at: instantSchema.optional() });
export const budgetQuery = z.object({
  group: groupSchema.optional(),
  window: windowSchema.optional(),
  at: instantSchema.optional(),
});
/** Versions as they were known at an instant; all that is known by default. */
export const versionsQuery = z.object({
  knownAt: instantSchema.optional(),
  ...pageQuery({ byDefault: 500, max: 1000 }),
});
export const burnRatesQuery = z.object({
  group: groupSchema.optional(),
  at: instantSchema.optional(),
});
export const incidentsQuery = z.object({
  group: groupSchema.optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  /** Minutes that spend at least this many times the allowed rate are bad. */
  factor: z.coerce.number().min(1).max(10_000).default(defaultRule.factor),
  /** Bad minutes this far apart belong together. */
  gap: z.coerce.number().int().min(0).max(1440).default(defaultRule.gapMinutes),
  ...pageQuery({ byDefault: 1000, max: 1000 }),
});
export const whatIfQuery = z.object({
  group: groupSchema.optional(),
  /** Fraction of good events; the declared one unless given. */
  target: z.coerce.number().gt(0).lt(1).optional(),
  window: windowSchema.optional(),
  at: instantSchema.optional(),
});
export const seriesQuery = z.object({
  group: groupSchema.optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  step: stepSchema.optional(),
});

/** Routes under `/api/v1/objectives`. */
export function objectiveRoutes(context: ServiceContext, board: () => Promise<Board>): Router {
  const router = Router();
  const pastBoard = createPastBoard(context);
  router.get('/', async (request, response) => {
    const { at, ...asked } = queryOf(request, objectivesQuery);
    const pastMs = pastOf(context, at);
    const shown = await (pastMs === undefined ? board() : pastBoard(pastMs));
    sendPage(request, response, objectiveList(shown, asked, languageOf(request)));
  });
  router.get('/:id', async (request, response) => {
    const objective = findObjective(context, request.params.id);
    const standing = await standingAt(context, objective, queryOf(request, statusQuery));
    response.json(statusIn(standing, languageOf(request)));
  });
  router.get('/:id/budget', async (request, response) => {
    const objective = findObjective(context, request.params.id);
    response.json(await answerBudget(context, objective, queryOf(request, budgetQuery)));
  });
  router.get('/:id/burn-rates', async (request, response) => {
    const objective = findObjective(context, request.params.id);
    response.json(await answerBurnRates(context, objective, queryOf(request, burnRatesQuery)));
  });
  router.get('/:id/series', async (request, response) => {
    const objective = findObjective(context, request.params.id);
    response.json(await answerSeries(context, objective, queryOf(request, seriesQuery)));
  });
  router.get('/:id/incidents', async (request, response) => {
    const objective = findObjective(context, request.params.id);
    const { factor, gap, group, limit, cursor, ...between } = queryOf(request, incidentsQuery);
    const range = stretchOf(between, objective.window, context.now(), context.clock);
    const rule = { factor, gapMinutes: gap };
    await refuseUnknownGroup(context, objective, group);
    const list = await objectiveIncidents(context, objective, range, rule, group);
    const part = pageOf(list.items, { limit, cursor }, ({ from }) => from);
    sendPage(request, response, { ...list, ...part });
  });
  router.get('/:id/groups', async (request, response) => {
    const objective = findObjective(context, request.params.id);
    sendPage(
      request,
      response,
      await listGroups(context, objective, queryOf(request, groupsQuery), languageOf(request)),
    );
  });
  router.get('/:id/versions', (request, response) => {
    const objective = findObjective(context, request.params.id);
    const { knownAt, ...page } = queryOf(request, versionsQuery);
    const knownAtMs = knownAt === undefined ? undefined : Date.parse(knownAt);
    const list = context.versionStore.list(objective, knownAtMs);
    sendPage(request, response, {
      ...list,
      ...pageOf(list.items, page, ({ from }) => from ?? 'ever'),
    });
  });
  router.get('/:id/what-if', async (request, response) => {
    const objective = findObjective(context, request.params.id);
    response.json(await answerWhatIf(context, objective, queryOf(request, whatIfQuery)));
  });
  return router;
}

function standingAt(
  context: ServiceContext,
  objective: ObjectiveConfig,
  { at }: z.output<typeof statusQuery>,
): Promise<Standing> {
  const pastMs = pastOf(context, at);
  return pastMs === undefined
    ? statusNow(context, objective)
    : statusAt(context, objective, pastMs);
}

/** An instant of the past; undefined for now, which a time to come is taken for. */
function pastOf({ now }: ServiceContext, at: string | undefined): number | undefined {
  const atMs = at === undefined ? Infinity : Date.parse(at);
  return atMs < now() ? atMs : undefined;
}

async function answerBudget(
  context: ServiceContext,
  objective: ObjectiveConfig,
  { window: name, at, group }: z.output<typeof budgetQuery>,
): Promise<BudgetAnswer> {
  const { clock, now } = context;
  const end = clock.endAt(at === undefined ? now() : Date.parse(at));
  const reader = await groupReader(context, objective, group);
  const window =
    name === undefined ? promisedWindow(reader.history, end) : ledgerWindow(parseWindow(name), end);
  return readBudget(reader, window, clock);
}

async function answerWhatIf(
  context: ServiceContext,
  objective: ObjectiveConfig,
  { target, window: name, at, group }: z.output<typeof whatIfQuery>,
): Promise<WhatIf> {
  const { clock, now } = context;
  const asked = { target, window: name === undefined ? undefined : parseWindow(name) };
  const end = clock.endAt(at === undefined ? now() : Date.parse(at));
  const reader = await groupReader(context, objective, group);
  // Alerts watch the whole, never a group.
  const watched = { ...objective, alerts: objective.alerts && group === undefined };
  return whatIf(watched, reader, asked, end, clock);
}

async function answerBurnRates(
  context: ServiceContext,
  objective: ObjectiveConfig,
  { at, group }: z.output<typeof burnRatesQuery>,
): Promise<BurnRateList> {
  const { clock, now } = context;
  const end = clock.endAt(at === undefined ? now() : Date.parse(at));
  const items = await burnRates(await groupReader(context, objective, group), end, clock);
  return { id: objective.id, asOf: clock.instant(end - 1), items };
}

async function answerSeries(
  context: ServiceContext,
  objective: ObjectiveConfig,
  query: z.output<typeof seriesQuery>,
): Promise<Series> {
  const { clock, now } = context;
  const range = seriesRange(query, objective.window, now(), clock);
  const reader = await groupReader(context, objective, query.group);
  const series = await objectiveSeries(objective, reader, range, clock);
  const annotations = context.annotationStore.list({
    fromMs: Date.parse(series.from),
    toMs: Date.parse(series.to),
    objective: objective.id,
    limit: annotationsPerAnswerMax,
  });
  return { ...series, annotations };
}
