import type { Incident, ObjectiveStatus, SpentBy } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import type { Resource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { formatCount } from '../format/count.ts';
import { locale, texts } from '../i18n/language.ts';
import { minuteText } from '../state/clock.ts';
import { FailureNotice } from '../widget/notice.tsx';
import { groupName } from './group-name.ts';
import { Share } from './share.tsx';
import { costliest } from './spenders.ts';

/**
 * The labels that spent the budget of a promise, and a request, over the stretch that spent most;
 * asked once for each stretch, since every sample of it is read again.
 */
export function useSpentBy(
  status: ObjectiveStatus,
  incidents: readonly Incident[] | undefined,
): Resource<SpentBy> {
  const stretch =
    incidents && status.kind !== 'composite' ? costliest(status, incidents) : undefined;
  return useResource<SpentBy>(stretch ? urls.spentBy(status.id, stretch) : null, 0);
}

/** Label sets of a promise, the one with most bad events first. */
export function ByLabels({ of }: { readonly of: Resource<SpentBy> }) {
  const t = texts();
  // A promise that counts scrapes has no labels to ask for.
  if (of.failure?.status === 409) return null;
  if (of.failure) return <FailureNotice of={of} what={t.whatLabels} />;
  if (of.data === undefined || (of.data.ledgerBad <= 0 && of.data.items.length === 0)) return null;
  const { from, to } = of.data;
  return (
    <>
      <h3 class="spent-by">{t.spentByLabels(minuteText(from), minuteText(to))}</h3>
      <Sets answer={of.data} />
    </>
  );
}

function Sets({ answer }: { readonly answer: SpentBy }) {
  const t = texts();
  const { items, others, sourceBad, problem } = answer;
  if (problem) return <p class="quiet">{t.spentTooWide}</p>;
  if (items.length === 0) return <p class="quiet">{t.spentForgotten}</p>;
  const count = (events: number) => formatCount(events, locale());
  return (
    <>
      <ol class="plain spenders">
        {items.map(({ labels, bad }) => (
          <li key={JSON.stringify(labels)}>
            <Share fraction={bad / sourceBad} />
            <span>{t.spentSet(groupName(labels, '') || t.spentNoLabels, count(bad))}</span>
          </li>
        ))}
        {others.sets > 0 ? (
          <li>
            <Share fraction={others.bad / sourceBad} />
            <span>{t.spentOtherSets(count(others.sets), count(others.bad))}</span>
          </li>
        ) : null}
      </ol>
      <p class="quiet">{t.spentFromSource}</p>
    </>
  );
}
