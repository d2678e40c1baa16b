import type { Source, SourceList } from '@sprout/slo-service/api';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { shortSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { minuteText } from '../state/clock.ts';
import { now } from '../state/now.ts';
import { Pending, FailureNotice } from '../widget/notice.tsx';
import { Shape } from '../widget/shape.tsx';
import { sourceHealth } from './source-health.ts';

/** Where the figures come from, and whether those answer: stale figures must not look fresh. */
export function Sources() {
  const t = texts();
  const sources = useResource<SourceList>(urls.sources());
  return (
    <section class="sources" aria-labelledby="sources-title">
      <h2 id="sources-title">{t.sourcesTitle}</h2>
      {sources.data ? (
        <FailureNotice of={sources} what={t.whatSources} />
      ) : (
        <Pending of={sources} what={t.whatSources} />
      )}
      <ul class="plain source-list">
        {sources.data?.items.map((source) => (
          <SourceRow key={source.name} source={source} />
        ))}
      </ul>
    </section>
  );
}

function SourceRow({ source }: { readonly source: Source }) {
  const t = texts();
  const health = sourceHealth(source, now.value);
  const words = { kept: t.sourceHealthy, at_risk: t.sourceLate, broken: t.sourceFailing };
  return (
    <li>
      <span class={`mark mark-${health}`}>
        <Shape kind={health} />
        {words[health]}
      </span>
      <b>{source.name}</b>
      <span class="quiet">{ageText(source.lastMinute)}</span>
      {source.error === null ? null : <code class="source-error">{source.error}</code>}
    </li>
  );
}

function ageText(lastMinute: string | null): string {
  const t = texts();
  if (lastMinute === null) return t.sourceNever;
  const age = (now.value - Date.parse(lastMinute)) / 1000;
  return t.sourceLast(minuteText(lastMinute), shortSpan(age, locale()));
}
