import { minuteText } from '../../state/clock.ts';
import { fillToken, judged, lineToken } from '../colour.ts';
import type { ViewProps } from '../panel.tsx';
import { formatUnit } from '../unit.ts';
import { Swatch } from './lines.tsx';
import { SeriesName } from './series-name.tsx';
import { stretchesOf } from './stretches.ts';

/** Worse states are taller, so that colour is not all that tells them apart. */
const heights = { green: 0.45, blue: 0.45, gray: 0.3, orange: 0.75, red: 1 } as const;

/** A band for each series, coloured by its states. */
export function States({ panel, frame, state: { interval } }: ViewProps) {
  const length = interval.toMs - interval.fromMs;
  return (
    <div class="states">
      <ul class="plain state-rows" tabIndex={0} aria-label={panel.title}>
        {frame.series.map((series, index) => (
          <li key={series.key}>
            <span class="state-series">
              <SeriesName panel={panel} name={series.name} labels={series.labels} />
            </span>
            <svg viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">
              {stretchesOf(series, frame.at, interval).map(({ fromMs, toMs, value }) => {
                const { color, text } = judged(panel, value);
                const share = color === undefined ? 0.6 : heights[color];
                const token = color === undefined ? lineToken(index) : fillToken(color);
                return (
                  <rect
                    key={fromMs}
                    x={((fromMs - interval.fromMs) / length) * 1000}
                    width={((toMs - fromMs) / length) * 1000}
                    y={20 * (1 - share)}
                    height={20 * share}
                    style={{ fill: `var(${token})` }}
                  >
                    <title>{text ?? formatUnit(value, panel.unit)}</title>
                  </rect>
                );
              })}
            </svg>
          </li>
        ))}
      </ul>
      <p class="quiet ends">
        <span>{minuteText(new Date(interval.fromMs))}</span>
        <span>{minuteText(new Date(interval.toMs))}</span>
      </p>
      <ul class="plain legend">
        {(panel.states ?? []).map(({ value, text, color }) => (
          <li key={value}>
            <Swatch token={fillToken(color)} /> {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
