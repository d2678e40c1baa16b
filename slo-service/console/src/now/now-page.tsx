import type { ObjectiveList, PageList } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { texts } from '../i18n/language.ts';
import { changeQuery, place } from '../place/place.ts';
import { useTitle } from '../shell/title.ts';
import { timeText } from '../state/clock.ts';
import { EmptyNotice, FailureNotice, Pending } from '../widget/notice.tsx';
import { Firing } from './firing.tsx';
import { GroupSection } from './group-section.tsx';
import { filterObjectives, groupObjectives } from './grouping.ts';
import { Headline } from './headline.tsx';
import { Sources } from './sources.tsx';

/** What is firing, how every promise stands, and whether the sources of that can be trusted. */
export function NowPage() {
  const t = texts();
  useTitle(t.nowTitle);
  const objectives = useResource<ObjectiveList>(urls.objectives());
  const alerts = useResource<PageList>(urls.alerts());
  const list = objectives.data;
  return (
    <div class="page">
      <div class="now-head">
        <div>
          {list ? <Headline items={promisesOf(list)} /> : <h1>{t.nowTitle}</h1>}
          <p class="lead">
            {t.nowLead}
            {list ? <span class="as-of">{t.updatedAt(timeText(list.asOf))}</span> : null}
          </p>
        </div>
        <Filter />
      </div>
      {list ? <FailureNotice of={objectives} what={t.whatObjectives} /> : null}
      <Firing alerts={alerts} />
      {list ? <Groups list={list} /> : <Pending of={objectives} what={t.whatObjectives} />}
      <Sources />
    </div>
  );
}

/** Promises that are only reported repeat others over another window; they are not counted again. */
function promisesOf(list: ObjectiveList) {
  const alerting = list.items.filter((status) => status.alerts);
  return alerting.length > 0 ? alerting : list.items;
}

function Filter() {
  const t = texts();
  return (
    <input
      type="search"
      class="filter"
      data-search
      aria-label={t.filter}
      aria-keyshortcuts="/"
      placeholder={t.filter}
      value={place.value.query.get('q') ?? ''}
      onInput={(event) => changeQuery({ q: event.currentTarget.value })}
    />
  );
}

function Groups({ list }: { readonly list: ObjectiveList }) {
  const t = texts();
  const wanted = place.value.query.get('q') ?? '';
  const groups = groupObjectives(filterObjectives(list.items, wanted));
  if (list.items.length === 0) {
    return <EmptyNotice title={t.headlineNone} fix={t.headlineNoneFix} />;
  }
  if (groups.length === 0) return <EmptyNotice title={t.filterNone(wanted)} />;
  return (
    <>
      {groups.map((group) => (
        <GroupSection key={group.key} group={group} />
      ))}
    </>
  );
}
