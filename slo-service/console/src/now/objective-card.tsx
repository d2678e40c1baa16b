import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { formatRatio } from '../format/ratio.ts';
import { spellSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { promiseTitle, sentence } from '../objective/sentence.ts';
import { trustedVerdict } from '@sprout/slo-service/standing';
import { Tiles } from '../objective/tiles.tsx';
import { windowSeconds } from '../place/range.ts';
import { paths } from '../shell/route.ts';
import { BudgetBar } from '../widget/budget-bar.tsx';
import { VerdictMark } from '../widget/shape.tsx';
import { StateNote } from '../widget/state-note.tsx';
import type { Promised } from './grouping.ts';

/** One promise: verdict, budget left, the sentence, the figures, and its shorter windows. */
export function ObjectiveCard({ main, variants }: Promised) {
  const t = texts();
  const left = formatRatio(main.budget.leftFraction);
  return (
    <article class={`card card-${trustedVerdict(main)}`}>
      <header class="card-head">
        <VerdictMark verdict={main.verdict} state={main.state} />
        <p class="card-left">
          {t.budgetLeft} <b>{left}</b>
        </p>
      </header>
      <h3>
        <a href={paths.objective(main.id)} data-row>
          {promiseTitle(main, t, locale())}
        </a>
      </h3>
      <BudgetBar
        leftFraction={main.budget.leftFraction}
        verdict={trustedVerdict(main)}
        label={t.budgetLeftBar(left)}
      />
      <p class="sentence">{sentence(main, t, locale())}</p>
      <StateNote status={main} />
      <Tiles status={main} />
      {variants.map((variant) => (
        <VariantLine key={variant.id} variant={variant} />
      ))}
    </article>
  );
}

function VariantLine({ variant }: { readonly variant: ObjectiveStatus }) {
  const t = texts();
  const span = spellSpan(windowSeconds(variant.window), locale());
  return (
    <p class="variant">
      <a href={paths.objective(variant.id)}>{t.shortWindow(span)}</a>
      <VerdictMark verdict={variant.verdict} state={variant.state} />
      <span>
        {t.compliance} {formatRatio(variant.budget.compliance, variant.target)}
      </span>
      <span>
        {t.budgetLeft} {formatRatio(variant.budget.leftFraction)}
      </span>
    </p>
  );
}
