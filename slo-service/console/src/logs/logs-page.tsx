import { computed } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { refreshMs, useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { texts } from '../i18n/language.ts';
import { addressChars, typedCharsMax } from '../place/address-length.ts';
import { changeQuery, place } from '../place/place.ts';
import { readRange, resolveRange } from '../place/range.ts';
import { useTitle } from '../shell/title.ts';
import { now } from '../state/now.ts';
import { EmptyNotice, FailureNotice, Pending } from '../widget/notice.tsx';
import { RangeBar } from '../widget/range-bar.tsx';
import { LogList } from './log-list.tsx';
import { readLogs } from './loki.ts';
import type { LokiAnswer } from './loki.ts';
import '../chart/chart.css';
import './logs.css';

const linesMax = 500;
const hourSeconds = 3600;
const everything = '{service=~".+"}';

const presentMs = computed(() => Math.ceil(now.value / refreshMs) * refreshMs);

/** Log lines that match a LogQL query, newest first. */
export default function LogsPage() {
  const t = texts();
  useTitle(t.logsTitle);
  const query = place.value.query.get('query') ?? everything;
  const range = readRange(place.value.query, { kind: 'last', seconds: hourSeconds });
  const interval = resolveRange(range, presentMs.value, hourSeconds);
  const logs = useResource<LokiAnswer>(urls.logs(query, interval, linesMax), 0);
  return (
    <div class="page">
      <div>
        <h1>{t.logsTitle}</h1>
        <p class="lead">{t.logsLead}</p>
      </div>
      <Query query={query} />
      <RangeBar range={range} interval={interval} />
      <FailureNotice of={logs} what={t.whatLogs} />
      {logs.data ? (
        <Lines answer={logs.data} />
      ) : logs.failure ? null : (
        <Pending of={logs} what={t.whatLogs} />
      )}
    </div>
  );
}

function Query({ query }: { readonly query: string }) {
  const t = texts();
  const field = useRef<HTMLInputElement>(null);
  const [charsOver, setCharsOver] = useState(0);
  const isTooLong = charsOver > 0;
  useEffect(() => {
    if (field.current) field.current.value = query;
    setCharsOver(0);
  }, [query]);
  return (
    <form
      class="log-query"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = String(new FormData(event.currentTarget).get('query') ?? '').trim();
        const over = addressChars(typed) - typedCharsMax;
        setCharsOver(over);
        if (over > 0) field.current?.focus();
        else changeQuery({ query: typed === everything ? null : typed }, 'push');
      }}
    >
      <input
        type="search"
        name="query"
        ref={field}
        defaultValue={query}
        aria-label={t.logsQuery}
        spellcheck={false}
        autocomplete="off"
        aria-invalid={isTooLong}
        aria-describedby={isTooLong ? 'log-query-problem' : undefined}
        data-search
      />
      <button type="submit" class="button">
        {t.logsRun}
      </button>
      {isTooLong ? (
        <p id="log-query-problem" class="log-query-problem" role="alert">
          {t.logsTooLong(String(charsOver))}
        </p>
      ) : null}
    </form>
  );
}

function Lines({ answer }: { readonly answer: LokiAnswer }) {
  const t = texts();
  const lines = readLogs(answer);
  if (lines.length === 0) return <EmptyNotice title={t.logsNone} fix={t.logsNoneFix} />;
  const count = String(lines.length);
  return (
    <section class="card">
      <h2>{lines.length < linesMax ? t.logsCount(count) : t.logsCapped(count)}</h2>
      <LogList lines={lines} />
    </section>
  );
}
