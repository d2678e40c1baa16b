import type { Page, PageList } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { formatRatio } from '../format/ratio.ts';
import { shortSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { place } from '../place/place.ts';
import { readRange, resolveRange } from '../place/range.ts';
import type { Interval } from '../place/range.ts';
import { paths } from '../shell/route.ts';
import { useTitle } from '../shell/title.ts';
import { minuteText } from '../state/clock.ts';
import { now } from '../state/now.ts';
import { DataTable } from '../widget/data-table.tsx';
import { EmptyNotice, FailureNotice, Pending } from '../widget/notice.tsx';
import { RangeBar } from '../widget/range-bar.tsx';
import { StatusMark } from '../widget/shape.tsx';
import { Timeline } from './timeline.tsx';
import { overlapping } from './timeline-lanes.ts';
import '../chart/chart.css';
import './alert.css';

const daySeconds = 86_400;
const minuteMs = 60_000;

/** What fired in a stretch of time, as a timeline and as a list. */
export default function AlertsPage() {
  const t = texts();
  useTitle(t.alertsTitle);
  const alerts = useResource<PageList>(urls.alerts());
  const range = readRange(place.value.query, { kind: 'last', seconds: daySeconds });
  const interval = resolveRange(range, Math.ceil(now.value / minuteMs) * minuteMs, 30 * daySeconds);
  return (
    <div class="page">
      <div>
        <h1>{t.alertsTitle}</h1>
        <p class="lead">{t.alertsLead}</p>
      </div>
      <RangeBar range={range} interval={interval} />
      {alerts.data ? (
        <>
          <FailureNotice of={alerts} what={t.whatAlerts} />
          <Shown pages={overlapping(alerts.data.items, interval)} interval={interval} />
        </>
      ) : (
        <Pending of={alerts} what={t.whatAlerts} />
      )}
    </div>
  );
}

function Shown({
  pages,
  interval,
}: {
  readonly pages: readonly Page[];
  readonly interval: Interval;
}) {
  const t = texts();
  if (pages.length === 0) return <EmptyNotice title={t.alertsNone} fix={t.alertsNoneFix} />;
  return (
    <>
      <Timeline pages={pages} interval={interval} />
      <AlertTable pages={pages} />
    </>
  );
}

function AlertTable({ pages }: { readonly pages: readonly Page[] }) {
  const t = texts();
  return (
    <DataTable
      caption={t.alertsTitle}
      rows={pages}
      rowKey={(page) => page.id}
      columns={[
        { name: t.statusColumn, cell: (page) => <StatusMark status={page.status} /> },
        {
          name: t.alertColumn,
          cell: (page) => (
            <a href={paths.alert(page.id)} data-row>
              {page.title}
            </a>
          ),
        },
        { name: t.group, cell: (page) => page.pageGroup },
        { name: t.started, cell: (page) => minuteText(page.startedAt), number: true },
        { name: t.lasted, cell: lastedText, number: true },
        { name: t.budgetSpent, cell: spentText, number: true },
      ]}
    />
  );
}

function lastedText(page: Page): string {
  if (page.endedAt === null) return texts().stillFiring;
  return shortSpan((Date.parse(page.endedAt) - Date.parse(page.startedAt)) / 1000, locale());
}

/** The costliest promise speaks for the alert. */
function spentText(page: Page): string {
  const fractions = page.budgetSpent.map(({ fraction }) => fraction).filter((one) => one !== null);
  return formatRatio(fractions.length > 0 ? Math.max(...fractions) : null);
}
