import { formatRatio } from '@sprout/objectives/figure';
import type { GroupList, IncidentList, ObjectiveStatus, Page } from '@sprout/slo-service/api';
import { judgedBudget } from '@sprout/slo-service/standing';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { useWholeList } from '../api/whole-list.ts';
import { formatCount } from '../format/count.ts';
import { spellSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { minutesFrom } from '../place/minutes-from.ts';
import { paths } from '../shell/route.ts';
import { minuteText } from '../state/clock.ts';
import { now } from '../state/now.ts';
import { CutNotice, FailureNotice, Pending } from '../widget/notice.tsx';
import { ByLabels, useSpentBy } from './by-labels.tsx';
import { groupName } from './group-name.ts';
import { Share } from './share.tsx';
import { exampleOf, rankedByBad, spending } from './spenders.ts';
import type { Spender } from './spenders.ts';

/** When the budget of a promise was spent, what alerted, which group lost most, and a request. */
export function Spent(props: {
  readonly status: ObjectiveStatus;
  /** True on the page of the promise itself. */
  readonly alone?: boolean;
}) {
  const t = texts();
  const { status } = props;
  const { from } = status.budget;
  const list = useWholeList<Page>(urls.alerts({ objective: status.id, from }));
  const alerts = list.data?.items ?? [];
  const incidents = useResource<IncidentList>(urls.incidents(status.id));
  const ofPage = exampleOf(status.id, alerts);
  const isGrouped = (status.groupBy ?? []).length > 0;
  // Groups tell the labels already: samples are read again only for a request that no page has.
  const isAsked = !isGrouped || (list.data !== undefined && ofPage === undefined);
  const labels = useSpentBy(status, isAsked ? incidents.data?.items : undefined);
  const trace = ofPage ?? labels.data?.exampleTraceId ?? undefined;
  return (
    <div class="spent">
      <FailureNotice of={list} what={t.whatAlerts} />
      <CutNotice of={list} what={t.whatAlerts} />
      {incidents.data ? (
        <>
          <FailureNotice of={incidents} what={t.whatIncidents} />
          <Spenders status={status} incidents={incidents.data} alerts={alerts} />
        </>
      ) : (
        <Pending of={incidents} what={t.whatIncidents} />
      )}
      <ByGroup status={status} />
      {isGrouped ? null : <ByLabels of={labels} />}
      <p class="links">
        {trace === undefined ? null : <a href={paths.trace(trace)}>{t.exampleTrace}</a>}
        {props.alone ? null : <a href={paths.objective(status.id)}>{t.wholeHistory}</a>}
      </p>
    </div>
  );
}

function Spenders(props: {
  readonly status: ObjectiveStatus;
  readonly incidents: IncidentList;
  readonly alerts: readonly Page[];
}) {
  const t = texts();
  const { budget } = props.status;
  const { top, others, scattered } = spending(budget, props.incidents.items, props.alerts);
  if (judgedBudget(budget).bad === 0) return <p>{t.spentNothing}</p>;
  return (
    <ol class="plain spenders">
      {top.map((spender) => (
        <li key={spender.incident.from}>
          <SpenderLine spender={spender} id={props.status.id} />
        </li>
      ))}
      <li>
        <Share fraction={scattered.fraction} />
        <span>
          {t.spentScattered(formatCount(Math.round(scattered.bad), locale()))}
          {others > 0 ? ` ${t.spentOthers(String(others))}` : ''}
        </span>
      </li>
    </ol>
  );
}

function SpenderLine(props: { readonly spender: Spender; readonly id: string }) {
  const t = texts();
  const { incident, fraction, page } = props.spender;
  const end = incident.to === null ? now.value : Date.parse(incident.to);
  const lasted = spellSpan((end - Date.parse(incident.from)) / 1000, locale());
  return (
    <>
      <Share fraction={fraction} />
      <span>
        {t.spentIncident(minuteText(incident.from), lasted, formatCount(incident.bad, locale()))}
        {page ? (
          <>
            {' '}
            <a href={paths.alert(page.id)}>{page.title}</a>
          </>
        ) : (
          <span class="quiet"> {t.spentUndetected}</span>
        )}{' '}
        {incident.simulated ? <b class="quiet">{t.simulated}</b> : null}{' '}
        <a
          class="quiet no-print"
          href={minutesFrom(props.id, incident.from)}
          aria-label={t.minutesOfIncident(minuteText(incident.from))}
        >
          {t.minutesShort}
        </a>{' '}
        <a
          class="quiet no-print"
          href={paths.exclude(props.id, incident.from)}
          aria-label={t.excludeIncident(minuteText(incident.from))}
        >
          {t.excludeThis}
        </a>
      </span>
    </>
  );
}

/** Groups that are read to find those that spent most. */
const groupsRead = 50;
const groupsShown = 3;

/** The same budget cut the other way: which label values spent how much of it. */
function ByGroup({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  const labels = status.groupBy ?? [];
  const asked = labels.length > 0 ? urls.groups(status.id, groupsRead) : null;
  const groups = useResource<GroupList>(asked);
  const { allowed } = judgedBudget(status.budget);
  const ranked = rankedByBad(groups.data?.items ?? []);
  if (groups.failure) return <FailureNotice of={groups} what={t.whatGroups} />;
  if (ranked.length === 0) return null;
  return (
    <>
      <h3 class="spent-by">{t.spentByGroup(labels.join(', '))}</h3>
      <ol class="plain spenders">
        {ranked.slice(0, groupsShown).map(({ group, labels: own, bad, left }) => (
          <li key={group}>
            <Share fraction={allowed > 0 ? bad / allowed : null} />
            <span>
              {t.spentGroup(groupName(own, group), formatCount(bad, locale()), formatRatio(left))}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
