import { texts } from '../../i18n/language.ts';
import { DataTable } from '../../widget/data-table.tsx';
import type { Column } from '../../widget/data-table.tsx';
import type { ViewProps } from '../panel.tsx';
import { formatUnit } from '../unit.ts';
import { joined, labelsOf } from './join.ts';
import type { JoinedRow } from './join.ts';
import { SeriesLinks } from './series-name.tsx';

/** A row for each label set, a column for each label and each query. */
export function JoinedTable({ panel, frame }: Pick<ViewProps, 'panel' | 'frame'>) {
  const rows = joined(panel, frame);
  const columns: Column<JoinedRow>[] = [
    ...labelsOf(rows).map((label) => ({
      name: label,
      cell: ({ labels }: JoinedRow) => labels[label] ?? '',
    })),
    ...panel.queries.map(({ legend, unit = panel.unit }, index) => ({
      name: legend || texts().columnValue,
      number: true,
      cell: ({ values }: JoinedRow) => formatUnit(values[index], unit),
    })),
    ...(panel.links === undefined || panel.links.length === 0
      ? []
      : [
          {
            name: texts().columnLinks,
            cell: ({ labels }: JoinedRow) => <SeriesLinks panel={panel} labels={labels} />,
          },
        ]),
  ];
  return (
    <DataTable caption={panel.title} columns={columns} rows={rows} rowKey={({ key }) => key} long />
  );
}
