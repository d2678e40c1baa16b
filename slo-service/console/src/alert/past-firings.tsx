import { formatRatio } from '@sprout/objectives/figure';
import type { Page } from '@sprout/slo-service/api';
import { shortSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { paths } from '../shell/route.ts';
import { minuteText } from '../state/clock.ts';
import { DataTable } from '../widget/data-table.tsx';
import { StatusMark } from '../widget/shape.tsx';

/** Alerts of the group that are shown: the newest. */
export const pastShown = 20;

/** Earlier and later alerts of the same group: is this new, or every week? */
export function PastFirings(props: { readonly page: Page; readonly all: readonly Page[] }) {
  const t = texts();
  const { id, pageGroup } = props.page;
  const others = props.all.filter((one) => one.pageGroup === pageGroup && one.id !== id);
  return (
    <section class="card" aria-labelledby="past-title">
      <h2 id="past-title">{t.pastTitle}</h2>
      {others.length === 0 ? (
        <p class="quiet">{t.pastNone}</p>
      ) : (
        <DataTable
          caption={t.pastTitle}
          rows={others.slice(0, pastShown)}
          rowKey={(page) => page.id}
          columns={[
            { name: t.statusColumn, cell: (page) => <StatusMark status={page.status} /> },
            {
              name: t.alertColumn,
              cell: (page) => (
                <a href={paths.alert(page.id)} data-row>
                  {page.title}
                </a>
              ),
            },
            { name: t.started, cell: (page) => minuteText(page.startedAt), number: true },
            { name: t.lasted, cell: lastedText, number: true },
            { name: t.budgetSpent, cell: spentText, number: true },
          ]}
        />
      )}
    </section>
  );
}

function lastedText(page: Page): string {
  if (page.endedAt === null) return texts().stillFiring;
  return shortSpan((Date.parse(page.endedAt) - Date.parse(page.startedAt)) / 1000, locale());
}

/** The costliest promise speaks for the alert. */
function spentText(page: Page): string {
  const fractions = page.budgetSpent.map(({ fraction }) => fraction).filter((one) => one !== null);
  return formatRatio(fractions.length > 0 ? Math.max(...fractions) : null);
}
