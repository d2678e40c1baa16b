import { formatRatio } from '@sprout/objectives/figure';
import type { Explanation as Explained, ObjectiveStatus } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { formatCount } from '../format/count.ts';
import { locale, texts } from '../i18n/language.ts';
import { changeQuery, place } from '../place/place.ts';
import { minuteText } from '../state/clock.ts';
import { Approximate } from '../widget/approximate.tsx';
import { DataTable } from '../widget/data-table.tsx';
import { FailureNotice, Pending } from '../widget/notice.tsx';

/** Stretches that can be compared; every sample of them is read anew. */
const windows = ['1h', '6h', '1d'] as const;

/** Why the ledger and PromQL count differently; asked for, since it reads every sample again. */
export function Explanation({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  const wanted = place.value.query.get('explain');
  const window = windows.find((one) => one === wanted);
  const explained = useResource<Explained>(window ? urls.explain(status.id, window) : null, 0);
  return (
    <section class="card" aria-labelledby="explain-title">
      <h2 id="explain-title">{t.explainTitle}</h2>
      <p class="quiet">{t.explainText}</p>
      <p class="links">
        {windows.map((one) => (
          <button
            key={one}
            type="button"
            class="button"
            aria-pressed={one === window}
            onClick={() => changeQuery({ explain: one === window ? null : one })}
          >
            {t.explainLast(one)}
          </button>
        ))}
      </p>
      {window === undefined ? null : explained.data ? (
        <>
          <FailureNotice of={explained} what={t.whatExplanation} />
          <Compared explained={explained.data} target={status.target} />
        </>
      ) : (
        <Pending of={explained} what={t.whatExplanation} />
      )}
    </section>
  );
}

function Compared(props: { readonly explained: Explained; readonly target: number }) {
  const t = texts();
  const { ledger, promql, difference, causes, queries, summary, from, to, approximate } =
    props.explained;
  const rows = [
    { name: t.explainLedger, ...ledger },
    { name: 'PromQL', ...promql },
    { name: t.explainDifference, ...difference, compliance: null },
    ...causes.map(({ text, valid, bad }) => ({ name: text, valid, bad, compliance: null })),
  ];
  const count = (events: number) => formatCount(events, locale());
  return (
    <>
      <p>
        <b>{summary}</b>{' '}
        <span class="quiet">
          {minuteText(from)} – {minuteText(to)}
        </span>
      </p>
      <Approximate of={approximate} />
      <DataTable
        caption={t.explainTitle}
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          { name: t.explainWhat, cell: ({ name }) => name },
          { name: t.valid, cell: ({ valid }) => count(valid), number: true },
          { name: t.bad, cell: ({ bad }) => count(bad), number: true },
          {
            name: t.compliance,
            cell: ({ compliance }) =>
              compliance === null ? '' : formatRatio(compliance, props.target),
            number: true,
          },
        ]}
      />
      <details>
        <summary>{t.explainQueries}</summary>
        {queries.map((query) => (
          <pre key={query} tabIndex={0}>
            {query}
          </pre>
        ))}
      </details>
    </>
  );
}
