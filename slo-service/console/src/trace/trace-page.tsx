import { useMemo } from 'preact/hooks';
import { useResource } from '../api/resource.ts';
import type { Resource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { formatLatency } from '../format/time-span.ts';
import { texts } from '../i18n/language.ts';
import { useTitle } from '../shell/title.ts';
import { instantText } from '../state/clock.ts';
import { EmptyNotice, Pending } from '../widget/notice.tsx';
import { readSpans } from './otlp.ts';
import type { OtlpTrace } from './otlp.ts';
import { TraceLogs } from './trace-logs.tsx';
import { WaterfallTable } from './waterfall-table.tsx';
import { layOut } from './waterfall.ts';
import type { Waterfall } from './waterfall.ts';
import '../logs/logs.css';
import './trace.css';

/** One trace: where its time went, what failed, and what was logged on the way. */
export default function TracePage({ id }: { readonly id: string }) {
  const t = texts();
  useTitle(`${t.traceTitle} ${id.slice(0, 8)}`);
  const trace = useResource<OtlpTrace>(urls.trace(id), 0);
  const waterfall = useMemo(() => trace.data && layOut(readSpans(trace.data)), [trace.data]);
  return (
    <div class="page">
      <header>
        <h1>{waterfall?.rows[0]?.span.name ?? t.traceTitle}</h1>
        <p class="quiet trace-id">
          {t.traceTitle} <code>{id}</code>
        </p>
        {waterfall && waterfall.rows.length > 0 ? <Lead waterfall={waterfall} /> : null}
      </header>
      <Body trace={trace} waterfall={waterfall} />
      {waterfall && waterfall.rows.length > 0 ? <TraceLogs id={id} waterfall={waterfall} /> : null}
    </div>
  );
}

function Lead({ waterfall }: { readonly waterfall: Waterfall }) {
  const t = texts();
  const { rows, services, durationMs, startMs } = waterfall;
  const failed = rows.filter(({ span }) => span.failed).length;
  const lead = t.traceLead(String(rows.length), String(services.length), formatLatency(durationMs));
  return (
    <p class="lead">
      {lead}
      {failed > 0 ? <b class="trace-errors">{t.traceErrors(String(failed))}</b> : null}
      <span class="as-of">{instantText(new Date(startMs))}</span>
    </p>
  );
}

function Body(props: {
  readonly trace: Resource<OtlpTrace>;
  readonly waterfall: Waterfall | undefined;
}) {
  const t = texts();
  const missing = props.trace.failure?.status === 404 || props.waterfall?.rows.length === 0;
  if (missing) return <EmptyNotice title={t.traceNone} fix={t.traceNoneFix} />;
  if (!props.waterfall) return <Pending of={props.trace} what={t.whatTrace} />;
  return <WaterfallTable waterfall={props.waterfall} />;
}
