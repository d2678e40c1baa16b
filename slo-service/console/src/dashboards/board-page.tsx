import type { DashboardFile } from '@sprout/grafana/model-file';
import { useMemo } from 'preact/hooks';
import { useResource } from '../api/resource.ts';
import { urls } from '../api/urls.ts';
import { texts } from '../i18n/language.ts';
import { place } from '../place/place.ts';
import { useTitle } from '../shell/title.ts';
import { FailureNotice, Pending } from '../widget/notice.tsx';
import { RangeBar } from '../widget/range-bar.tsx';
import { boardTime } from './board-state.ts';
import type { BoardState } from './board-state.ts';
import { linkHref, multiNames } from './fill.ts';
import { Row } from './row.tsx';
import { useMarks } from './use-marks.ts';
import { Variables, useChoices } from './variables.tsx';
import '../chart/chart.css';
import './dashboards.css';

const rereadMs = 60_000;
/** With `?live=1`, as `sprout dashboards preview` opens it. */
const liveRereadMs = 400;

/** One dashboard: its panels as its model says, with range and choices from the URL. */
export default function BoardPage({ id }: { readonly id: string }) {
  const t = texts();
  const live = place.value.query.has('live');
  const answer = useResource<DashboardFile>(urls.dashboard(id), live ? liveRereadMs : rereadMs);
  const written = JSON.stringify(answer.data ?? null);
  // The same model keeps its identity, so that asking again draws nothing anew.
  const board = useMemo(() => answer.data, [written]);
  useTitle(board?.title ?? t.dashboardsTitle);
  return (
    <div class="page page-board">
      {board ? (
        <>
          <Head board={board} live={live} />
          <FailureNotice of={answer} what={t.whatDashboard} />
          <Panels board={board} />
        </>
      ) : (
        <>
          <h1>{id}</h1>
          <Pending of={answer} what={t.whatDashboard} />
        </>
      )}
    </div>
  );
}

function Head({ board, live }: { readonly board: DashboardFile; readonly live: boolean }) {
  const t = texts();
  return (
    <div class="board-head">
      <div>
        <p class="quiet board-folder">
          <a href="/dashboards">{t.dashboardsTitle}</a> / {board.folderTitle}
        </p>
        <h1>{board.title}</h1>
        <p class="lead">{board.description}</p>
        {live ? <p class="board-live">{t.boardLive}</p> : null}
      </div>
      <nav class="links" aria-label={t.boardLinks}>
        {board.links.map((link) => (
          <a key={link.title} href={linkHref(link, {}, place.value.query) ?? link.url}>
            {link.title}
          </a>
        ))}
      </nav>
    </div>
  );
}

function Panels({ board }: { readonly board: DashboardFile }) {
  const time = boardTime();
  const choices = useChoices(board, time.interval);
  const marks = useMarks(board, choices.chosen, time);
  const key = `${JSON.stringify(choices.chosen)} ${time.interval.fromMs} ${time.interval.toMs}`;
  const state: BoardState = useMemo(
    () => ({ board, ...time, chosen: choices.chosen, multi: multiNames(board), marks }),
    [board, key, marks],
  );
  return (
    <>
      <div class="board-bar">
        <Variables choices={choices} />
        <RangeBar range={time.range} interval={time.interval} />
      </div>
      {choices.ready
        ? board.rows.map((row, index) => (
            <Row key={`${index} ${row.title}`} row={row} index={index} state={state} />
          ))
        : null}
    </>
  );
}
