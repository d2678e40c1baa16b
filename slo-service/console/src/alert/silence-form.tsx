import type { Page, SilenceInput } from '@sprout/slo-service/api';
import { useState } from 'preact/hooks';
import { asResource, useAction } from '../api/use-action.ts';
import { urls } from '../api/urls.ts';
import { spellSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { Field } from '../widget/field.tsx';
import { FailureNotice } from '../widget/notice.tsx';

/** Lengths that are offered, in minutes. */
const lengths = [30, 60, 4 * 60, 24 * 60] as const;

/** Keeps the alert from telling anybody for a while. It goes on firing, and spending. */
export function SilenceForm(props: { readonly page: Page; readonly onDone: () => void }) {
  const t = texts();
  const action = useAction();
  const [said, setSaid] = useState('');
  const submit = async (form: HTMLFormElement) => {
    const url = urls.silencesOf(props.page.id);
    const done = await action.send(url, 'POST', silenceIn(new FormData(form)));
    setSaid(done ? t.silenceMade : '');
    if (!done) return;
    form.reset();
    props.onDone();
  };
  return (
    <>
      <form
        class="form form-narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        <Field label={t.silenceFor}>
          <select name="minutes">
            {lengths.map((minutes) => (
              <option key={minutes} value={minutes} selected={minutes === 60}>
                {spellSpan(minutes * 60, locale())}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t.silenceReason} hint={t.silenceReasonHint}>
          <input type="text" name="reason" required minLength={3} maxLength={500} />
        </Field>
        <Field label={t.exclusionBy} hint={t.exclusionByHint}>
          <input type="text" name="by" required maxLength={100} />
        </Field>
        <p class="form-end">
          <button type="submit" class="button button-strong" disabled={action.running}>
            {t.silenceAdd}
          </button>
          <span role="status">{said}</span>
        </p>
      </form>
      <FailureNotice of={asResource(action, () => setSaid(''))} what={t.whatSilence} />
    </>
  );
}

function silenceIn(form: FormData): SilenceInput {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return { minutes: Number(text('minutes')), reason: text('reason'), by: text('by') };
}
