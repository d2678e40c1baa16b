import type { Page } from '@sprout/slo-service/api';
import { spellSpan } from '../format/time-span.ts';
import { locale, texts } from '../i18n/language.ts';
import { instantText } from '../state/clock.ts';
import { now } from '../state/now.ts';
import { StatusMark } from '../widget/shape.tsx';

/** Title, whether it still fires, since when and for how long. */
export function AlertHead({ page }: { readonly page: Page }) {
  const t = texts();
  const end = page.endedAt === null ? now.value : Date.parse(page.endedAt);
  const lasted = spellSpan((end - Date.parse(page.startedAt)) / 1000, locale());
  return (
    <header class="alert-head">
      <p class="facts">
        <StatusMark status={page.status} />
        <span>{t.severity[page.severity]}</span>
        <span>
          {t.group}: {page.pageGroup}
        </span>
      </p>
      <h1>{page.title}</h1>
      <p class="lead">
        {page.endedAt === null
          ? t.since(instantText(page.startedAt), lasted)
          : `${t.rangeFixed(instantText(page.startedAt), instantText(page.endedAt))} (${lasted})`}
      </p>
    </header>
  );
}
