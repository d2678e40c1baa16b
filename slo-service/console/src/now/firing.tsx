import type { Page } from '@sprout/slo-service/api';
import { inTime } from '../alert/in-time.ts';
import type { Resource } from '../api/resource.ts';
import type { List } from '../api/whole-list.ts';
import { shortSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { paths } from '../shell/route.ts';
import { minuteText } from '../state/clock.ts';
import { now } from '../state/now.ts';
import { CutNotice, FailureNotice, Skeleton } from '../widget/notice.tsx';
import { Runbook } from '../widget/runbook.tsx';
import { Shape } from '../widget/shape.tsx';

/** The alerts that fire now, most urgent first, each two clicks from its cause. */
export function Firing({ alerts }: { readonly alerts: Resource<List<Page>> }) {
  const t = texts();
  const firing = (alerts.data?.items ?? []).filter((page) => page.status === 'firing');
  return (
    <section class="firing" aria-label={t.firingTitle(firing.length)}>
      <FailureNotice of={alerts} what={t.whatAlerts} />
      <CutNotice of={alerts} what={t.whatAlerts} />
      {alerts.data || alerts.failure ? null : <Skeleton lines={1} />}
      {firing.length > 0 ? <h2>{t.firingTitle(firing.length)}</h2> : null}
      {alerts.data && firing.length === 0 ? <p class="quiet">{t.firingNone}</p> : null}
      <ul class="plain">
        {firing.toSorted(byUrgency).map((page) => (
          <li key={page.id}>
            <FiringCard page={page} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function FiringCard({ page }: { readonly page: Page }) {
  const t = texts();
  const lasted = (now.value - Date.parse(page.startedAt)) / 1000;
  return (
    <article class={`firing-card firing-${page.severity}`}>
      <p class="firing-kind">
        <Shape kind={page.severity === 'page' ? 'broken' : 'at_risk'} />
        {t.severity[page.severity]}
        <span class="quiet">
          {t.since(minuteText(page.startedAt), shortSpan(lasted, locale()))}
        </span>
      </p>
      <h3>
        <a href={paths.alert(page.id)} data-row>
          {page.title}
        </a>
      </h3>
      <p>{page.impact}</p>
      <p class="links">
        <a href={paths.alert(page.id)}>{t.why}</a>
        {page.exampleTrace ? (
          <a href={paths.trace(page.exampleTrace.traceId)}>{t.exampleTrace}</a>
        ) : null}
        <Runbook url={page.runbookUrl} />
        {page.dashboardUrl === null ? null : (
          <a href={inTime(page.dashboardUrl, page)}>{t.dashboard}</a>
        )}
      </p>
    </article>
  );
}

const urgency = { page: 0, ticket: 1, info: 2 } as const;

function byUrgency(a: Page, b: Page): number {
  return urgency[a.severity] - urgency[b.severity] || b.startedAt.localeCompare(a.startedAt);
}
