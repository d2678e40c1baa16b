import { formatBurnRate, formatRatio, formatTarget } from '@sprout/objectives/figure';
import type { ObjectiveStatus, WhatIf } from '@sprout/slo-service/api';
import { judgedBudget } from '@sprout/slo-service/standing';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { formatCount } from '../format/count.ts';
import { locale, texts } from '../i18n/language.ts';
import { changeQuery, place } from '../place/place.ts';
import { paths } from '../shell/route.ts';
import { useTitle } from '../shell/title.ts';
import { instantText } from '../state/clock.ts';
import { KeptMark } from '../widget/kept-mark.tsx';
import { DataTable } from '../widget/data-table.tsx';
import { Field } from '../widget/field.tsx';
import { EmptyNotice, FailureNotice, Pending } from '../widget/notice.tsx';
import { Approximate } from '../widget/approximate.tsx';
import { Simulated } from '../widget/simulated.tsx';
import { targetFraction } from './target-fraction.ts';
import { WouldAlert } from './would-alert.tsx';
import './what-if.css';

/** Whether another target or window would have been kept, judged by the events there were. */
export default function WhatIfPage({ id }: { readonly id: string }) {
  const t = texts();
  const status = useResource<ObjectiveStatus>(urls.objective(id), 0);
  const query = place.value.query;
  const [target, window] = [query.get('target') ?? '', query.get('window') ?? ''];
  const fraction = targetFraction(target);
  const asked = { ...(fraction ? { target: fraction } : {}), ...(window ? { window } : {}) };
  const isAsked = Object.keys(asked).length > 0;
  const answer = useResource<WhatIf>(isAsked ? urls.whatIf(id, asked) : null, 0);
  const name = status.data ? status.data.title : id;
  useTitle(`${t.whatIfTitle}: ${name}`);
  return (
    <div class="page">
      <div>
        <p class="quiet">{t.whatIfTitle}</p>
        <h1>
          <a href={paths.objective(id)}>{name}</a>
        </h1>
        <p class="lead">{t.whatIfLead}</p>
        <p class="links no-print">
          <a href={paths.draft(id)}>{t.draftOf}</a>
        </p>
      </div>
      <FailureNotice of={status} what={t.whatObjective} />
      <Question target={target} window={window} status={status.data} />
      {isAsked ? null : <EmptyNotice title={t.whatIfAsk} fix={t.whatIfAskFix} />}
      {isAsked && answer.failure ? <FailureNotice of={answer} what={t.whatWhatIf} /> : null}
      {isAsked && !answer.failure ? (
        answer.data ? (
          <Answer answer={answer.data} />
        ) : (
          <Pending of={answer} what={t.whatWhatIf} />
        )
      ) : null}
    </div>
  );
}

function Question(props: {
  readonly target: string;
  readonly window: string;
  readonly status: ObjectiveStatus | undefined;
}) {
  const t = texts();
  const declared = props.status && formatTarget(props.status.target).replace(/[^\d.]/g, '');
  return (
    <form
      class="card form"
      key={`${props.target} ${props.window}`}
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const text = (field: string) => String(data.get(field) ?? '').trim();
        changeQuery({ target: text('target'), window: text('window') }, 'push');
      }}
    >
      <Field label={t.whatIfTarget} hint={t.whatIfTargetHint(declared ?? '99')}>
        <input
          type="text"
          name="target"
          maxLength={12}
          inputMode="decimal"
          placeholder={declared ?? ''}
          defaultValue={props.target}
        />
      </Field>
      <Field label={t.window} hint={t.whatIfWindowHint}>
        <input
          type="text"
          name="window"
          maxLength={50}
          placeholder={props.status?.window ?? '30d'}
          defaultValue={props.window}
        />
      </Field>
      <p class="form-end">
        <button type="submit" class="button button-strong">
          {t.whatIfRun}
        </button>
      </p>
    </form>
  );
}

function Answer({ answer }: { readonly answer: WhatIf }) {
  const t = texts();
  const { declared, asked } = answer;
  const count = (value: number) => formatCount(Math.floor(value), locale());
  return (
    <section class="card" aria-labelledby="what-if-title">
      <h2 id="what-if-title">{t.whatIfResult}</h2>
      <p class="what-if-result">
        <KeptMark left={judgedBudget(asked.budget).leftFraction} />
        <span>
          {t.whatIfSentence(
            formatTarget(asked.target),
            asked.window,
            count(judgedBudget(asked.budget).bad),
            count(judgedBudget(asked.budget).allowed),
          )}
        </span>
      </p>
      <Simulated of={asked.budget.simulated ?? declared.budget.simulated} />
      <Approximate of={asked.budget.approximate ?? declared.budget.approximate} />
      <DataTable
        caption={t.whatIfResult}
        rows={[
          { name: t.whatIfDeclared, one: declared },
          { name: t.whatIfAsked, one: asked },
        ]}
        rowKey={({ name }) => name}
        columns={[
          { name: t.promiseColumn, cell: ({ name }) => name },
          { name: t.promisedColumn, cell: ({ one }) => formatTarget(one.target), number: true },
          { name: t.window, cell: ({ one }) => one.window },
          {
            name: t.compliance,
            cell: ({ one }) => formatRatio(judgedBudget(one.budget).compliance, one.target),
            number: true,
          },
          {
            name: t.budgetLeft,
            cell: ({ one }) => formatRatio(judgedBudget(one.budget).leftFraction),
            number: true,
          },
          {
            name: t.reportResult,
            cell: ({ one }) => <KeptMark left={judgedBudget(one.budget).leftFraction} />,
          },
          {
            name: t.burnMax,
            cell: ({ one }) => formatBurnRate(one.burnRateMax),
            number: true,
          },
        ]}
      />
      <p class="quiet">
        {asked.unreachableAlerts.length === 0
          ? t.whatIfAlertsFine
          : t.whatIfAlertsMute(asked.unreachableAlerts.join(', '))}{' '}
        {t.asOf(instantText(asked.budget.to))}.
      </p>
      <WouldAlert of={asked.wouldAlert} id={answer.id} name={t.whatIfAsked} />
      <WouldAlert of={declared.wouldAlert} id={answer.id} name={t.whatIfDeclared} />
    </section>
  );
}
