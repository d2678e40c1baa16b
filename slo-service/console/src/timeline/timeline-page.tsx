import type { Annotation, Exclusion, Page } from '@sprout/slo-service/api';
import { urls } from '../api/urls.ts';
import { useWholeList } from '../api/whole-list.ts';
import { texts } from '../i18n/language.ts';
import { changeQuery, place } from '../place/place.ts';
import { readRange, resolveRange } from '../place/range.ts';
import type { Interval } from '../place/range.ts';
import { useTitle } from '../shell/title.ts';
import { instantText } from '../state/clock.ts';
import { now } from '../state/now.ts';
import { Choice } from '../widget/choice.tsx';
import { DataTable } from '../widget/data-table.tsx';
import { CutNotice, EmptyNotice, FailureNotice, Skeleton } from '../widget/notice.tsx';
import { RangeBar } from '../widget/range-bar.tsx';
import { entriesCsv, entriesOf, entryKinds } from './entries.ts';
import type { Entry } from './entries.ts';
import { Lanes } from './lanes.tsx';
import { overlapping } from './timeline-lanes.ts';
import '../chart/chart.css';
import './timeline.css';

const daySeconds = 86_400;
const minuteMs = 60_000;

/** What happened in a stretch of time: alerts, notifications, deploys, corrections. */
export default function TimelinePage() {
  const t = texts();
  useTitle(t.timelineTitle);
  const range = readRange(place.value.query, { kind: 'last', seconds: daySeconds });
  const interval = resolveRange(range, Math.ceil(now.value / minuteMs) * minuteMs, 30 * daySeconds);
  const alerts = useWholeList<Page>(urls.alerts({ from: interval.fromMs, to: interval.toMs }));
  const annotations = useWholeList<Annotation>(urls.annotations(interval));
  const exclusions = useWholeList<Exclusion>(urls.exclusions({ revoked: 'true' }));
  const pages = overlapping(alerts.data?.items ?? [], interval);
  const happened = {
    pages: alerts.data?.items ?? [],
    annotations: annotations.data?.items ?? [],
    exclusions: exclusions.data?.items ?? [],
  };
  const waiting = [alerts, annotations, exclusions].some(({ data, failure }) => !data && !failure);
  return (
    <div class="page">
      <div>
        <h1>{t.timelineTitle}</h1>
        <p class="lead">{t.timelineLead}</p>
      </div>
      <RangeBar range={range} interval={interval} />
      <FailureNotice of={alerts} what={t.whatAlerts} />
      <FailureNotice of={annotations} what={t.whatAnnotations} />
      <FailureNotice of={exclusions} what={t.whatExclusions} />
      <CutNotice of={alerts} what={t.whatAlerts} />
      <CutNotice of={annotations} what={t.whatAnnotations} />
      <CutNotice of={exclusions} what={t.whatExclusions} />
      <Lanes pages={pages} annotations={happened.annotations} interval={interval} />
      {waiting ? <Skeleton /> : <Entries entries={entriesOf(happened, interval)} at={interval} />}
    </div>
  );
}

function Entries(props: { readonly entries: readonly Entry[]; readonly at: Interval }) {
  const t = texts();
  const wanted = place.value.query.get('kind');
  const kind = entryKinds.find((one) => one === wanted);
  const shown = kind ? props.entries.filter((entry) => entry.kind === kind) : props.entries;
  return (
    <section class="entries" aria-labelledby="entries-title">
      <div class="section-head">
        <h2 id="entries-title">{t.entriesTitle}</h2>
        <Choice
          label={t.entryKind}
          chosen={kind ?? 'all'}
          options={[
            { id: 'all', name: t.entriesAll },
            ...entryKinds.map((id) => ({ id, name: t.entryKinds[id] })),
          ]}
          onChoose={(id) => changeQuery({ kind: id === 'all' ? null : id })}
        />
        <button type="button" class="button" onClick={() => exportCsv(shown, props.at)}>
          {t.exportCsv}
        </button>
      </div>
      {shown.length === 0 ? (
        <EmptyNotice title={t.entriesNone} fix={t.entriesNoneFix} />
      ) : (
        <DataTable
          caption={t.entriesTitle}
          rows={shown}
          rowKey={({ key }) => key}
          columns={[
            { name: t.time, cell: ({ at }) => instantText(at) },
            {
              name: t.entryKind,
              cell: (entry) => (
                <span class={`entry entry-${entry.kind}`}>
                  {t.entryKinds[entry.kind]} · {t.entryEvents[entry.event]}
                </span>
              ),
            },
            { name: t.entryText, cell: EntryText },
            { name: t.exclusionBy, cell: ({ by }) => by ?? '–' },
          ]}
        />
      )}
    </section>
  );
}

function EntryText({ text, href }: Entry) {
  if (href === null) return <>{text}</>;
  return (
    <a href={href} data-row>
      {text}
    </a>
  );
}

/** Saves what is shown as a file; it is made here, so no other request is needed. */
function exportCsv(entries: readonly Entry[], { fromMs, toMs }: Interval): void {
  const url = URL.createObjectURL(new Blob([entriesCsv(entries)], { type: 'text/csv' }));
  const link = document.createElement('a');
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  link.href = url;
  link.download = `timeline-${day(fromMs)}-${day(toMs)}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
