import { useEffect } from 'preact/hooks';
import { useResource } from '../../api/resource.ts';
import { urls } from '../../api/urls.ts';
import { formatLatency } from '../../format/time-span.ts';
import { texts } from '../../i18n/language.ts';
import { paths } from '../../shell/route.ts';
import { instantText } from '../../state/clock.ts';
import { DataTable } from '../../widget/data-table.tsx';
import { FailureNotice } from '../../widget/notice.tsx';
import { Absent } from '../panel.tsx';
import { filledQueries } from '../use-frame.ts';
import type { PanelLogs } from './panel-logs.tsx';

/** The answer of Tempo's search, as far as it is read. */
interface SearchAnswer {
  readonly traces?: readonly Found[];
}

interface Found {
  readonly traceID: string;
  readonly rootServiceName?: string;
  readonly rootTraceName?: string;
  readonly startTimeUnixNano?: string;
  readonly durationMs?: number;
}

const tracesMax = 20;

/** A row for each trace that a TraceQL query finds; it leads to the trace. */
export function PanelTraces({ panel, state, seen, onEmpty }: Parameters<typeof PanelLogs>[0]) {
  const t = texts();
  const [query = ''] = filledQueries(panel, state);
  const answer = useResource<SearchAnswer>(
    seen ? urls.traces(query, state.interval, tracesMax) : null,
    0,
  );
  const found = answer.data?.traces ?? [];
  useEffect(() => {
    if (answer.data) onEmpty(found.length === 0);
  }, [answer.data]);
  return (
    <>
      <FailureNotice of={answer} what={t.whatPanel} />
      {found.length === 0 ? (
        <Absent panel={panel} seen={seen} known={!!answer.data} failed={!!answer.failure} />
      ) : (
        <DataTable
          caption={panel.title}
          columns={[
            {
              name: t.columnTime,
              cell: (one: Found) => (
                <a href={paths.trace(one.traceID)}>{instantText(startOf(one))}</a>
              ),
            },
            { name: t.columnService, cell: (one: Found) => one.rootServiceName ?? '' },
            { name: t.columnName, cell: (one: Found) => one.rootTraceName ?? '' },
            {
              name: t.columnDuration,
              number: true,
              cell: (one: Found) => formatLatency(one.durationMs ?? 0),
            },
          ]}
          rows={found}
          rowKey={({ traceID }) => traceID}
          long
        />
      )}
    </>
  );
}

const startOf = ({ startTimeUnixNano = '0' }: Found): Date =>
  new Date(Number(BigInt(startTimeUnixNano) / 1_000_000n));
