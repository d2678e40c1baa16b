import { formatRatio, formatTarget } from '@sprout/objectives/figure';
import type { ObjectiveStatus } from '@sprout/slo-service/api';
import { locale, texts } from '../i18n/language.ts';
import { paths } from '../shell/route.ts';
import { minuteText } from '../state/clock.ts';
import { BudgetBar } from '../widget/budget-bar.tsx';
import { VerdictMark } from '../widget/shape.tsx';
import { Approximate } from '../widget/approximate.tsx';
import { Simulated } from '../widget/simulated.tsx';
import { StateNote } from '../widget/state-note.tsx';
import { sentence, thresholdText, windowText } from './sentence.ts';
import { judgedBudget, trustedVerdict } from '@sprout/slo-service/standing';
import { Tiles } from './tiles.tsx';

/** Title, verdict, budget left, the sentence and the figures. */
export function ObjectiveHead({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  const { leftFraction } = judgedBudget(status.budget);
  const left = formatRatio(leftFraction);
  return (
    <header class="objective-head">
      <VerdictMark verdict={status.verdict} state={status.state} />
      <h1>{status.title}</h1>
      <Facts status={status} />
      <div class="card">
        <p class="objective-left">
          {t.budgetLeft} <b>{left}</b>
        </p>
        <BudgetBar
          leftFraction={leftFraction}
          verdict={trustedVerdict(status)}
          label={t.budgetLeftBar(left)}
        />
        <p class="sentence">{sentence(status, t, locale())}</p>
        <StateNote status={status} />
        <Simulated of={status.budget.simulated} />
        <Approximate of={status.budget.approximate} />
        <FormerThresholds status={status} />
        <Tiles status={status} />
        <p class="links no-print">
          <a href={paths.report(status.id)}>{t.reportTitle}</a>
          <a href={paths.whatIf(status.id)}>{t.whatIfTitle}</a>
          <a href={paths.exclude(status.id)}>{t.exclusionAdd}</a>
        </p>
      </div>
    </header>
  );
}

/** Events stay judged by the threshold they were counted with: says so where it was another. */
function FormerThresholds({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  const former = (status.budget.promised ?? []).flatMap(({ to, thresholdSeconds: seconds }) =>
    seconds === undefined || seconds === status.thresholdSeconds ? [] : [{ to, seconds }],
  );
  return (
    <>
      {former.map(({ to, seconds }) => (
        <p class="quiet" key={to}>
          {t.formerThreshold(minuteText(to), thresholdText(seconds, locale()))}
        </p>
      ))}
    </>
  );
}

function Facts({ status }: { readonly status: ObjectiveStatus }) {
  const t = texts();
  const reaction = status.pages ? t.pagesOncall : status.alerts ? t.opensTickets : t.reportsOnly;
  const window = windowText(status.window, t, locale());
  return (
    <p class="facts">
      <span>{t.promised(formatTarget(status.target))}</span>
      <span>{window}</span>
      <span>
        {t.owner}: {status.owner}
      </span>
      <span>{reaction}</span>
      {status.dependsOn.length > 0 ? (
        <span>
          {t.dependsOn}:{' '}
          {status.dependsOn.map((id, index) => (
            <span key={id}>
              {index > 0 ? ', ' : ''}
              <a href={paths.objective(id)}>{id}</a>
            </span>
          ))}
        </span>
      ) : null}
    </p>
  );
}
