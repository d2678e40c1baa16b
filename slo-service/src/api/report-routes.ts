import {
  PeriodError,
  defaultZone,
  isZone,
  parsePeriod,
  periodForms,
  periodIn,
} from '@sprout/objectives';
import type { NamedPeriod } from '@sprout/objectives';
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
import { sayZone, saying } from '../language/check-words.ts';
import { reportHeaders } from './security-headers.ts';
import { SpokenProblem } from '../language/spoken-problem.ts';

const monthForm = /^20\d\d-(0[1-9]|1[0-2])$/;

/** What can be asked of a report; a month by either name. */
export const reportQuery = z
  .object({
    month: z
      .string()
      .refine(
        (text) => monthForm.test(text),
        saying('write a month, for example 2026-11', '월을 쓰세요. 예: 2026-11'),
      )
      .optional()
      .meta({
        description: 'The same as `period` with a month.',
        example: '2026-11',
        pattern: monthForm.source,
      }),
    period: z
      .string()
      .max(50)
      .optional()
      .meta({ description: `What is reported: ${periodForms.en}.`, example: '2026-W48' }),
    /** The zone whose period it is; by default that of the objective's window, else Asia/Seoul. */
    zone: z.string().refine(isZone, sayZone).optional(),
    format: z.enum(['json', 'csv', 'html']).default('json'),
    lang: z.enum(languages).default('en'),
    at: instantSchema.optional(),
  })
  .refine(({ month, period }) => (month === undefined) !== (period === undefined), {
    path: ['period'],
    ...saying('name one: period, or month', 'period와 month 중 하나만 쓰세요'),
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
    if (!(error instanceof PeriodError)) throw error;
    throw new SpokenProblem(400, 'PERIOD_INVALID', {
      title: { en: 'The period is not valid', ko: '기간이 올바르지 않습니다' },
      detail: error.words,
      hint: { en: `write ${periodForms.en}`, ko: `${periodForms.ko} 중 하나로 쓰세요` },
    });
  }
}

function notBegun({ kind, name }: NamedPeriod, zone: string): SpokenProblem {
  const detail = {
    en: `${name} has not begun in ${zone}`,
    ko: `${zone}에서 ${name}은(는) 아직 시작되지 않았습니다`,
  };
  if (kind === 'month') {
    return new SpokenProblem(400, 'MONTH_NOT_BEGUN', {
      title: { en: 'The month has not begun', ko: '아직 시작되지 않은 달입니다' },
      hint: { en: 'ask for this month or an earlier one', ko: '이번 달이나 지난 달을 요청하세요' },
      detail,
    });
  }
  return new SpokenProblem(400, 'PERIOD_NOT_BEGUN', {
    title: { en: 'The period has not begun', ko: '아직 시작되지 않은 기간입니다' },
    hint: {
      en: 'ask for the running one or an earlier one',
      ko: '진행 중이거나 지난 기간을 요청하세요',
    },
    detail,
  });
}
