import { formatRatio, formatTarget } from '@sprout/objectives/figure';
import type { TriedDocuments, TriedPromise } from '@sprout/slo-service/api';
import { judgedBudget } from '@sprout/slo-service/standing';
import { formatCount } from '../format/count.ts';
import { locale, texts } from '../i18n/language.ts';
import { instantText } from '../state/clock.ts';
import { KeptMark } from '../widget/kept-mark.tsx';
import { Simulated } from '../widget/simulated.tsx';
import { WouldAlert } from './would-alert.tsx';

type Draft = TriedDocuments['objectives'][number];

/** What is wrong in documents, by line, and what each of their promises would have meant. */
export function DraftAnswer({ answer }: { readonly answer: TriedDocuments }) {
  const t = texts();
  const { valid, problems, notSaid, objectives } = answer;
  return (
    <>
      <section class="card" aria-labelledby="draft-problems" role="status">
        <h2 id="draft-problems">
          {valid ? t.draftRight : t.draftProblems(String(problems.length))}
        </h2>
        <ul class="draft-problems">
          {problems.map(({ line, path, message }) => (
            <li key={`${line} ${path} ${message}`}>
              <b>{t.draftLine(String(line))}</b> {path === '' ? null : <code>{path}</code>}{' '}
              {message}
            </li>
          ))}
          {notSaid.map(({ line, objective, what }) => (
            <li key={`${line} ${objective} ${what}`} class="quiet">
              {line === undefined ? null : <b>{t.draftLine(String(line))}</b>}{' '}
              {t.draftNotSaid(what)}
            </li>
          ))}
        </ul>
      </section>
      {objectives.map((draft) => (
        <section class="card" key={draft.id} aria-labelledby={`draft-${draft.id}`}>
          <h2 id={`draft-${draft.id}`}>{draft.id}</h2>
          {draft.promise === null ? <Untried draft={draft} /> : null}
          {draft.promise === null ? null : <Tried draft={draft} promise={draft.promise} />}
        </section>
      ))}
    </>
  );
}

function Untried({ draft: { untried } }: { readonly draft: Draft }) {
  if (untried === null) return null;
  return (
    <>
      <p>{texts().untried[untried.code]}</p>
      <p class="quiet">{untried.message}</p>
    </>
  );
}

function Tried(props: { readonly draft: Draft; readonly promise: TriedPromise }) {
  const t = texts();
  const { draft, promise } = props;
  const { target, window, budget, unreachableAlerts, wouldAlert } = promise;
  const { bad, allowed, compliance, leftFraction } = judgedBudget(budget);
  const count = (value: number) => formatCount(Math.floor(value), locale());
  const countedAs = draft.countedAs ?? draft.id;
  return (
    <>
      <p class="what-if-result">
        <KeptMark left={leftFraction} />
        <span>{t.whatIfSentence(formatTarget(target), window, count(bad), count(allowed))}</span>
      </p>
      <p>
        {t.compliance} {formatRatio(compliance, target)} · {t.budgetLeft}{' '}
        {formatRatio(leftFraction)}
      </p>
      <Simulated of={budget.simulated} />
      {unreachableAlerts.length === 0 ? null : (
        <p>{t.whatIfAlertsMute(unreachableAlerts.join(', '))}</p>
      )}
      <WouldAlert of={wouldAlert} id={countedAs} name={draft.id} />
      <p class="quiet">
        {countedAs === draft.id ? null : `${t.draftCountedAs(countedAs)} `}
        {t.asOf(instantText(budget.to))}.
      </p>
    </>
  );
}
