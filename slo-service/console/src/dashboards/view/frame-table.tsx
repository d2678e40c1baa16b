import type { PanelModel } from '@sprout/grafana/model';
import { texts } from '../../i18n/language.ts';
import { instantText } from '../../state/clock.ts';
import { DataTable } from '../../widget/data-table.tsx';
import { judged } from '../colour.ts';
import { lastOf } from '../frame.ts';
import type { Frame, Series } from '../frame.ts';
import type { ViewProps } from '../panel.tsx';
import { formatUnit } from '../unit.ts';
import { SeriesLinks } from './series-name.tsx';
import { stretchesOf } from './stretches.ts';

/** The figures of a panel as a table: stretches of states, moments of lines, or one value each. */
export function FrameTable({ panel, frame, state }: ViewProps) {
  if (panel.view === 'statetimeline') {
    return <StretchTable panel={panel} frame={frame} state={state} />;
  }
  return frame.at.length > 1 ? (
    <TimeTable panel={panel} frame={frame} />
  ) : (
    <ValueTable panel={panel} series={frame.series} />
  );
}

/** A row for each moment, newest first, a column for each series. */
function TimeTable({ panel, frame }: { readonly panel: PanelModel; readonly frame: Frame }) {
  const rows = frame.at.map((_, index) => index).toReversed();
  return (
    <DataTable
      caption={panel.title}
      columns={[
        {
          name: texts().columnTime,
          cell: (index: number) => instantText(new Date((frame.at[index] ?? 0) * 1000)),
        },
        ...frame.series.map(({ name, values }) => ({
          name,
          number: true,
          cell: (index: number) => said(panel, values[index]),
        })),
      ]}
      rows={rows}
      rowKey={String}
      long
    />
  );
}

function ValueTable(props: { readonly panel: PanelModel; readonly series: readonly Series[] }) {
  const { panel, series } = props;
  const t = texts();
  return (
    <DataTable
      caption={panel.title}
      columns={[
        { name: t.columnSeries, cell: ({ name }: Series) => name },
        { name: t.columnValue, number: true, cell: (one: Series) => said(panel, lastOf(one)) },
        ...(panel.links ?? []).slice(0, 1).map(() => ({
          name: t.columnLinks,
          cell: ({ labels }: Series) => <SeriesLinks panel={panel} labels={labels} />,
        })),
      ]}
      rows={series}
      rowKey={({ key }) => key}
      long
    />
  );
}

function StretchTable({ panel, frame, state }: ViewProps) {
  const t = texts();
  const rows = frame.series.flatMap((series) =>
    stretchesOf(series, frame.at, state.interval).map((stretch) => ({ series, ...stretch })),
  );
  type Row = (typeof rows)[number];
  return (
    <DataTable
      caption={panel.title}
      columns={[
        { name: t.columnSeries, cell: ({ series }: Row) => series.name },
        { name: t.columnState, cell: ({ value }: Row) => said(panel, value) },
        { name: t.columnFrom, cell: ({ fromMs }: Row) => instantText(new Date(fromMs)) },
        { name: t.columnTo, cell: ({ toMs }: Row) => instantText(new Date(toMs)) },
      ]}
      rows={rows}
      rowKey={({ series, fromMs }) => `${series.key} ${fromMs}`}
      long
    />
  );
}

const said = (panel: PanelModel, value: number | null | undefined): string =>
  judged(panel, value ?? null).text ?? formatUnit(value, panel.unit);
