import { defaultZone, isZone, parsePeriod, periodForms, periodIn } from '@sprout/objectives';
import type { NamedPeriod } from '@sprout/objectives';
import { HttpProblem } from '@sprout/process';
import { Router } from 'express';
import { z } from 'zod';
import { reportCsv } from '../report/csv.ts';
import { reportHtml } from '../report/html.ts';
import { periodReport } from '../report/period-report.ts';
import { languages } from '../language/language.ts';
import type { ServiceContext } from '../service-context.ts';
import type { ObjectiveConfig } from '../status/objective-config.ts';
import { findObjective } from './find-objective.ts';
import { instantSchema, queryOf } from './input.ts';
import { reportHeaders } from './security-headers.ts';

/** What can be asked of a report; a month by either name. */
export const reportQuery = z
  .object({
    month: z
      .string()
      .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'write a month, for example 2026-11')
      .optional()
      .meta({ description: 'The same as `period` with a month.', example: '2026-11' }),
    period: z
      .string()
      .max(50)
      .optional()
      .meta({ description: `What is reported: ${periodForms}.`, example: '2026-W48' }),
    /** The zone whose period it is; by default that of the objective's window, else Asia/Seoul. */
    zone: z.string().refine(isZone, 'write an IANA time zone, for example Asia/Seoul').optional(),
    format: z.enum(['json', 'csv', 'html']).default('json'),
    lang: z.enum(languages).default('en'),
    at: instantSchema.optional(),
  })
  .refine(({ month, period }) => (month === undefined) !== (period === undefined), {
    path: ['period'],
    error: 'name one: period, or month',
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
    const period = periodOf(asked.month ?? asked.period ?? '');
    if (periodIn(period, zone).fromMs >= atMs) throw notBegun(period, zone);
    const question = { period, zone, atMs, language: lang };
    const report = await periodReport(context, objective, question);
    const name = `${objective.id}-${period.name}.${format}`;
    response.set('Content-Disposition', `inline; filename="${name}"`);
    if (format === 'json') response.json(report);
    else if (format === 'csv') response.type('text/csv').send(reportCsv(report));
    else response.set(reportHeaders).type('html').send(reportHtml(report, lang));
  });
  return router;
}

const zoneOf = ({ window }: ObjectiveConfig): string =>
  window.kind === 'calendar' ? window.zone : defaultZone;

function periodOf(name: string): NamedPeriod {
  try {
    return parsePeriod(name);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new HttpProblem(400, 'The period is not valid', {
      code: 'PERIOD_INVALID',
      detail: error.message,
      hint: `write ${periodForms}`,
    });
  }
}

function notBegun({ kind, name }: NamedPeriod, zone: string): HttpProblem {
  const detail = `${name} has not begun in ${zone}`;
  if (kind === 'month') {
    return new HttpProblem(400, 'The month has not begun', {
      code: 'MONTH_NOT_BEGUN',
      detail,
      hint: 'ask for this month or an earlier one',
    });
  }
  return new HttpProblem(400, 'The period has not begun', {
    code: 'PERIOD_NOT_BEGUN',
    detail,
    hint: 'ask for the running one or an earlier one',
  });
}
