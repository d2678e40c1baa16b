import type { PanelModel } from '@sprout/grafana/model';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { texts } from '../i18n/language.ts';
import { FailureNotice, Skeleton } from '../widget/notice.tsx';
import { shownAsTable, toggleTable } from '../widget/figure.tsx';
import type { BoardState } from './board-state.ts';
import type { Frame } from './frame.ts';
import { filledQueries, useFrame } from './use-frame.ts';
import { Bars } from './view/bars.tsx';
import { FrameTable } from './view/frame-table.tsx';
import { Gauges } from './view/gauges.tsx';
import { Graph } from './view/graph.tsx';
import { Heat } from './view/heat.tsx';
import { Lines } from './view/lines.tsx';
import { PanelLogs } from './view/panel-logs.tsx';
import { PanelTraces } from './view/panel-traces.tsx';
import { JoinedTable } from './view/joined-table.tsx';
import { States } from './view/states.tsx';
import { Stats } from './view/stats.tsx';

/** What a view of a panel gets. */
export interface ViewProps {
  readonly panel: PanelModel;
  readonly frame: Frame;
  readonly state: BoardState;
}

interface PanelProps {
  /** Its place in the board: it stands in the URL (`?table=0-1`). */
  readonly id: string;
  readonly panel: PanelModel;
  readonly state: BoardState;
  readonly onEmpty: (isEmpty: boolean) => void;
}

/** Pixels of a grid row of the model. */
export const gridRowPixels = 30;

/** A panel of a board. It asks for its data while it is on the screen, and near it. */
export function Panel({ id, panel, state, onEmpty }: PanelProps) {
  const place = useRef<HTMLElement>(null);
  const seen = useSeen(place);
  const isList = panel.view === 'logs' || panel.view === 'traces' || panel.view === 'table';
  const asTable = shownAsTable().includes(id);
  const titleId = `panel-${id}`;
  return (
    <section
      ref={place}
      class="card panel"
      data-view={panel.view}
      data-wide={panel.width > 8}
      aria-labelledby={titleId}
      style={{ '--columns': panel.width, minHeight: `${panel.height * gridRowPixels}px` }}
    >
      <header class="panel-head">
        <h3 id={titleId} title={panel.description}>
          {panel.title}
        </h3>
        <TwinButton id={id} title={panel.title} pressed={asTable} />
      </header>
      {asTable ? <Meaning panel={panel} state={state} /> : null}
      {panel.view === 'logs' ? (
        <PanelLogs panel={panel} state={state} seen={seen} onEmpty={onEmpty} />
      ) : panel.view === 'traces' ? (
        <PanelTraces panel={panel} state={state} seen={seen} onEmpty={onEmpty} />
      ) : (
        <Measured {...{ panel, state, seen, onEmpty }} asTable={asTable && !isList} />
      )}
    </section>
  );
}

const views = {
  timeseries: Lines,
  stat: Stats,
  gauge: Gauges,
  bar: Bars,
  table: JoinedTable,
  heatmap: Heat,
  nodegraph: Graph,
  statetimeline: States,
} as const;

function Measured(
  props: Omit<PanelProps, 'id'> & { readonly seen: boolean; readonly asTable: boolean },
) {
  const { panel, state, seen, asTable, onEmpty } = props;
  const t = texts();
  const answer = useFrame(panel, state, seen);
  const frame = answer.data;
  const isEmpty = frame?.series.length === 0;
  useEffect(() => {
    if (frame) onEmpty(isEmpty);
  }, [frame]);
  const View = panel.view === 'logs' || panel.view === 'traces' ? undefined : views[panel.view];
  return (
    <>
      <FailureNotice of={answer} what={t.whatPanel} />
      {frame && View && !isEmpty ? (
        asTable ? (
          <FrameTable panel={panel} frame={frame} state={state} />
        ) : (
          <View panel={panel} frame={frame} state={state} />
        )
      ) : (
        <Absent panel={panel} seen={seen} known={frame !== undefined} failed={!!answer.failure} />
      )}
    </>
  );
}

/** Not asked yet, asked, or answered with nothing: what stands in the place of data. */
export function Absent(props: {
  readonly panel: PanelModel;
  readonly seen: boolean;
  readonly known: boolean;
  readonly failed: boolean;
}) {
  const t = texts();
  if (props.known) {
    const { noValue } = props.panel;
    return (
      <div class={noValue === undefined ? 'panel-empty' : 'panel-empty panel-calm'}>
        <p>
          <b>{noValue ?? t.panelNoData}</b>
        </p>
        <p class="quiet">{noValue === undefined ? t.panelNoDataCause : t.panelNothing}</p>
      </div>
    );
  }
  if (props.failed) return null;
  return props.seen ? <Skeleton lines={1} /> : <div class="panel-unseen" />;
}

/** Shows the other form of a panel: its figures as a table, what it means, what it asks. */
function TwinButton(props: {
  readonly id: string;
  readonly title: string;
  readonly pressed: boolean;
}) {
  const t = texts();
  return (
    <button
      type="button"
      class="panel-twin"
      aria-label={`${props.title}: ${props.pressed ? t.showChart : t.showTable}`}
      aria-pressed={props.pressed}
      data-row
      onClick={() => toggleTable(props.id)}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d="M2 3h12v10H2zM2 6.5h12M2 9.75h12M6.5 6.5V13" />
      </svg>
    </button>
  );
}

function Meaning({ panel, state }: { readonly panel: PanelModel; readonly state: BoardState }) {
  return (
    <div class="panel-meaning">
      <p class="quiet">{panel.description}</p>
      <Code label={texts().panelQueries}>{filledQueries(panel, state).join('\n')}</Code>
    </div>
  );
}

function Code(props: { readonly label: string; readonly children: ComponentChildren }) {
  return <pre aria-label={props.label}>{props.children}</pre>;
}

/** True while an element is on the screen or just outside of it. */
function useSeen(element: { readonly current: HTMLElement | null }): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!element.current) return undefined;
    const watcher = new IntersectionObserver(
      (entries) => setSeen(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: '150px' },
    );
    watcher.observe(element.current);
    return () => watcher.disconnect();
  }, []);
  return seen;
}
