import type { PanelModel } from '@sprout/grafana/model';
import { inkToken, judged } from '../colour.ts';
import { lastOf } from '../frame.ts';
import type { Series } from '../frame.ts';
import type { ViewProps } from '../panel.tsx';
import { formatUnit } from '../unit.ts';
import { SeriesName } from './series-name.tsx';

/** The last value of each series, large, over its course as a small line. */
export function Stats({ panel, frame }: ViewProps) {
  return (
    <div class="stats">
      {frame.series.map((series) => (
        <div class="stat" key={series.key}>
          <Figure panel={panel} series={series} named={frame.series.length > 1} />
          <Spark values={series.values} />
        </div>
      ))}
    </div>
  );
}

function Figure(props: {
  readonly panel: PanelModel;
  readonly series: Series;
  readonly named: boolean;
}) {
  const { panel, series, named } = props;
  const value = lastOf(series);
  const { text, color } = judged(panel, value);
  return (
    <p>
      <b class="stat-value" style={color ? { color: `var(${inkToken(color)})` } : {}}>
        {text ?? formatUnit(value, panel.unit)}
      </b>
      {named ? (
        <span class="quiet stat-name">
          <SeriesName panel={panel} name={series.name} labels={series.labels} />
        </span>
      ) : null}
    </p>
  );
}

const width = 100;
const height = 24;

/** A line without axes; decoration beside the figure, which the table twin tells in full. */
function Spark({ values }: Pick<Series, 'values'>) {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known, 0);
  const high = Math.max(...known, low + Number.EPSILON);
  const points = values.flatMap((value, index) => {
    if (value === null) return [];
    const x = (index / Math.max(1, values.length - 1)) * width;
    const y = height - 1 - ((value - low) / (high - low || 1)) * (height - 2);
    return [`${x.toFixed(1)},${y.toFixed(1)}`];
  });
  if (points.length < 2) return null;
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden>
      <polygon points={`${points.join(' ')} ${width},${height} 0,${height}`} />
      <polyline points={points.join(' ')} />
    </svg>
  );
}
