import type { Point } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import { instantText } from '../state/clock.ts';
import { DataTable } from '../widget/data-table.tsx';

/** The table twin of a chart over time, newest first. */
export function PointTable(props: {
  readonly caption: string;
  readonly points: readonly Point[];
  readonly columns: readonly { readonly name: string; readonly cell: (point: Point) => string }[];
}) {
  const t = texts();
  return (
    <DataTable
      long
      caption={props.caption}
      rows={props.points.toReversed()}
      rowKey={(point) => point.at}
      columns={[
        { name: t.time, cell: (point) => instantText(point.at) },
        ...props.columns.map((column) => ({ ...column, number: true })),
      ]}
    />
  );
}
