import type { Page } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { texts } from '../i18n/language.ts';
import { instantText } from '../state/clock.ts';
import { FailureNotice } from '../widget/notice.tsx';
import { silenceCommand, silencesOf } from './silences.ts';
import type { Silence } from './silences.ts';

/** Whether the alert is silenced, by whom and until when, and how to silence it. */
export function SilenceCard({ page }: { readonly page: Page }) {
  const t = texts();
  const silences = useResource<readonly Silence[]>(urls.silences());
  const own = silencesOf(page.pageGroup, silences.data ?? []);
  return (
    <section class="card" aria-labelledby="silence-title">
      <h2 id="silence-title">{t.silenceTitle}</h2>
      <FailureNotice of={silences} what={t.whatSilences} />
      {silences.data && own.length === 0 ? <p class="quiet">{t.silenceNone}</p> : null}
      {own.map(({ id, endsAt, createdBy, comment }) => (
        <p key={id}>
          {t.silencedUntil(instantText(endsAt))}{' '}
          <span class="quiet">{t.saidBy(comment, createdBy)}</span>
        </p>
      ))}
      <p>{t.silenceHow}</p>
      <pre tabIndex={0}>{silenceCommand(page.pageGroup, page.title)}</pre>
    </section>
  );
}
