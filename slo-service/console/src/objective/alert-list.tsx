import type { Page } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import { paths } from '../shell/route.ts';
import { minuteText } from '../state/clock.ts';
import { StatusMark } from '../widget/shape.tsx';

/** Alerts that the list shows: the newest. */
export const alertsShown = 20;

/** Alerts of one promise, newest first, each with a request that shows the failure. */
export function AlertList({ alerts }: { readonly alerts: readonly Page[] }) {
  const t = texts();
  const newest = alerts.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
  return (
    <section class="card" aria-labelledby="alerts-of-title">
      <h2 id="alerts-of-title">{t.alertsOfTitle}</h2>
      {alerts.length === 0 ? <p class="quiet">{t.alertsOfNone}</p> : null}
      <ul class="plain alert-list">
        {newest.slice(0, alertsShown).map((page) => (
          <li key={page.id}>
            <StatusMark status={page.status} />
            <a href={paths.alert(page.id)} data-row>
              {page.title}
            </a>
            <span class="quiet">{minuteText(page.startedAt)}</span>
            {page.exampleTrace ? (
              <a href={paths.trace(page.exampleTrace.traceId)}>{t.exampleTrace}</a>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
