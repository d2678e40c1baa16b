import { useMemo } from 'preact/hooks';
import type { ViewProps } from '../panel.tsx';
import { formatUnit } from '../unit.ts';
import { graphLayout, graphWidth } from './graph-layout.ts';
import type { GraphEdge } from './graph-layout.ts';

const radius = 27;

/** Circles and arrows, callers on the left; the value is written in and at them. */
export function Graph({ panel, frame }: ViewProps) {
  const { nodes, edges, height } = useMemo(() => graphLayout(frame), [frame]);
  return (
    <div class="graph" tabIndex={0} role="group" aria-label={panel.title}>
      <svg viewBox={`0 0 ${graphWidth} ${height}`} role="img" aria-label={panel.description}>
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path class="graph-head" d="M0 0 8 4 0 8Z" />
          </marker>
        </defs>
        {edges.map((edge) => (
          <path key={edge.id} class="graph-edge" d={curve(edge)} marker-end="url(#arrow)" />
        ))}
        {edges.map(({ id, from, to, value }) => (
          <text
            key={id}
            class="graph-rate"
            x={from.x * 0.4 + to.x * 0.6}
            y={from.y * 0.4 + to.y * 0.6 - 5}
          >
            {formatUnit(value, panel.unit)}
          </text>
        ))}
        {nodes.map(({ id, title, value, x, y }) => (
          <g key={id}>
            <circle class="graph-node" cx={x} cy={y} r={radius} />
            <text class="graph-value" x={x} y={y + 4}>
              {value === null ? '' : formatUnit(value, 'short')}
            </text>
            <text class="graph-title" x={x} y={y + radius + 15}>
              {title}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

/** Leaves its node to the right and arrives from the left; back links bend around. */
function curve({ from, to }: GraphEdge): string {
  const forward = to.x > from.x;
  const [x1, x2] = forward ? [from.x + radius, to.x - radius - 2] : [from.x, to.x];
  const [y1, y2] = forward ? [from.y, to.y] : [from.y - radius, to.y - radius - 2];
  const bend = forward ? (x2 - x1) / 2 : 0;
  const lift = forward ? 0 : 60;
  return `M${x1} ${y1} C${x1 + bend} ${y1 - lift} ${x2 - bend} ${y2 - lift} ${x2} ${y2}`;
}
