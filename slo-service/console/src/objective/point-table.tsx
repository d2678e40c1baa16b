import type { Point } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import { minutesFrom } from '../place/minutes-from.ts';
import { instantText } from '../state/clock.ts';
import { DataTable } from '../widget/data-table.tsx';
import { followArrows } from '../widget/roving.ts';

/**
 * The table twin of a chart over time, newest first. Each time leads to its minutes; arrows move
 * among them.
 */
export function PointTable(props: {
  readonly caption: string;
  /** The promise whose points they are. */
  readonly id: string;
  readonly points: readonly Point[];
  readonly columns: readonly { readonly name: string; readonly cell: (point: Point) => string }[];
}) {
  const t = texts();
  const newest = props.points.at(-1);
  return (
    <div onKeyDown={followArrows}>
      <DataTable
        long
        caption={props.caption}
        rows={props.points.toReversed()}
        rowKey={(point) => point.at}
        columns={[
          {
            name: t.time,
            cell: (point) => (
              <a
                href={minutesFrom(props.id, point.at)}
                data-rove
                tabIndex={point === newest ? 0 : -1}
              >
                {instantText(point.at)}
                {point.simulated ? ` (${t.simulatedBand})` : ''}
                {point.approximate ? ` (${t.approximateBand})` : ''}
              </a>
            ),
          },
          ...props.columns.map((column) => ({ ...column, number: true })),
        ]}
      />
    </div>
  );
}
