import type { Page, Silence, SilenceList } from '@sprout/slo-service/api';
import { asResource, useAction } from '../api/use-action.ts';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { texts } from '../i18n/language.ts';
import { instantText } from '../state/clock.ts';
import { FailureNotice } from '../widget/notice.tsx';
import { SilenceForm } from './silence-form.tsx';

/** Whether the alert is silenced, by whom and until when; silences it, and ends a silence. */
export function SilenceCard({ page }: { readonly page: Page }) {
  const t = texts();
  const silences = useResource<SilenceList>(urls.silencesOf(page.id));
  const items = silences.data?.items;
  return (
    <section class="card" aria-labelledby="silence-title">
      <h2 id="silence-title">{t.silenceTitle}</h2>
      <FailureNotice of={silences} what={t.whatSilences} />
      {items?.length === 0 ? <p class="quiet">{t.silenceNone}</p> : null}
      {items?.map((silence) => (
        <SilenceLine key={silence.id} silence={silence} onEnded={silences.retry} />
      ))}
      <SilenceForm page={page} onDone={silences.retry} />
    </section>
  );
}

function SilenceLine(props: { readonly silence: Silence; readonly onEnded: () => void }) {
  const t = texts();
  const { id, to, reason, by } = props.silence;
  // Where callers sign in, their own name takes its place.
  const said = new URLSearchParams({ by: 'console' });
  const action = useAction();
  const end = async () => {
    if (await action.send(`${urls.silence(id)}?${said}`, 'DELETE')) props.onEnded();
  };
  return (
    <>
      <p>
        {t.silencedUntil(instantText(to))} <span class="quiet">{t.saidBy(reason, by)}</span>{' '}
        <button
          type="button"
          class="button"
          aria-label={t.silenceEndOf(reason)}
          disabled={action.running}
          onClick={() => void end()}
        >
          {t.silenceEnd}
        </button>
      </p>
      <FailureNotice of={asResource(action, () => void end())} what={t.whatSilences} />
    </>
  );
}
