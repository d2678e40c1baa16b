import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { texts } from '../i18n/language.ts';
import { LogList } from '../logs/log-list.tsx';
import { readLogs } from '../logs/loki.ts';
import type { LokiAnswer } from '../logs/loki.ts';
import { FailureNotice, Skeleton } from '../widget/notice.tsx';
import type { Waterfall } from './waterfall.ts';

const linesMax = 200;
/** Lines can be stamped a little before the first and well after the last span. */
const beforeMs = 60_000;
const afterMs = 5 * 60_000;

/** The log lines that carry the trace's id. */
export function TraceLogs({
  id,
  waterfall,
}: {
  readonly id: string;
  readonly waterfall: Waterfall;
}) {
  const t = texts();
  const { startMs, durationMs } = waterfall;
  const interval = { fromMs: startMs - beforeMs, toMs: startMs + durationMs + afterMs };
  const query = `{service=~".+"} |= "${id.replaceAll(/[^0-9a-zA-Z]/g, '')}"`;
  const logs = useResource<LokiAnswer>(urls.logs(query, interval, linesMax), 0);
  const lines = logs.data && readLogs(logs.data).toReversed();
  return (
    <section class="card" aria-labelledby="trace-logs-title">
      <h2 id="trace-logs-title">{t.traceLogs}</h2>
      <FailureNotice of={logs} what={t.whatLogs} />
      {!lines && !logs.failure ? <Skeleton lines={1} /> : null}
      {lines?.length === 0 ? <p class="quiet">{t.traceLogsNone}</p> : null}
      {lines && lines.length > 0 ? <LogList lines={lines} /> : null}
    </section>
  );
}
