import type { Page } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import type { Interval } from '../place/range.ts';
import { paths } from '../shell/route.ts';
import { minuteText } from '../state/clock.ts';
import { timelineLanes } from './timeline-lanes.ts';

/** When alerts fired, a lane per page group; the list below is its table twin. */
export function Timeline(props: { readonly pages: readonly Page[]; readonly interval: Interval }) {
  const t = texts();
  return (
    <section class="card" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t.timelineTitle}</h2>
      <p class="quiet">{t.timelineText}</p>
      <div class="lanes">
        {timelineLanes(props.pages, props.interval).map(({ group, bars }) => (
          <div class="lane" key={group}>
            <span class="lane-name">{group}</span>
            <div class="lane-track">
              {bars.map(({ page, start, length }) => (
                <a
                  key={page.id}
                  class={`lane-bar lane-${page.severity}`}
                  href={paths.alert(page.id)}
                  aria-label={`${page.title}, ${minuteText(page.startedAt)}`}
                  title={`${page.title}, ${minuteText(page.startedAt)}`}
                  style={{ left: `${start * 100}%`, width: `${length * 100}%` }}
                />
              ))}
            </div>
          </div>
        ))}
      </div>
      <p class="strip-ends quiet">
        <span>{minuteText(new Date(props.interval.fromMs))}</span>
        <span>{minuteText(new Date(props.interval.toMs))}</span>
      </p>
    </section>
  );
}
