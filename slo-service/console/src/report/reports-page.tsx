import { periodAt, periodIn, periodKinds } from '@sprout/objectives/period';
import type { NamedPeriod } from '@sprout/objectives/period';
import { formatRatio, formatTarget } from '@sprout/objectives/figure';
import type { BudgetAnswer, ObjectiveList, ObjectiveStatus } from '@sprout/slo-service/api';
import { judgedBudget } from '@sprout/slo-service/standing';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { formatCount } from '../format/count.ts';
import { locale, texts } from '../i18n/language.ts';
import { promiseName } from '../objective/sentence.ts';
import { place } from '../place/place.ts';
import { paths } from '../shell/route.ts';
import { useTitle } from '../shell/title.ts';
import { now } from '../state/now.ts';
import { KeptMark } from '../widget/kept-mark.tsx';
import { FailureNotice, Pending } from '../widget/notice.tsx';
import { Pager, pageInUrl } from '../widget/pager.tsx';
import { PeriodBar } from './period-bar.tsx';
import { periodQuery, periodText, readPeriod, reportZone } from './period.ts';
import './report.css';

const pageSize = 20;

/** A budget is that of a unit of the calendar; a stretch of days has reports alone. */
const kinds = periodKinds.filter((kind) => kind !== 'days');

/** Which promises were kept in a period; each row leads to its report. */
export default function ReportsPage() {
  const t = texts();
  const zone = reportZone('');
  const period = readPeriod(place.value.query, kinds, periodAt('month', zone, now.value));
  const name = periodText(period, t, locale());
  useTitle(`${t.reportTitle} ${name}`);
  const offset = (pageInUrl() - 1) * pageSize;
  const list = useResource<ObjectiveList>(urls.objectives({ offset, limit: pageSize }), 0);
  return (
    <div class="page">
      <div>
        <h1>{t.reportsTitle(name)}</h1>
        <p class="lead">{t.reportsLead}</p>
      </div>
      <PeriodBar period={period} kinds={kinds} zone={zone} />
      {list.data ? (
        <>
          <FailureNotice of={list} what={t.whatObjectives} />
          <ReportTable items={list.data.items} period={period} />
          <Pager total={list.data.total} size={pageSize} />
        </>
      ) : (
        <Pending of={list} what={t.whatObjectives} />
      )}
    </div>
  );
}

function ReportTable(props: {
  readonly items: readonly ObjectiveStatus[];
  readonly period: NamedPeriod;
}) {
  const t = texts();
  const names = [t.promiseColumn, t.reportResult];
  const numbers = [t.promisedColumn, t.compliance, t.budgetLeft, t.bad];
  return (
    <div class="table-wrap" tabIndex={0} role="group" aria-label={t.reportTitle}>
      <table>
        <caption class="visually-hidden">{t.reportTitle}</caption>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {numbers.map((name) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.items.map((status) => (
            <ReportRow
              key={`${status.id} ${props.period.name}`}
              status={status}
              period={props.period}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Asks for its own figures, so that one promise that cannot be read costs one row. */
function ReportRow({
  status,
  period,
}: {
  readonly status: ObjectiveStatus;
  readonly period: NamedPeriod;
}) {
  const t = texts();
  const zone = reportZone(status.window);
  const { toMs } = periodIn(period, zone);
  const atMs = Math.min(toMs, Math.floor(now.peek() / 60_000) * 60_000);
  const budget = useResource<BudgetAnswer>(
    urls.budgetAt(status.id, atMs, `${period.kind}@${zone}`),
    0,
  );
  const figures = budget.data && judgedBudget(budget.data);
  return (
    <tr>
      <td>
        <a href={paths.report(status.id, periodQuery(period))} data-row>
          {promiseName(status, t)}
        </a>
      </td>
      <td>
        {budget.failure ? (
          <span class="quiet">{budget.failure.message}</span>
        ) : (
          <KeptMark left={figures?.leftFraction ?? null} />
        )}
      </td>
      <td class="number">{formatTarget(status.target)}</td>
      <td class="number">{formatRatio(figures?.compliance ?? null, status.target)}</td>
      <td class="number">{formatRatio(figures?.leftFraction ?? null)}</td>
      <td class="number">{figures ? formatCount(figures.bad, locale()) : '–'}</td>
    </tr>
  );
}
