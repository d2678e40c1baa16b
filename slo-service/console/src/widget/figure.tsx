import type { ComponentChildren } from 'preact';
import { texts } from '../i18n/language.ts';
import { addressChars, typedCharsMax } from '../place/address-length.ts';
import { changeQuery, place } from '../place/place.ts';

/** A chart with its title, what it means, and its table twin; which of the two shows is in the URL. */
export function Figure(props: {
  /** Short and stable: it stands in the URL (`?table=burn,sli`). */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly chart: () => ComponentChildren;
  readonly table: () => ComponentChildren;
}) {
  const t = texts();
  const asTable = shownAsTable().includes(props.id);
  const titleId = `figure-${props.id}`;
  return (
    <section class="card figure" aria-labelledby={titleId}>
      <header class="figure-head">
        <h2 id={titleId}>{props.title}</h2>
        <button
          type="button"
          class="button"
          aria-label={`${props.title}: ${asTable ? t.showChart : t.showTable}`}
          onClick={() => toggleTable(props.id)}
        >
          {asTable ? t.showChart : t.showTable}
        </button>
      </header>
      <p class="quiet figure-text">{props.text}</p>
      {asTable ? props.table() : props.chart()}
    </section>
  );
}

/** Ids of the figures that the URL asks to show as tables. */
export function shownAsTable(): readonly string[] {
  return (place.value.query.get('table') ?? '').split(',').filter(Boolean);
}

/** Shows a figure as a table, or as a chart again. */
export function toggleTable(id: string): void {
  const shown = shownAsTable();
  const next = shown.includes(id) ? shown.filter((other) => other !== id) : [...shown, id];
  changeQuery({ table: lastFitting(next).join(',') });
}

/** As many as an address has room for: of more, those chosen first are charts again. */
function lastFitting(ids: readonly string[]): readonly string[] {
  const isTooLong = (from: number) => addressChars(ids.slice(from).join(',')) > typedCharsMax;
  return ids.slice(ids.findIndex((_, from) => !isTooLong(from)));
}
