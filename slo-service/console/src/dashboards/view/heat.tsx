import { useMemo } from 'preact/hooks';
import { minuteText } from '../../state/clock.ts';
import { gridRowPixels } from '../panel.tsx';
import type { ViewProps } from '../panel.tsx';
import { formatUnit } from '../unit.ts';
import { heatCells } from './heat-cells.ts';

const headAndEndsPixels = 96;

/** Time × bucket; the more a cell holds, the stronger its colour. */
export function Heat({ panel, frame, state: { interval } }: ViewProps) {
  const { bounds, counts, highest } = useMemo(() => heatCells(frame), [frame]);
  const columns = frame.at.length;
  const seconds = panel.queries.some(({ expr }) => expr.includes('_seconds'));
  const bound = (le: string) =>
    le === '+Inf' ? '∞' : formatUnit(Number(le), seconds ? 's' : 'short');
  return (
    <div class="heat">
      <div
        class="heat-body"
        style={{ height: `${panel.height * gridRowPixels - headAndEndsPixels}px` }}
      >
        <ol class="plain heat-bounds" aria-hidden="true">
          {bounds.toReversed().map((le) => (
            <li key={le}>≤ {bound(le)}</li>
          ))}
        </ol>
        <svg
          viewBox={`0 0 ${columns} ${bounds.length}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={panel.description}
        >
          {counts.flatMap((row, bucket) =>
            row.map((count, at) =>
              count === 0 ? null : (
                <rect
                  key={`${bucket} ${at}`}
                  x={at + 0.04}
                  y={bounds.length - 1 - bucket + 0.05}
                  width="0.92"
                  height="0.9"
                  opacity={(0.12 + 0.88 * Math.sqrt(count / highest)).toFixed(2)}
                >
                  <title>{formatUnit(count, panel.unit)}</title>
                </rect>
              ),
            ),
          )}
        </svg>
      </div>
      <p class="quiet ends">
        <span>{minuteText(new Date(interval.fromMs))}</span>
        <span>{minuteText(new Date(interval.toMs))}</span>
      </p>
    </div>
  );
}
