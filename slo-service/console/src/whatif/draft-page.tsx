import type { TriedDocuments } from '@sprout/slo-service/api';
import { useState } from 'preact/hooks';
import { askJson } from '../api/request.ts';
import { useFetched, useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { texts } from '../i18n/language.ts';
import { changeQuery, place } from '../place/place.ts';
import { useTitle } from '../shell/title.ts';
import { Field } from '../widget/field.tsx';
import { FailureNotice, Pending } from '../widget/notice.tsx';
import { DraftAnswer } from './draft-answer.tsx';
import './what-if.css';

/**
 * A promise that nobody has made yet, as OpenSLO: what is wrong in it, and what the last 30 days
 * would have been with it. What is typed stays in the page; `?from=` begins with a promise there is.
 */
export default function DraftPage() {
  const t = texts();
  useTitle(t.draftTitle);
  const from = place.value.query.get('from') ?? '';
  const [asked, setAsked] = useState<{ readonly text: string; readonly turn: number }>();
  const start = useResource<{ documents: string }>(from === '' ? null : urls.openSlo(from), 0);
  const answer = useFetched<TriedDocuments>(asked ? `${asked.turn}` : null, 0, (signal) =>
    tried(asked?.text ?? '', signal),
  );
  return (
    <div class="page">
      <div>
        <h1>{t.draftTitle}</h1>
        <p class="lead">{t.draftLead}</p>
      </div>
      <From id={from} />
      <FailureNotice of={start} what={t.whatObjective} />
      <form
        class="card form form-narrow"
        key={start.data?.documents ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          const text = String(new FormData(event.currentTarget).get('yaml') ?? '');
          setAsked((before) => ({ text, turn: (before?.turn ?? 0) + 1 }));
        }}
      >
        <Field label={t.draftYaml} hint={t.draftYamlHint}>
          <textarea
            name="yaml"
            class="draft-yaml"
            rows={18}
            required
            spellcheck={false}
            autocomplete="off"
            defaultValue={start.data?.documents ?? ''}
          />
        </Field>
        <p class="form-end">
          <button type="submit" class="button button-strong">
            {t.draftRun}
          </button>
        </p>
      </form>
      {asked === undefined ? null : answer.data && !answer.failure ? (
        <DraftAnswer answer={answer.data} />
      ) : (
        <Pending of={answer} what={t.whatWhatIf} />
      )}
    </div>
  );
}

/** Which promise to begin with. */
function From({ id }: { readonly id: string }) {
  const t = texts();
  return (
    <form
      class="card form"
      key={id}
      onSubmit={(event) => {
        event.preventDefault();
        const typed = String(new FormData(event.currentTarget).get('from') ?? '').trim();
        changeQuery({ from: typed }, 'push');
      }}
    >
      <Field label={t.draftFrom} hint={t.draftFromHint}>
        <input type="text" name="from" maxLength={100} defaultValue={id} spellcheck={false} />
      </Field>
      <p class="form-end">
        <button type="submit" class="button">
          {t.draftTake}
        </button>
      </p>
    </form>
  );
}

const tried = (text: string, signal: AbortSignal): Promise<TriedDocuments> =>
  askJson<TriedDocuments>(urls.tryDocuments(), {
    method: 'POST',
    headers: { 'content-type': 'application/yaml' },
    body: text,
    signal,
  });
