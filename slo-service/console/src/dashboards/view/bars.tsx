import { fillToken, judged } from '../colour.ts';
import { lastOf } from '../frame.ts';
import type { ViewProps } from '../panel.tsx';
import { formatUnit } from '../unit.ts';
import { SeriesName } from './series-name.tsx';

/** A bar for each series, in the order of the answer. */
export function Bars({ panel, frame }: ViewProps) {
  const highest = Math.max(...frame.series.map((series) => lastOf(series) ?? 0));
  const min = panel.min ?? 0;
  const max = panel.max ?? (highest > min ? highest : min + 1);
  return (
    <ul class="plain bars" tabIndex={0} aria-label={panel.title}>
      {frame.series.map((series) => {
        const value = lastOf(series);
        const share = Math.min(1, Math.max(0, ((value ?? 0) - min) / (max - min)));
        const { color = 'blue' } = judged(panel, value);
        return (
          <li key={series.key}>
            <span class="bar-name">
              <SeriesName panel={panel} name={series.name} labels={series.labels} />
            </span>
            <b>{formatUnit(value, panel.unit)}</b>
            <span class="bar-track">
              <span style={{ width: `${share * 100}%`, background: `var(${fillToken(color)})` }} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
