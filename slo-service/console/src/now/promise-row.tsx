import { formatRatio } from '@sprout/objectives/figure';
import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { judgedBudget, trustedVerdict } from '@sprout/slo-service/standing';
import { spellSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { promiseName, sentence } from '../objective/sentence.ts';
import { changeQuery, place } from '../place/place.ts';
import { windowSeconds } from '../place/range.ts';
import { paths } from '../shell/route.ts';
import { Spent } from '../spent/spent.tsx';
import { BudgetBar } from '../widget/budget-bar.tsx';
import { VerdictMark } from '../widget/shape.tsx';
import { Approximate } from '../widget/approximate.tsx';
import { Simulated } from '../widget/simulated.tsx';
import { StateNote } from '../widget/state-note.tsx';
import type { Promised } from './promised.ts';

/** One promise: how it stands in a sentence, what is left of it, and what spent it. */
export function PromiseRow({ main, variants }: Promised) {
  const t = texts();
  const isOpen = place.value.query.get('open') === main.id;
  return (
    <article class={`promise promise-${trustedVerdict(main)}`}>
      <div class="promise-words">
        <header>
          <h3>
            <a href={paths.objective(main.id)} data-row>
              {promiseName(main, t)}
            </a>
          </h3>
          <VerdictMark verdict={main.verdict} state={main.state} />
        </header>
        <p class="sentence">{sentence(main, t, locale())}</p>
        <StateNote status={main} />
        <Simulated of={main.budget.simulated} />
        <Approximate of={main.budget.approximate} />
        {variants.map((variant) => (
          <VariantLine key={variant.id} variant={variant} />
        ))}
        <p class="promise-ways">
          <button
            type="button"
            class="disclosure"
            aria-expanded={isOpen}
            aria-label={`${t.spentTitle}: ${promiseName(main, t)}`}
            onClick={() => changeQuery({ open: isOpen ? null : main.id })}
          >
            {t.spentTitle}
          </button>
          {main.pages ? null : <span class="quiet">{t.standsBehind(main.owner)}</span>}
        </p>
      </div>
      <Left status={main} />
      {isOpen ? <Spent status={main} /> : null}
    </article>
  );
}

function Left({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  const { leftFraction } = judgedBudget(status.budget);
  const left = formatRatio(leftFraction);
  return (
    <div class="promise-left">
      <p>
        <b>{left}</b> <span class="quiet">{t.budgetLeft}</span>
      </p>
      <BudgetBar
        leftFraction={leftFraction}
        verdict={trustedVerdict(status)}
        label={t.budgetLeftBar(left)}
      />
    </div>
  );
}

function VariantLine({ variant }: { readonly variant: ObjectiveStatus }) {
  const t = texts();
  const { compliance, leftFraction } = judgedBudget(variant.budget);
  return (
    <p class="variant">
      <a href={paths.objective(variant.id)}>
        {t.shortWindow(spellSpan(windowSeconds(variant.window), locale()))}
      </a>
      <VerdictMark verdict={variant.verdict} state={variant.state} />
      <span>
        {t.compliance} {formatRatio(compliance, variant.target)}
      </span>
      <span>
        {t.budgetLeft} {formatRatio(leftFraction)}
      </span>
    </p>
  );
}
