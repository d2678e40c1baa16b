import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { formatRatio } from '../format/ratio.ts';
import { locale, texts } from '../i18n/language.ts';
import { promiseTitle, sentence } from '../objective/sentence.ts';
import { trustedVerdict } from '@sprout/slo-service/standing';
import { paths } from '../shell/route.ts';
import { BudgetBar } from '../widget/budget-bar.tsx';
import { VerdictMark } from '../widget/shape.tsx';
import { StateNote } from '../widget/state-note.tsx';

/** A promise that users do not feel directly, in one line: it explains those above it. */
export function BehindRow({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  const left = formatRatio(status.budget.leftFraction);
  return (
    <li class="behind-row">
      <div class="behind-line">
        <VerdictMark verdict={status.verdict} state={status.state} />
        <a href={paths.objective(status.id)} data-row>
          {promiseTitle(status, t, locale())}
        </a>
        <span class="behind-left">
          {t.budgetLeft} <b>{left}</b>
        </span>
        <BudgetBar
          leftFraction={status.budget.leftFraction}
          verdict={trustedVerdict(status)}
          label={t.budgetLeftBar(left)}
        />
      </div>
      <p class="quiet">{sentence(status, t, locale())}</p>
      <StateNote status={status} />
    </li>
  );
}
