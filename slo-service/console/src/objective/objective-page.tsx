import type { ConfigAnswer, ObjectiveStatus, Page, PageList } from '@sprout/slo-service/api';
import { useMemo } from 'preact/hooks';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { useWholeList } from '../api/whole-list.ts';
import { spellSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { useTitle } from '../shell/title.ts';
import { Spent } from '../spent/spent.tsx';
import { CutNotice, FailureNotice, Pending } from '../widget/notice.tsx';
import { chooseRange, RangeBar } from '../widget/range-bar.tsx';
import { AlertList, alertsShown } from './alert-list.tsx';
import { BurnTable } from './burn-table.tsx';
import type { ChartFacts } from './chart-models.ts';
import { ExclusionsOf } from './exclusions-of.tsx';
import type { DeclaredObjective } from './formula.ts';
import { Groups } from './groups.tsx';
import { LatencyFigure } from './latency-figure.tsx';
import { CoverageStrip } from './coverage-strip.tsx';
import { Declaration } from './declaration.tsx';
import { Explanation } from './explanation.tsx';
import { BurnDown, EventsFigure, SliFigure } from './history-figures.tsx';
import { Marks } from './marks.tsx';
import { Minutes } from './minutes.tsx';
import { ObjectiveHead } from './objective-head.tsx';
import { PeriodFigure } from './period-figure.tsx';
import { useHistory } from './use-history.ts';
import { windowSeconds } from '../place/range.ts';
import '../chart/chart.css';
import './objective.css';

/** Everything about one promise. */
export default function ObjectivePage({ id }: { readonly id: string }) {
  const t = texts();
  const status = useResource<ObjectiveStatus>(urls.objective(id));
  const alerts = useResource<PageList>(urls.alerts({ objective: id, limit: alertsShown }));
  const config = useResource<ConfigAnswer>(urls.config(), 0);
  useTitle(status.data?.title ?? id);
  if (!status.data) {
    return (
      <div class="page">
        <h1>{id}</h1>
        <Pending of={status} what={t.whatObjective} />
      </div>
    );
  }
  return (
    <div class="page">
      <ObjectiveHead status={status.data} />
      <FailureNotice of={status} what={t.whatObjective} />
      <FailureNotice of={alerts} what={t.whatAlerts} />
      <section class="card" aria-labelledby="spent-title">
        <h2 id="spent-title">{t.spentTitle}</h2>
        <Spent status={status.data} alone />
      </section>
      {isCalendar(status.data) ? <PeriodFigure status={status.data} /> : null}
      <HistorySection
        status={status.data}
        declared={config.data?.objectives.find((one) => one.id === id)}
      />
      <Minutes status={status.data} />
      {(status.data.groupBy ?? []).length > 0 ? <Groups status={status.data} /> : null}
      <BurnTable burnRates={status.data.burnRates} />
      <AlertList alerts={alerts.data?.items ?? []} />
      <ExclusionsOf status={status.data} />
      <Explanation status={status.data} />
      <Declaration status={status.data} config={config} />
    </div>
  );
}

function HistorySection(props: {
  readonly status: ObjectiveStatus;
  readonly declared: DeclaredObjective | undefined;
}) {
  const t = texts();
  const { id, target, budget } = props.status;
  // Clock time, which a compressed stack has less of than the promise says.
  const seconds = (Date.parse(budget.to) - Date.parse(budget.from)) / 1000;
  const nominalSeconds = windowSeconds(props.status.window);
  const { range, interval, series } = useHistory(id, seconds);
  const stretch = { from: interval.fromMs, to: interval.toMs };
  const alerts = useWholeList<Page>(urls.alerts({ objective: id, ...stretch }));
  const language = locale();
  const facts = useMemo<ChartFacts | undefined>(
    () =>
      series.data && {
        status: { id, target },
        series: series.data,
        interval,
        alerts: alerts.data?.items ?? [],
        t,
        locale: language,
        onZoom: (to) => chooseRange({ kind: 'fixed', ...to }),
      },
    [series.data, alerts.data, language, id, target, interval.fromMs, interval.toMs],
  );
  return (
    <>
      <div>
        <RangeBar range={range} interval={interval} withAll />
        <p class="quiet hint">{t.rangeZoomHint}</p>
      </div>
      <CutNotice of={alerts} what={t.whatAlerts} />
      {series.data ? <FailureNotice of={series} what={t.whatSeries} /> : null}
      {facts ? (
        <>
          {isCalendar(props.status) ? null : (
            <BurnDown facts={facts} window={spellSpan(nominalSeconds, language)} />
          )}
          <div class="figures">
            <SliFigure facts={facts} />
            <EventsFigure facts={facts} />
          </div>
          <LatencyFigure facts={facts} {...props} />
          <CoverageStrip series={facts.series} />
          <Marks series={facts.series} />
        </>
      ) : (
        <Pending of={series} what={t.whatSeries} />
      )}
    </>
  );
}

/** Periods of the calendar are drawn whole, from zero; rolling windows by what is left. */
const isCalendar = ({ window }: ObjectiveStatus): boolean => window.includes('@');
