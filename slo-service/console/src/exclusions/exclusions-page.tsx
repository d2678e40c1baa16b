import type { Exclusion } from '@sprout/slo-service/api';
import { useState } from 'preact/hooks';
import { urls } from '../api/urls.ts';
import { useWholeList } from '../api/whole-list.ts';
import { texts } from '../i18n/language.ts';
import { changeQuery, place } from '../place/place.ts';
import { paths } from '../shell/route.ts';
import { useTitle } from '../shell/title.ts';
import { instantText } from '../state/clock.ts';
import { Choice } from '../widget/choice.tsx';
import { DataTable } from '../widget/data-table.tsx';
import { CutNotice, EmptyNotice, FailureNotice, Pending } from '../widget/notice.tsx';
import { ExclusionForm } from './exclusion-form.tsx';
import { RevokeForm } from './revoke-form.tsx';
import { whenText } from './when-text.ts';
import './exclusions.css';

/** Time that budgets leave out: who asked for it and why; add, and take back. */
export default function ExclusionsPage() {
  const t = texts();
  useTitle(t.exclusionsTitle);
  const withRevoked = place.value.query.get('revoked') === 'true';
  const list = useWholeList<Exclusion>(urls.exclusions(withRevoked ? { revoked: 'true' } : {}));
  return (
    <div class="page">
      <div>
        <h1>{t.exclusionsTitle}</h1>
        <p class="lead">{t.exclusionsLead}</p>
      </div>
      <ExclusionForm onDone={list.retry} />
      <section class="exclusion-list" aria-labelledby="exclusion-list-title">
        <div class="section-head">
          <h2 id="exclusion-list-title">{t.exclusionsAll}</h2>
          <Choice
            label={t.exclusionsShown}
            chosen={withRevoked ? 'all' : 'inForce'}
            options={[
              { id: 'inForce', name: t.exclusionsInForce },
              { id: 'all', name: t.exclusionsRevokedToo },
            ]}
            onChoose={(chosen) => changeQuery({ revoked: chosen === 'all' ? 'true' : null })}
          />
        </div>
        {list.data ? (
          <>
            <FailureNotice of={list} what={t.whatExclusions} />
            <CutNotice of={list} what={t.whatExclusions} />
            <ExclusionTable items={list.data.items} onDone={list.retry} />
          </>
        ) : (
          <Pending of={list} what={t.whatExclusions} />
        )}
      </section>
    </div>
  );
}

function ExclusionTable(props: {
  readonly items: readonly Exclusion[];
  readonly onDone: () => void;
}) {
  const t = texts();
  const [revoking, setRevoking] = useState<string>();
  if (props.items.length === 0) {
    return <EmptyNotice title={t.exclusionsNone} fix={t.exclusionsNoneFix} />;
  }
  return (
    <DataTable
      caption={t.exclusionsAll}
      rows={props.items}
      rowKey={({ id }) => id}
      columns={[
        { name: t.exclusionWhen, cell: ({ when }) => whenText(when, t) },
        { name: t.exclusionOf, cell: ObjectiveLinks },
        { name: t.exclusionReason, cell: ({ reason }) => reason },
        {
          name: t.exclusionBy,
          cell: ({ by, createdAt }) => (
            <>
              {by} <small>{instantText(createdAt)}</small>
            </>
          ),
        },
        {
          name: t.stateColumn,
          cell: (one) =>
            one.revoked ? (
              <Revoked {...one.revoked} />
            ) : revoking === one.id ? (
              <RevokeForm
                id={one.id}
                onDone={() => {
                  setRevoking(undefined);
                  props.onDone();
                }}
                onCancel={() => setRevoking(undefined)}
              />
            ) : (
              <button
                type="button"
                class="button"
                data-row
                aria-label={`${t.exclusionRevoke}: ${one.reason}`}
                onClick={() => setRevoking(one.id)}
              >
                {t.exclusionRevoke}
              </button>
            ),
        },
      ]}
    />
  );
}

function ObjectiveLinks({ objectives }: Exclusion) {
  if (objectives === null) return <>{texts().exclusionOfAll}</>;
  return (
    <>
      {objectives.map((id, index) => (
        <span key={id}>
          {index > 0 ? ', ' : ''}
          <a href={paths.objective(id)}>{id}</a>
        </span>
      ))}
    </>
  );
}

function Revoked({ at, by, reason }: NonNullable<Exclusion['revoked']>) {
  const t = texts();
  return (
    <span class="quiet">
      {t.exclusionRevoked(instantText(at))} {t.saidBy(reason, by)}
    </span>
  );
}
