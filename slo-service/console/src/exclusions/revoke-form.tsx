import { asResource, useAction } from '../api/use-action.ts';
import { urls } from '../api/urls.ts';
import { texts } from '../i18n/language.ts';
import { Field } from '../widget/field.tsx';
import { FailureNotice } from '../widget/notice.tsx';

/** Takes an exclusion back: budgets are then as if it had never been, its record stays. */
export function RevokeForm(props: {
  readonly id: string;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) {
  const t = texts();
  const action = useAction();
  const submit = async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const said = new URLSearchParams({ by: text('by'), reason: text('reason') });
    if (await action.send(`${urls.exclusion(props.id)}?${said}`, 'DELETE')) props.onDone();
  };
  return (
    <form
      class="form form-narrow"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <Field label={t.exclusionReason}>
        <input type="text" name="reason" required minLength={3} maxLength={500} />
      </Field>
      <Field label={t.exclusionBy}>
        <input type="text" name="by" required maxLength={100} />
      </Field>
      <p class="form-end">
        <button type="submit" class="button button-strong" disabled={action.running}>
          {t.exclusionRevoke}
        </button>
        <button type="button" class="button" onClick={props.onCancel}>
          {t.cancel}
        </button>
      </p>
      <FailureNotice of={asResource(action, props.onCancel)} what={t.whatExclusion} />
    </form>
  );
}
