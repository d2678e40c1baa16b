import type { ObjectiveList, Page } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { useWholeList } from '../api/whole-list.ts';
import { texts } from '../i18n/language.ts';
import { place } from '../place/place.ts';
import { paths } from '../shell/route.ts';
import { useTitle } from '../shell/title.ts';
import { timeText } from '../state/clock.ts';
import { EmptyNotice, FailureNotice, Pending } from '../widget/notice.tsx';
import { Pager, pageInUrl } from '../widget/pager.tsx';
import { Filter } from './filter.tsx';
import { Firing } from './firing.tsx';
import { Headline } from './headline.tsx';
import { PromiseRow } from './promise-row.tsx';
import { pairUp } from './promised.ts';
import { Sources } from './sources.tsx';

/** Promises of one page of the list. */
const pageSize = 50;

/** What is firing, how every promise stands, and whether the sources of that can be trusted. */
export function NowPage() {
  const t = texts();
  useTitle(t.nowTitle);
  const q = place.value.query.get('q') ?? '';
  const offset = (pageInUrl() - 1) * pageSize;
  const objectives = useResource<ObjectiveList>(urls.objectives({ q, offset, limit: pageSize }));
  const alerts = useWholeList<Page>(urls.alerts({ status: 'firing' }));
  const list = objectives.data;
  return (
    <div class="page">
      <div class="now-head">
        <div>
          {list ? <Headline counts={list.counts} /> : <h1>{t.nowTitle}</h1>}
          <p class="lead">
            {t.nowLead}
            {list ? <span class="as-of">{t.updatedAt(timeText(list.asOf))}</span> : null}
          </p>
        </div>
        <Filter />
      </div>
      {list ? <FailureNotice of={objectives} what={t.whatObjectives} /> : null}
      <Firing alerts={alerts} />
      {list ? <Promises list={list} /> : <Pending of={objectives} what={t.whatObjectives} />}
      <Sources />
    </div>
  );
}

function Promises(props: { readonly list: ObjectiveList }) {
  const t = texts();
  const { items, total } = props.list;
  const wanted = place.value.query.get('q') ?? '';
  if (total === 0 && wanted === '') {
    return <EmptyNotice title={t.headlineNone} fix={t.headlineNoneFix} />;
  }
  if (items.length === 0) return <EmptyNotice title={t.filterNone(wanted)} />;
  return (
    <section class="promises" aria-labelledby="promises-list">
      <h2 id="promises-list">{t.promisesList}</h2>
      <ul class="plain promise-list">
        {pairUp(items).map((promised) => (
          <li key={promised.main.id}>
            <PromiseRow {...promised} />
          </li>
        ))}
      </ul>
      <Pager total={total} size={pageSize} />
      <p class="links no-print">
        <a href={paths.draft()}>{t.draftTitle}</a>
      </p>
    </section>
  );
}
