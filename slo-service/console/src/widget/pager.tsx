import { texts } from '../i18n/language.ts';
import { changeQuery, place } from '../place/place.ts';
import { StepButton } from './step-button.tsx';

/** The page that the URL asks for, from 1. */
export function pageInUrl(): number {
  const page = Number(place.value.query.get('page') ?? 1);
  return Number.isInteger(page) && page > 0 ? page : 1;
}

/** Steps through a long list; draws nothing when all of it is shown. */
export function Pager(props: { readonly total: number; readonly size: number }) {
  const t = texts();
  const page = pageInUrl();
  const pages = Math.max(1, Math.ceil(props.total / props.size));
  if (pages === 1) return null;
  const first = (page - 1) * props.size + 1;
  const last = Math.min(page * props.size, props.total);
  const go = (to: number) => changeQuery({ page: to === 1 ? null : String(to) }, 'push');
  return (
    <nav class="pager" aria-label={t.pages}>
      <StepButton isEnd={page <= 1} onStep={() => go(page - 1)}>
        {t.pagePrevious}
      </StepButton>
      <p class="quiet">{t.pageShown(String(first), String(last), String(props.total))}</p>
      <StepButton isEnd={page >= pages} onStep={() => go(page + 1)}>
        {t.pageNext}
      </StepButton>
    </nav>
  );
}
