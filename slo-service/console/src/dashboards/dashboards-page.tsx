import type { DashboardList } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { texts } from '../i18n/language.ts';
import { paths } from '../shell/route.ts';
import { useTitle } from '../shell/title.ts';
import { EmptyNotice, FailureNotice, Pending } from '../widget/notice.tsx';
import './dashboards.css';

type Listed = DashboardList['items'][number];

const rereadMs = 60_000;

/** All dashboards, by folder. */
export default function DashboardsPage() {
  const t = texts();
  useTitle(t.dashboardsTitle);
  const list = useResource<DashboardList>(urls.dashboards(), rereadMs);
  return (
    <div class="page">
      <div>
        <h1>{t.dashboardsTitle}</h1>
        <p class="lead">{t.dashboardsLead}</p>
      </div>
      {list.data ? (
        <>
          <FailureNotice of={list} what={t.whatDashboards} />
          <Folders items={list.data.items} />
        </>
      ) : (
        <Pending of={list} what={t.whatDashboards} />
      )}
    </div>
  );
}

/** Folders in the order in which people ask: promises, services, what they stand on. */
const folderOrder = ['Promises', 'Services', 'Infrastructure', 'Telemetry', 'Business'];
const rankOf = (title: string) => (folderOrder.indexOf(title) + 99) % 99;

function Folders({ items }: { readonly items: readonly Listed[] }) {
  const t = texts();
  if (items.length === 0) return <EmptyNotice title={t.dashboardsNone} fix={t.dashboardsNoneFix} />;
  const titles = [...new Set(items.map(({ folderTitle }) => folderTitle))];
  return titles
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .map((title) => (
      <section key={title} aria-label={title}>
        <h2>{title}</h2>
        <ul class="plain boards">
          {items
            .filter(({ folderTitle }) => folderTitle === title)
            .map((one) => (
              <Entry key={one.slug} of={one} />
            ))}
        </ul>
      </section>
    ));
}

function Entry({ of: { slug, title, description, panels } }: { readonly of: Listed }) {
  return (
    <li class="card board-entry">
      <h3>
        <a href={paths.dashboard(slug)} data-row>
          {title}
        </a>
      </h3>
      <p class="quiet">{description}</p>
      <small>{texts().panelCount(String(panels))}</small>
    </li>
  );
}
