import type { Series } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import { timelineAround } from '../place/timeline-around.ts';
import { minuteText } from '../state/clock.ts';
import { followArrows } from '../widget/roving.ts';

/** The moments that the charts mark, for those who read no pictures; one stop of the Tab key. */
export function Marks({ series }: { readonly series: Series }) {
  const t = texts();
  const marks = series.annotations ?? [];
  if (marks.length === 0) return null;
  return (
    <section aria-labelledby="marks-title">
      <h3 id="marks-title">{t.marksTitle}</h3>
      <ul class="plain marks" onKeyDown={followArrows}>
        {marks.map(({ id, at, kind, title }, index) => (
          <li key={id}>
            <a href={timelineAround(at)} data-rove tabIndex={index === 0 ? 0 : -1}>
              {title}
            </a>{' '}
            <span class="quiet">
              {t.entryEvents[kind]} · {minuteText(at)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
