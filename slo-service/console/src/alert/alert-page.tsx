import type { ObjectiveList, ObjectiveStatus, Page, PageList } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { locale, texts } from '../i18n/language.ts';
import { useTitle } from '../shell/title.ts';
import { instantText } from '../state/clock.ts';
import { DataTable } from '../widget/data-table.tsx';
import { FailureNotice, Pending } from '../widget/notice.tsx';
import { AlertHead } from './alert-head.tsx';
import { AlertLinks } from './alert-links.tsx';
import { costSentence, whySentence } from './explain.ts';
import { FirstStepCard } from './first-step-card.tsx';
import { PastFirings, pastShown } from './past-firings.tsx';
import { SilenceCard } from './silence-card.tsx';
import { TouchedPromises } from './touched-promises.tsx';
import { Windows } from './windows.tsx';
import './alert.css';

/** Promises among which those of the alert are looked for. */
const objectivesMax = 500;

/** One alert: why, since when, what it costs, what breaks, what to do first. */
export default function AlertPage({ id }: { readonly id: string }) {
  const t = texts();
  const alert = useResource<Page>(urls.alert(id));
  const objectives = useResource<ObjectiveList>(urls.objectives({ limit: objectivesMax }));
  const alerts = useResource<PageList>(
    alert.data ? urls.alerts({ group: alert.data.pageGroup, limit: pastShown + 1 }) : null,
    0,
  );
  useTitle(alert.data?.title ?? id);
  const page = alert.data;
  if (!page) {
    return (
      <div class="page">
        <h1>{t.alertColumn}</h1>
        <Pending of={alert} what={t.whatAlert} />
      </div>
    );
  }
  const all = objectives.data?.items ?? [];
  return (
    <div class="page">
      <AlertHead page={page} />
      <FailureNotice of={alert} what={t.whatAlert} />
      <FailureNotice of={objectives} what={t.whatObjectives} />
      <div class="alert-columns">
        <Why page={page} all={all} />
        <FirstStepCard page={page} all={all} />
        <Card title={t.impactTitle}>{[page.impact || t.impactUnknown]}</Card>
        <Cost page={page} all={all} />
      </div>
      <AlertLinks page={page} />
      <TouchedPromises page={page} all={all} />
      <SilenceCard page={page} />
      <Notifications page={page} />
      <FailureNotice of={alerts} what={t.whatAlerts} />
      <PastFirings page={page} all={alerts.data?.items ?? []} />
    </div>
  );
}

interface Facts {
  readonly page: Page;
  readonly all: readonly ObjectiveStatus[];
}

function Why({ page, all }: Facts) {
  const t = texts();
  return (
    <section class="card why" aria-labelledby="why-title">
      <h2 id="why-title">{t.whyTitle}</h2>
      {page.summary === '' ? null : <p>{page.summary}</p>}
      {page.objectives.map((touched) => {
        const status = all.find(({ id }) => id === touched.id);
        return (
          <div class="why-one" key={touched.id}>
            <p>{whySentence(touched, titleOf(touched.id, all), t, locale())}</p>
            {status ? <Windows page={page} touched={touched} status={status} /> : null}
          </div>
        );
      })}
    </section>
  );
}

function Cost({ page, all }: Facts) {
  const t = texts();
  const spent = page.budgetSpent.map(
    (one) =>
      `${costSentence(one, titleOf(one.objective, all), t)} (${t.asOf(instantText(one.asOf))})`,
  );
  return <Card title={t.costTitle}>{spent.length > 0 ? spent : [t.costUnknown]}</Card>;
}

function Card(props: { readonly title: string; readonly children: readonly string[] }) {
  return (
    <section class="card">
      <h2>{props.title}</h2>
      {props.children.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </section>
  );
}

function Notifications({ page }: { readonly page: Page }) {
  const t = texts();
  return (
    <section class="card" aria-labelledby="history-title">
      <h2 id="history-title">{t.historyTitle}</h2>
      {page.notifications.length === 0 ? (
        <p class="quiet">{t.historyNone}</p>
      ) : (
        <DataTable
          caption={t.historyTitle}
          rows={page.notifications.toReversed()}
          rowKey={(sent) => `${sent.at} ${sent.status}`}
          columns={[
            { name: t.notifiedAt, cell: (sent) => instantText(sent.at) },
            { name: t.notifiedStatus, cell: (sent) => statusText(sent.status) },
          ]}
        />
      )}
    </section>
  );
}

function statusText(status: string): string {
  const t = texts();
  return status === 'firing' || status === 'resolved' ? t.status[status] : status;
}

function titleOf(id: string, all: readonly ObjectiveStatus[]): string {
  const status = all.find((one) => one.id === id);
  return status ? `“${status.title}”` : id;
}
