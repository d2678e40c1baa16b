import { useMemo, useState } from 'preact/hooks';
import { TimeChart } from '../../chart/time-chart.tsx';
import { texts } from '../../i18n/language.ts';
import { paths } from '../../shell/route.ts';
import { minuteText } from '../../state/clock.ts';
import { lineToken } from '../colour.ts';
import { lastOf } from '../frame.ts';
import { gridRowPixels } from '../panel.tsx';
import type { ViewProps } from '../panel.tsx';
import { formatUnit } from '../unit.ts';
import { lineModel } from './line-model.ts';
import { useExemplars } from '../use-exemplars.ts';
import { SeriesName } from './series-name.tsx';

const headAndLegendPixels = 104;

/** Lines or stacked areas over time, with what each is and its value under the cursor. */
export function Lines({ panel, frame, state }: ViewProps) {
  const [index, setIndex] = useState<number | null>(null);
  const height = Math.max(120, panel.height * gridRowPixels - headAndLegendPixels);
  const points = useExemplars(panel, state);
  const model = useMemo(
    () => lineModel(panel, frame, state, height, points),
    [panel, frame, state.marks, height, points],
  );
  const highest = points.toSorted((a, b) => b.value - a.value)[0];
  const at = index === null ? undefined : frame.at[index];
  return (
    <>
      <TimeChart model={model} label={panel.description} onCursor={setIndex} />
      <ul class="plain legend" tabIndex={0} aria-label={panel.title}>
        {frame.series.map((series, place) => (
          <li key={series.key}>
            <Swatch token={lineToken(place)} />
            <span class="legend-name">
              <SeriesName panel={panel} name={series.name} labels={series.labels} />
            </span>
            <b>{formatUnit(index === null ? lastOf(series) : series.values[index], panel.unit)}</b>
          </li>
        ))}
        {highest === undefined ? null : (
          <li>
            <a href={paths.trace(highest.traceId)}>{texts().exemplarHighest(highest.label)}</a>
          </li>
        )}
        {at === undefined ? null : <li class="quiet">{minuteText(new Date(at * 1000))}</li>}
      </ul>
    </>
  );
}

/** A patch of the colour that stands for a series. */
export function Swatch({ token }: { readonly token: string }) {
  return <span class="swatch" style={{ background: `var(${token})` }} />;
}
