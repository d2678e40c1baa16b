import { periodAt, periodKinds } from '@sprout/objectives/period';
import { formatRatio, formatTarget } from '@sprout/objectives/figure';
import type { ObjectiveStatus, Page, Report } from '@sprout/slo-service/api';
import { judgedBudget } from '@sprout/slo-service/standing';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { useWholeList } from '../api/whole-list.ts';
import { formatCount } from '../format/count.ts';
import { shortSpan, spellSpan } from '../format/time-span.ts';
import { whenText } from '../exclusions/when-text.ts';
import { language, locale, texts } from '../i18n/language.ts';
import { place } from '../place/place.ts';
import { paths } from '../shell/route.ts';
import { useTitle } from '../shell/title.ts';
import { instantText, minuteText } from '../state/clock.ts';
import { now } from '../state/now.ts';
import { DataTable } from '../widget/data-table.tsx';
import { KeptMark } from '../widget/kept-mark.tsx';
import { CutNotice, FailureNotice, Pending } from '../widget/notice.tsx';
import { Approximate } from '../widget/approximate.tsx';
import { Simulated } from '../widget/simulated.tsx';
import { DayFigure } from './day-figure.tsx';
import { PeriodBar } from './period-bar.tsx';
import { periodQuery, periodText, readPeriod, reportZone } from './period.ts';
import { spendByCause } from './spend-by-cause.ts';
import './report.css';

/** How a promise was kept in a period: met or missed, what spent it, day by day; made to print. */
export default function ReportPage({ id }: { readonly id: string }) {
  const t = texts();
  const status = useResource<ObjectiveStatus>(urls.objective(id), 0);
  const zone = reportZone(status.data?.window ?? '');
  const running = periodAt('month', zone, now.value);
  const period = readPeriod(place.value.query, periodKinds, running);
  const asked = periodQuery(period);
  const report = useResource<Report>(urls.report(id, { ...asked, zone }), 0);
  const name = status.data ? status.data.title : id;
  useTitle(`${name} ${period.name}`);
  return (
    <div class="page report">
      <div>
        <p class="quiet">{t.reportFor(periodText(period, t, locale()), zone)}</p>
        <h1>{name}</h1>
      </div>
      <PeriodBar period={period} kinds={periodKinds} zone={zone} />
      <FailureNotice of={status} what={t.whatObjective} />
      {report.data ? (
        <>
          <FailureNotice of={report} what={t.whatReport} />
          <Contents report={report.data} asked={asked} />
        </>
      ) : (
        <Pending of={report} what={t.whatReport} />
      )}
    </div>
  );
}

function Contents(props: {
  readonly report: Report;
  readonly asked: Readonly<Record<string, string>>;
}) {
  const t = texts();
  const { report } = props;
  const asked = { ...props.asked, zone: report.zone };
  return (
    <>
      <Result report={report} />
      <Causes report={report} />
      <DayFigure report={report} />
      <Corrections report={report} />
      <p class="links no-print">
        <button type="button" class="button button-strong" onClick={() => window.print()}>
          {t.print}
        </button>
        <a class="button" href={urls.report(report.id, { ...asked, format: 'csv' })} download>
          {t.exportCsv}
        </a>
        <a
          class="button"
          href={urls.report(report.id, { ...asked, format: 'html', lang: language.value })}
        >
          {t.reportHtml}
        </a>
      </p>
    </>
  );
}

function Result({ report }: { readonly report: Report }) {
  const t = texts();
  const { budget, figures, target } = report;
  const judged = judgedBudget(budget);
  const span = (seconds: number | null) => (seconds === null ? '–' : shortSpan(seconds, locale()));
  const count = (value: number) => formatCount(Math.floor(value), locale());
  const tiles = [
    [t.compliance, formatRatio(judged.compliance, target), t.promised(formatTarget(target))],
    [t.budgetLeft, formatRatio(judged.leftFraction), t.ofAllowed(count(judged.allowed))],
    [t.incidents, String(figures.incidents), t.incidentsFound(String(figures.detected))],
    ['MTTD', span(figures.mttdSeconds), t.mttd],
    ['MTTR', span(figures.mttrSeconds), t.mttr],
    ['MTTF', span(figures.mttfSeconds), t.mttf],
    ['MTBF', span(figures.mtbfSeconds), t.mtbf],
    [
      t.timeAvailability,
      formatRatio(figures.timeAvailability, target),
      t.ofObserved(span(figures.observedSeconds)),
    ],
    [t.coverage, formatRatio(judged.coverage), t.coverageHint],
  ] as const;
  return (
    <section class="card" aria-label={t.reportResult}>
      <p class="report-result">
        <KeptMark left={report.kept === null ? null : report.kept ? 1 : -1} />
        <span class="quiet">
          {report.complete ? t.reportComplete : t.reportRunning(instantText(report.to))}
        </span>
      </p>
      <p class="sentence">
        {t.reportSentence(
          formatRatio(judged.compliance, target),
          formatCount(judged.valid, locale()),
          formatTarget(target),
        )}
      </p>
      {(budget.promised ?? []).slice(0, -1).map(({ to, target: former }) => (
        <p class="quiet" key={to}>
          {t.formerTarget(minuteText(to), formatTarget(former))}
        </p>
      ))}
      {budget.adjusted ? (
        <p class="quiet">
          {t.exclusionsEffect(
            spellSpan(budget.adjusted.excludedMinutes * 60, locale()),
            formatRatio(budget.leftFraction),
            formatRatio(budget.adjusted.leftFraction),
          )}
        </p>
      ) : null}
      <Simulated of={budget.simulated} />
      <Approximate of={budget.approximate} />
      <dl class="tiles">
        {tiles.map(([name, value, hint]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <b>{value}</b>
              <small>{hint}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Causes({ report }: { readonly report: Report }) {
  const t = texts();
  const alerts = useWholeList<Page>(
    urls.alerts({ objective: report.id, from: report.from, to: report.to }),
    0,
  );
  const titleOf = (page: string) => alerts.data?.items.find(({ id }) => id === page)?.title ?? page;
  return (
    <section class="card" aria-labelledby="causes-title">
      <h2 id="causes-title">{t.causesTitle}</h2>
      <CutNotice of={alerts} what={t.whatAlerts} />
      <DataTable
        caption={t.causesTitle}
        rows={spendByCause(report)}
        rowKey={({ key }) => key}
        columns={[
          {
            name: t.cause,
            cell: ({ kind, page, deploy }) => (
              <>
                {kind === 'scattered' ? t.causeScattered : null}
                {page === null ? null : <a href={paths.alert(page)}>{titleOf(page)}</a>}
                {kind === 'incident' && page === null ? t.causeUndetected : null}
                {deploy === null ? null : <small>{t.afterDeploy(deploy)}</small>}
              </>
            ),
          },
          { name: t.started, cell: ({ from }) => (from === null ? '–' : minuteText(from)) },
          {
            name: t.lasted,
            cell: ({ from, to }) =>
              from === null || to === null
                ? '–'
                : shortSpan((Date.parse(to) - Date.parse(from)) / 1000, locale()),
            number: true,
          },
          { name: t.bad, cell: ({ bad }) => formatCount(Math.round(bad), locale()), number: true },
          { name: t.budgetSpent, cell: ({ fraction }) => formatRatio(fraction), number: true },
        ]}
      />
    </section>
  );
}

function Corrections({ report }: { readonly report: Report }) {
  const t = texts();
  if (report.exclusions.length + report.annotations.length === 0) return null;
  return (
    <section class="card" aria-labelledby="corrections-title">
      <h2 id="corrections-title">{t.correctionsTitle}</h2>
      <ul class="plain versions">
        {report.exclusions.map((one) => (
          <li key={one.id}>
            {t.pointState.excluded}: {whenText(one.when, t)}{' '}
            <span class="quiet">{t.saidBy(one.reason, one.by)}</span>
          </li>
        ))}
        {report.annotationsCut ? (
          <li>{t.listCut(t.whatAnnotations, String(report.annotations.length))}</li>
        ) : null}
        {report.annotations.map((one) => (
          <li key={one.id}>
            {minuteText(one.at)} {one.title} <span class="quiet">{one.by}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
