import { formatLatency } from '../format/time-span.ts';
import { texts } from '../i18n/language.ts';
import { changeQuery, place } from '../place/place.ts';
import { SpanDetails } from './span-details.tsx';
import type { Waterfall, WaterfallRow } from './waterfall.ts';

const rowsMax = 1000;
const coloursCount = 6;

/** Spans as rows of a table, each with its bar; a row opens its attributes (`?span=` in the URL). */
export function WaterfallTable({ waterfall }: { readonly waterfall: Waterfall }) {
  const t = texts();
  const chosen = place.value.query.get('span');
  return (
    <section class="card waterfall" aria-labelledby="waterfall-title">
      <h2 id="waterfall-title">{t.waterfall}</h2>
      <table>
        <caption class="visually-hidden">{t.waterfall}</caption>
        <thead>
          <tr>
            <th scope="col">{t.spanColumn}</th>
            <th scope="col">{t.durationColumn}</th>
          </tr>
        </thead>
        <tbody>
          {waterfall.rows.slice(0, rowsMax).map((row) => (
            <SpanRow
              key={row.span.id}
              row={row}
              colour={(waterfall.services.indexOf(row.span.service) % coloursCount) + 1}
              open={row.span.id === chosen}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const indentMaxDepth = 12;

function SpanRow(props: {
  readonly row: WaterfallRow;
  readonly colour: number;
  readonly open: boolean;
}) {
  const t = texts();
  const { span, depth, left, width, startsAfterMs } = props.row;
  const toggle = () => changeQuery({ span: props.open ? null : span.id });
  return (
    <>
      <tr class={props.open ? 'span-open' : undefined}>
        <td style={{ paddingLeft: `${0.5 + Math.min(depth, indentMaxDepth) * 0.9}rem` }}>
          <button
            type="button"
            class="span-name"
            aria-expanded={props.open}
            data-row
            onClick={toggle}
          >
            <span class={`span-service service-${props.colour}`}>{span.service}</span>
            {span.name}
            {span.failed ? <b class="span-failed">{t.spanError}</b> : null}
          </button>
        </td>
        <td>
          <div class="span-time">
            <div class="span-track">
              <div
                class={`span-bar service-${props.colour}${span.failed ? ' span-bar-failed' : ''}`}
                style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
              />
            </div>
            <span class="span-duration" title={`${t.startColumn} ${formatLatency(startsAfterMs)}`}>
              {formatLatency(span.durationMs)}
            </span>
          </div>
        </td>
      </tr>
      {props.open ? (
        <tr>
          <td colSpan={2}>
            <SpanDetails span={span} />
          </td>
        </tr>
      ) : null}
    </>
  );
}
