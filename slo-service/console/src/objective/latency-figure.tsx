import { formatTarget } from '@sprout/objectives/figure';
import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { useMemo, useState } from 'preact/hooks';
import { urls } from '../api/urls.ts';
import { getJson } from '../api/request.ts';
import { useFetched } from '../api/resource.ts';
import type { ChartModel } from '../chart/chart-model.ts';
import { TimeChart } from '../chart/time-chart.tsx';
import { fillQuery } from '../dashboards/fill.ts';
import { gridOf, readFrame } from '../dashboards/frame.ts';
import type { MetricsAnswer } from '../dashboards/frame.ts';
import { formatLatency } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { minuteText } from '../state/clock.ts';
import { DataTable } from '../widget/data-table.tsx';
import { Figure } from '../widget/figure.tsx';
import { FailureNotice } from '../widget/notice.tsx';
import { latencyModel } from './chart-models.ts';
import type { ChartFacts } from './chart-models.ts';
import type { DeclaredObjective } from './formula.ts';
import { latencyQuestion } from './latency-query.ts';
import type { LatencyQuestion } from './latency-query.ts';
import { thresholdText } from './sentence.ts';

/** How long the promised fraction took, against the promise; nothing where the source has no answer. */
export function LatencyFigure(props: {
  readonly facts: ChartFacts;
  readonly status: ObjectiveStatus;
  readonly declared: DeclaredObjective | undefined;
}) {
  const question = props.declared && latencyQuestion(props.declared);
  const { thresholdSeconds } = props.status;
  if (question === undefined || thresholdSeconds === null) return null;
  return <Latency {...props} question={question} thresholdSeconds={thresholdSeconds} />;
}

function Latency(props: {
  readonly facts: ChartFacts;
  readonly question: LatencyQuestion;
  readonly thresholdSeconds: number;
}) {
  const t = texts();
  const { facts, question, thresholdSeconds } = props;
  const { interval, series } = facts;
  const time = { interval, stepSeconds: series.stepSeconds };
  const query = fillQuery(question.expr, {}, new Set(), time);
  const url = urls.metrics(query, interval, series.stepSeconds);
  const answer = useFetched(url, 0, async (signal) => {
    const at = gridOf(interval.fromMs, interval.toMs, series.stepSeconds);
    const measured = await getJson<MetricsAnswer>(url, signal);
    return readFrame([{ expr: query, legend: t.latencyTitle }], [measured], at);
  });
  const [first] = answer.data?.series ?? [];
  const at = answer.data?.at ?? [];
  const model = useMemo(
    () => first && latencyModel(facts, { at, values: first.values, thresholdSeconds }),
    [facts, answer.data, thresholdSeconds],
  );
  if (answer.failure) return <FailureNotice of={answer} what={t.whatLatency} />;
  if (model === undefined || first === undefined) return null;
  return (
    <Figure
      id="latency"
      title={t.latencyTitle}
      text={t.latencyText(
        formatTarget(question.quantile),
        thresholdText(thresholdSeconds, locale()),
      )}
      chart={() => <LatencyChart model={model} values={first.values} />}
      table={() => (
        <DataTable
          caption={t.latencyTitle}
          long
          rows={at
            .map((seconds, index) => ({ seconds, value: first.values[index] ?? null }))
            .toReversed()}
          rowKey={({ seconds }) => String(seconds)}
          columns={[
            { name: t.time, cell: ({ seconds }) => minuteText(new Date(seconds * 1000)) },
            { name: t.latencyTitle, cell: ({ value }) => latencyOf(value), number: true },
          ]}
        />
      )}
    />
  );
}

/** The chart with the latency under the cursor in words; without a cursor, the latest. */
function LatencyChart(props: {
  readonly model: ChartModel;
  readonly values: readonly (number | null)[];
}) {
  const t = texts();
  const { model, values } = props;
  const [cursor, setCursor] = useState<number | null>(null);
  const last = values.findLastIndex((value) => value !== null);
  const index = cursor !== null && cursor < values.length ? cursor : last;
  return (
    <div class="readout">
      <p>
        <b>{`${t.latencyTitle} ${latencyOf(values[index] ?? null)}`}</b>{' '}
        <span class="quiet">{minuteText(new Date((model.at[index] ?? 0) * 1000))}</span>
      </p>
      <TimeChart model={model} label={t.latencyTitle} onCursor={setCursor} />
    </div>
  );
}

const latencyOf = (seconds: number | null): string =>
  seconds === null ? '–' : formatLatency(seconds * 1000);
