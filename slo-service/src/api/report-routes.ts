import { defaultZone, isZone } from '@sprout/objectives';
import { HttpProblem } from '@sprout/process';
import { Router } from 'express';
import { z } from 'zod';
import { reportCsv } from '../report/csv.ts';
import { reportHtml } from '../report/html.ts';
import { monthPeriod, monthlyReport } from '../report/monthly-report.ts';
import { languages } from '../language/language.ts';
import type { ServiceContext } from '../service-context.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import { findObjective } from './find-objective.ts';
import { instantSchema, queryOf } from './input.ts';
import { reportHeaders } from './security-headers.ts';

export const reportQuery = z.object({
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'write a month, for example 2026-11')
    .meta({ example: '2026-11' }),
  /** The zone whose month it is; by default that of the objective's window, else Asia/Seoul. */
  zone: z.string().refine(isZone, 'write an IANA time zone, for example Asia/Seoul').optional(),
  format: z.enum(['json', 'csv', 'html']).default('json'),
  lang: z.enum(languages).default('en'),
  at: instantSchema.optional(),
});

/** Routes under `/api/v1/reports`. */
export function reportRoutes(context: ServiceContext): Router {
  const router = Router();
  router.get('/:id', async (request, response) => {
    const objective = findObjective(context, request.params.id);
    const { format, lang, at, ...asked } = queryOf(request, reportQuery);
    const zone = asked.zone ?? zoneOf(objective);
    const nowMs = context.now();
    const atMs = at === undefined ? nowMs : Math.min(nowMs, Date.parse(at));
    const question = { month: asked.month, zone, atMs, language: lang };
    if (monthPeriod(question).fromMs >= atMs) throw notBegun(question.month, zone);
    const report = await monthlyReport(context, objective, question);
    const name = `${objective.id}-${report.month}.${format}`;
    response.set('Content-Disposition', `inline; filename="${name}"`);
    if (format === 'json') response.json(report);
    else if (format === 'csv') response.type('text/csv').send(reportCsv(report));
    else response.set(reportHeaders).type('html').send(reportHtml(report, lang));
  });
  return router;
}

const zoneOf = ({ window }: ObjectiveConfig): string =>
  window.kind === 'calendar' ? window.zone : defaultZone;

function notBegun(month: string, zone: string): HttpProblem {
  return new HttpProblem(400, 'The month has not begun', {
    code: 'MONTH_NOT_BEGUN',
    detail: `${month} has not begun in ${zone}`,
    hint: 'ask for this month or an earlier one',
  });
}
