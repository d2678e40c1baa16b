import type { PanelModel } from '@sprout/grafana/model';
import { fillToken, inkToken, judged } from '../colour.ts';
import { lastOf } from '../frame.ts';
import type { Series } from '../frame.ts';
import type { ViewProps } from '../panel.tsx';
import { formatUnit } from '../unit.ts';
import { arc } from './arc.ts';
import { SeriesName } from './series-name.tsx';

/** An arc from `min` to `max` for each series, the thresholds as a thin ring around it. */
export function Gauges({ panel, frame }: ViewProps) {
  return (
    <div class="gauges">
      {frame.series.map((series) => (
        <figure class="gauge" key={series.key}>
          <Dial panel={panel} series={series} />
          {frame.series.length > 1 ? (
            <figcaption class="quiet">
              <SeriesName panel={panel} name={series.name} labels={series.labels} />
            </figcaption>
          ) : null}
        </figure>
      ))}
    </div>
  );
}

function Dial({ panel, series }: { readonly panel: PanelModel; readonly series: Series }) {
  const value = lastOf(series) ?? 0;
  const min = panel.min ?? 0;
  const max = panel.max ?? (panel.unit === 'percentunit' ? 1 : Math.max(value, 1));
  const share = (at: number) => Math.min(1, Math.max(0, (at - min) / (max - min || 1)));
  const { color = 'blue' } = judged(panel, value);
  const steps = panel.thresholds ?? [];
  const text = formatUnit(value, panel.unit);
  return (
    <svg viewBox="0 0 120 92" role="img" aria-label={`${panel.title}: ${text}`}>
      <path class="gauge-track" d={arc(0, 1, 44)} />
      {share(value) === 0 ? null : (
        <path
          class="gauge-value"
          d={arc(0, share(value), 44)}
          style={{ stroke: `var(${fillToken(color)})` }}
        />
      )}
      {steps.map((step, index) => (
        <path
          key={index}
          class="gauge-ring"
          d={arc(share(step.from ?? min), share(steps[index + 1]?.from ?? max), 54)}
          style={{ stroke: `var(${fillToken(step.color)})` }}
        />
      ))}
      <text x="60" y="66" style={{ fill: `var(${inkToken(color)})` }}>
        {text}
      </text>
    </svg>
  );
}
