import type { ObjectiveList, ObjectiveStatus, Page } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { locale, texts } from '../i18n/language.ts';
import { promiseTitle } from '../objective/sentence.ts';
import { useTitle } from '../shell/title.ts';
import { instantText } from '../state/clock.ts';
import { DataTable } from '../widget/data-table.tsx';
import { FailureNotice, Pending } from '../widget/notice.tsx';
import { AlertHead } from './alert-head.tsx';
import { AlertLinks } from './alert-links.tsx';
import { costSentence, whySentence } from './explain.ts';
import { FirstStepCard } from './first-step-card.tsx';
import { TouchedPromises } from './touched-promises.tsx';
import './alert.css';

/** One alert: why, since when, what it costs, what breaks, what to do first. */
export default function AlertPage({ id }: { readonly id: string }) {
  const t = texts();
  const alert = useResource<Page>(urls.alert(id));
  const objectives = useResource<ObjectiveList>(urls.objectives());
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
      <Notifications page={page} />
    </div>
  );
}

interface Facts {
  readonly page: Page;
  readonly all: readonly ObjectiveStatus[];
}

function Why({ page, all }: Facts) {
  const t = texts();
  const sentences = page.objectives.map((touched) =>
    whySentence(touched, titleOf(touched.id, all), t, locale()),
  );
  return <Card title={t.whyTitle}>{[page.summary, ...sentences].filter(Boolean)}</Card>;
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
  return status ? `“${promiseTitle(status, texts(), locale())}”` : id;
}
