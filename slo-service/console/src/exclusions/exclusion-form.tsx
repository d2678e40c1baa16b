import { useRef, useState } from 'preact/hooks';
import { asResource, useAction } from '../api/use-action.ts';
import { urls } from '../api/urls.ts';
import { texts } from '../i18n/language.ts';
import { place } from '../place/place.ts';
import { clock, minuteText } from '../state/clock.ts';
import { Choice } from '../widget/choice.tsx';
import { Field } from '../widget/field.tsx';
import { FailureNotice } from '../widget/notice.tsx';
import { exclusionOf, fieldTime } from './exclusion-input.ts';
import type { ExclusionKind } from './exclusion-input.ts';

const hourMs = 3_600_000;

/** Leaves time out of budgets, once or weekly. Nothing is lost by it: it can be taken back. */
export function ExclusionForm({ onDone }: { readonly onDone: () => void }) {
  const t = texts();
  const form = useRef<HTMLFormElement>(null);
  const incident = place.value.query.get('incident');
  const [kind, setKind] = useState<ExclusionKind>(incident === null ? 'once' : 'incident');
  const [said, setSaid] = useState('');
  const action = useAction();
  const submit = async () => {
    if (!form.current) return;
    const input = exclusionOf(kind, new FormData(form.current), clock.value);
    const done = await action.send(urls.exclusions(), 'POST', input);
    setSaid(done ? t.exclusionAdded : '');
    if (done) onDone();
  };
  return (
    <section class="card" aria-labelledby="exclusion-form-title">
      <h2 id="exclusion-form-title">{t.exclusionAdd}</h2>
      <Choice
        label={t.exclusionKind}
        chosen={kind}
        onChoose={setKind}
        options={[
          { id: 'once', name: t.exclusionOnce },
          { id: 'weekly', name: t.exclusionWeekly },
          ...(incident === null ? [] : [{ id: 'incident' as const, name: t.exclusionOneIncident }]),
        ]}
      />
      <form
        ref={form}
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {kind === 'once' ? <OnceFields /> : null}
        {kind === 'weekly' ? <WeeklyFields /> : null}
        {kind === 'incident' && incident !== null ? <IncidentField at={incident} /> : null}
        <Field label={t.exclusionOf} hint={t.exclusionOfHint}>
          <input
            type="text"
            name="objectives"
            defaultValue={place.value.query.get('objective') ?? ''}
          />
        </Field>
        <Field label={t.exclusionReason}>
          <input type="text" name="reason" required minLength={3} maxLength={500} />
        </Field>
        <Field label={t.exclusionBy} hint={t.exclusionByHint}>
          <input type="text" name="by" required maxLength={100} />
        </Field>
        <p class="form-end">
          <button type="submit" class="button button-strong" disabled={action.running}>
            {t.exclusionAdd}
          </button>
          <span role="status">{said}</span>
        </p>
      </form>
      <FailureNotice of={asResource(action, () => void submit())} what={t.whatExclusion} />
    </section>
  );
}

function IncidentField({ at }: { readonly at: string }) {
  const t = texts();
  return (
    <p class="form-end">
      <input type="hidden" name="incident" value={at} />
      {t.exclusionBound(minuteText(at))}
    </p>
  );
}

function OnceFields() {
  const t = texts();
  const now = Date.now();
  const hint = clock.value === 'utc' ? 'UTC' : t.clockLocal;
  return (
    <>
      <Field label={t.exclusionFrom} hint={hint}>
        <input
          type="datetime-local"
          name="from"
          required
          defaultValue={fieldTime(now - hourMs, clock.value)}
        />
      </Field>
      <Field label={t.exclusionTo} hint={hint}>
        <input
          type="datetime-local"
          name="to"
          required
          defaultValue={fieldTime(now, clock.value)}
        />
      </Field>
    </>
  );
}

function WeeklyFields() {
  const t = texts();
  return (
    <>
      <fieldset class="field">
        <legend>{t.exclusionDays}</legend>
        <span class="days">
          {Object.entries(t.weekdays).map(([day, name]) => (
            <label key={day}>
              <input type="checkbox" name="days" value={day} defaultChecked={day === 'sun'} />{' '}
              {name}
            </label>
          ))}
        </span>
      </fieldset>
      <Field label={t.exclusionAt}>
        <input type="time" name="at" required defaultValue="02:00" />
      </Field>
      <Field label={t.exclusionMinutes}>
        <input type="number" name="minutes" required min={1} max={1440} defaultValue={60} />
      </Field>
      <Field label={t.zone}>
        <input
          type="text"
          name="zone"
          required
          defaultValue={Intl.DateTimeFormat().resolvedOptions().timeZone}
        />
      </Field>
    </>
  );
}
