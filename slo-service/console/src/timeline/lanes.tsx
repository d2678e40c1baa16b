import type { Annotation, Page } from '@sprout/slo-service/api';
import { texts } from '../i18n/language.ts';
import type { Interval } from '../place/range.ts';
import { timelineAround } from '../place/timeline-around.ts';
import { paths } from '../shell/route.ts';
import { minuteText } from '../state/clock.ts';
import { followArrows } from '../widget/roving.ts';
import { timelineLanes } from './timeline-lanes.ts';

/** When alerts fired and what was deployed, a lane each; the list below is the table twin. */
export function Lanes(props: {
  readonly pages: readonly Page[];
  readonly annotations: readonly Annotation[];
  readonly interval: Interval;
}) {
  const t = texts();
  const { fromMs, toMs } = props.interval;
  const lanes = timelineLanes(props.pages, props.interval);
  const deploys = props.annotations.filter(({ at }) => Date.parse(at) >= fromMs);
  return (
    <section class="card" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t.lanesTitle}</h2>
      <p class="quiet">{t.timelineText}</p>
      {lanes.length + deploys.length === 0 ? <p>{t.alertsNone}</p> : null}
      <div class="lanes">
        {lanes.map(({ group, bars }) => (
          <div class="lane" key={group}>
            <span class="lane-name">{group}</span>
            <div class="lane-track" onKeyDown={followArrows}>
              {bars.map(({ page, start, length }, index) => (
                <a
                  key={page.id}
                  class={`lane-bar lane-${page.severity}`}
                  href={paths.alert(page.id)}
                  tabIndex={index === 0 ? 0 : -1}
                  data-rove
                  aria-label={`${page.title}, ${minuteText(page.startedAt)}`}
                  title={`${page.title}, ${minuteText(page.startedAt)}`}
                  style={{ left: `${start * 100}%`, width: `${length * 100}%` }}
                />
              ))}
            </div>
          </div>
        ))}
        {deploys.length === 0 ? null : (
          <div class="lane">
            <span class="lane-name">{t.entryKinds.deploy}</span>
            <div class="lane-track" onKeyDown={followArrows}>
              {deploys.map(({ id, at, title }, index) => (
                <a
                  key={id}
                  class="lane-mark"
                  href={timelineAround(at)}
                  tabIndex={index === 0 ? 0 : -1}
                  data-rove
                  aria-label={`${title}, ${minuteText(at)}`}
                  title={`${title}, ${minuteText(at)}`}
                  style={{ left: `${((Date.parse(at) - fromMs) / (toMs - fromMs)) * 100}%` }}
                />
              ))}
            </div>
          </div>
        )}
      </div>
      <p class="strip-ends quiet">
        <span>{minuteText(new Date(fromMs))}</span>
        <span>{minuteText(new Date(toMs))}</span>
      </p>
    </section>
  );
}
