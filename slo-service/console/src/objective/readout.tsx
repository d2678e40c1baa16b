import type { Point } from '@sprout/slo-service/api';
import { useState } from 'preact/hooks';
import type { ChartModel } from '../chart/chart-model.ts';
import { TimeChart } from '../chart/time-chart.tsx';
import { texts } from '../i18n/language.ts';
import { minuteText } from '../state/clock.ts';
import { EmptyNotice } from '../widget/notice.tsx';

/** A chart with the value under the cursor in words; without a cursor, the latest known value. */
export function Readout(props: {
  readonly model: ChartModel;
  readonly points: readonly Point[];
  readonly label: string;
  readonly say: (point: Point) => string;
}) {
  const t = texts();
  const [index, setIndex] = useState<number | null>(null);
  const point =
    (index === null ? undefined : props.points[index]) ??
    props.points.findLast(({ valid }) => valid > 0);
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
