import { formatRatio } from '@sprout/objectives/figure';
import type { Series } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import { minuteText } from '../state/clock.ts';
import { Figure } from '../widget/figure.tsx';
import { coverageCells, meanCoverage } from './coverage.ts';
import { PointTable } from './point-table.tsx';

/** How much of what should be measured was measured, as a strip of cells along the time axis. */
export function CoverageStrip({ series }: { readonly series: Series }) {
  const t = texts();
  const summary = t.coverageSummary(formatRatio(meanCoverage(series.points)));
  const first = series.points[0];
  const last = series.points.at(-1);
  return (
    <Figure
      id="coverage"
      title={t.coverageTitle}
      text={`${t.coverageText} ${summary}`}
      chart={() => (
        <>
          <div class="strip" role="img" aria-label={summary}>
            {coverageCells(series.points).map(({ key, kind, weight, title }) => (
              <div
                key={key}
                class={`strip-cell strip-${kind}`}
                style={{ flexGrow: weight }}
                title={title(minuteText, t)}
              />
            ))}
          </div>
          <p class="strip-ends quiet">
            <span>{first ? minuteText(first.at) : ''}</span>
            <span>{last ? minuteText(last.at) : ''}</span>
          </p>
        </>
      )}
      table={() => (
        <PointTable
          id={series.id}
          caption={t.coverageTitle}
          points={series.points}
          columns={[
            { name: t.coverage, cell: (point) => formatRatio(point.coverage) },
            { name: t.stateColumn, cell: (point) => t.pointState[point.state] },
          ]}
        />
      )}
    />
  );
}
