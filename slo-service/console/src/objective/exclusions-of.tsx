import { formatRatio } from '@sprout/objectives/figure';
import type { Exclusion, ObjectiveStatus } from '@sprout/slo-service/api';
import { urls } from '../api/urls.ts';
import { useWholeList } from '../api/whole-list.ts';
import { whenText } from '../exclusions/when-text.ts';
import { spellSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { paths } from '../shell/route.ts';
import { FailureNotice } from '../widget/notice.tsx';

/** Time that this budget leaves out, raw and adjusted side by side. */
export function ExclusionsOf({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  const { budget, id } = status;
  const list = useWholeList<Exclusion>(urls.exclusions({ objective: id }));
  const items = list.data?.items ?? [];
  return (
    <section class="card" aria-labelledby="exclusions-title">
      <h2 id="exclusions-title">{t.exclusionsTitle}</h2>
      <FailureNotice of={list} what={t.whatExclusions} />
      {budget.adjusted ? (
        <p>
          {t.exclusionsEffect(
            spellSpan(budget.adjusted.excludedMinutes * 60, locale()),
            formatRatio(budget.leftFraction),
            formatRatio(budget.adjusted.leftFraction),
          )}
        </p>
      ) : (
        <p class="quiet">{t.exclusionsNoEffect}</p>
      )}
      <ul class="plain">
        {items.map((one) => (
          <li key={one.id}>
            {whenText(one.when, t)} <span class="quiet">{t.saidBy(one.reason, one.by)}</span>
          </li>
        ))}
      </ul>
      <p class="links">
        <a href={paths.exclude(id)}>{t.exclusionAdd}</a>
        <a href="/exclusions">{t.exclusionsAll}</a>
      </p>
    </section>
  );
}
