import { formatBurnRate } from '@sprout/objectives/figure';
import type { ObjectiveStatus, Page } from '@sprout/slo-service/api';
import { spellSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { sentence } from '../objective/sentence.ts';
import { burnNow } from '../objective/standing.ts';
import { windowSeconds } from '../place/range.ts';
import { paths } from '../shell/route.ts';
import { VerdictMark } from '../widget/shape.tsx';

/** The promises an alert is about, as they stand now. */
export function TouchedPromises(props: {
  readonly page: Page;
  readonly all: readonly ObjectiveStatus[];
}) {
  const t = texts();
  const touched = props.all.filter(({ id }) => props.page.objectives.some((one) => one.id === id));
  if (touched.length === 0) return null;
  return (
    <section class="card" aria-labelledby="promises-title">
      <h2 id="promises-title">{t.promisesTitle}</h2>
      <ul class="plain touched">
        {touched.map((status) => (
          <li key={status.id}>
            <VerdictMark verdict={status.verdict} state={status.state} />
            <h3>
              <a href={paths.objective(status.id)} data-row>
                {status.title}
              </a>
            </h3>
            <p>{sentence(status, t, locale())}</p>
            <p class="quiet">{burnText(status)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function burnText(status: ObjectiveStatus): string {
  const burn = burnNow(status);
  if (!burn || burn.burnRate === null) return '';
  const span = spellSpan(windowSeconds(burn.window), locale());
  return texts().whyNow(formatBurnRate(burn.burnRate), span);
}
