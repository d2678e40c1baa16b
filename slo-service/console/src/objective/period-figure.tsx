import { formatRatio } from '@sprout/objectives/figure';
import type { ConfigAnswer, ObjectiveStatus, Page, Series } from '@sprout/slo-service/api';
import { useMemo, useState } from 'preact/hooks';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { useWholeList } from '../api/whole-list.ts';
import type { ChartModel } from '../chart/chart-model.ts';
import { stepFor } from '../chart/step.ts';
import { TimeChart } from '../chart/time-chart.tsx';
import { formatCount } from '../format/count.ts';
import { locale, texts } from '../i18n/language.ts';
import type { Interval } from '../place/range.ts';
import { instantText, minuteText } from '../state/clock.ts';
import { DataTable } from '../widget/data-table.tsx';
import { Figure } from '../widget/figure.tsx';
import { CutNotice, EmptyNotice, FailureNotice, Pending } from '../widget/notice.tsx';
import { chooseRange } from '../widget/range-bar.tsx';
import { alertBands, excludedBands, markedBands } from './chart-models.ts';
import { expectedAllowed, periodModel, periodOf, periodPoints } from './period.ts';
import type { PeriodPoint } from './period.ts';
import { budgetName } from './sentence.ts';

/** The running period of a calendar promise: bad events so far against what it allows. */
export function PeriodFigure({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  const config = useResource<ConfigAnswer>(urls.config(), 0);
  const { from, to } = status.budget;
  const alerts = useWholeList<Page>(urls.alerts({ objective: status.id, from }));
  const shown = useMemo(() => alerts.data?.items ?? [], [alerts.data]);
  const known = { fromMs: Date.parse(from), toMs: Date.parse(to) };
  const series = useResource<Series>(urls.series(status.id, known, stepFor(known)), 0);
  const interval = config.data && periodOf(status.budget, config.data.minuteMs);
  if (!series.data || !interval) {
    return <Pending of={config.failure ? config : series} what={t.whatSeries} />;
  }
  return (
    <>
      <CutNotice of={alerts} what={t.whatAlerts} />
      <FailureNotice of={series} what={t.whatSeries} />
      <Period status={status} alerts={shown} series={series.data} interval={interval} />
    </>
  );
}

interface PeriodFacts {
  readonly status: ObjectiveStatus;
  readonly alerts: readonly Page[];
  readonly series: Series;
  readonly interval: Interval;
}

function Period({ status, alerts, series, interval }: PeriodFacts) {
  const t = texts();
  const language = locale();
  const count = (value: number) => formatCount(Math.round(value), language);
  const points = useMemo(() => periodPoints(series, status.target), [series, status.target]);
  const expected = expectedAllowed(points, interval);
  const model = useMemo(
    () =>
      periodModel(points, {
        interval,
        syncKey: `${status.id} period`,
        bands: [
          ...excludedBands(series, t.excludedBand),
          ...markedBands(series, t),
          ...alertBands(alerts, status.id, interval, t.alertBand),
        ],
        marks: (series.annotations ?? []).map((one) => ({
          atMs: Date.parse(one.at),
          label: one.title,
        })),
        onZoom: (to) => chooseRange({ kind: 'fixed', ...to }),
        tickText: (value) => formatCount(value, language),
        words: { bad: t.periodBad, allowed: t.periodAllowed, limit: t.periodExpected },
      }),
    [points, alerts, language, interval.toMs],
  );
  const text = t.periodText(
    budgetName(status, t, language),
    expected === null ? '–' : count(expected),
    instantText(new Date(interval.toMs)),
  );
  const say = ({ bad, allowed }: PeriodPoint) =>
    t.periodSay(count(bad), allowed === null ? '–' : count(allowed), shareOf(bad, allowed));
  return (
    <Figure
      id="burn"
      title={t.periodTitle}
      text={text}
      chart={() => <PeriodChart model={model} points={points} label={text} say={say} />}
      table={() => (
        <DataTable
          long
          caption={t.periodTitle}
          rows={points.toReversed()}
          rowKey={(point) => point.at}
          columns={[
            { name: t.time, cell: (point) => instantText(point.at) },
            { name: t.periodBad, cell: (point) => count(point.bad), number: true },
            {
              name: t.periodAllowed,
              cell: ({ allowed }) => (allowed === null ? '–' : count(allowed)),
              number: true,
            },
            {
              name: t.periodSpent,
              cell: ({ bad, allowed }) => shareOf(bad, allowed),
              number: true,
            },
          ]}
        />
      )}
    />
  );
}

function PeriodChart(props: {
  readonly model: ChartModel;
  readonly points: readonly PeriodPoint[];
  readonly label: string;
  readonly say: (point: PeriodPoint) => string;
}) {
  const t = texts();
  const [index, setIndex] = useState<number | null>(null);
  const point =
    (index === null ? undefined : props.points[index]) ??
    props.points.findLast(({ allowed }) => allowed !== null);
  if (!point) return <EmptyNotice title={t.chartEmpty} fix={t.chartEmptyFix} />;
  return (
    <div class="readout">
      <p>
        <b>{props.say(point)}</b> <span class="quiet">{minuteText(point.at)}</span>
      </p>
      <TimeChart model={props.model} label={props.label} onCursor={setIndex} />
    </div>
  );
}

function shareOf(bad: number, allowed: number | null): string {
  return formatRatio(allowed === null || allowed === 0 ? null : bad / allowed);
}
