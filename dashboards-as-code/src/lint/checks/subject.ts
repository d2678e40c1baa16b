import { classicDashboard } from '@sprout/grafana';
import type { DashboardModel, PanelModel, QueryModel } from '@sprout/grafana';
import type { Check, CheckText } from '@sprout/lint';
import type { SproutConfig } from '@sprout/process';
import type { KnownLabels, KnownSignal } from '@sprout/query';
import { plain } from '../windows.ts';

/** Everything about the dashboards of a configuration that can be wrong. */
export interface BoardSubject {
  readonly boards: readonly DashboardModel[];
  /** The same as Grafana gets them. */
  readonly written: readonly Written[];
  readonly signals: SproutConfig['signals'];
  /** Metrics that promises are measured by. */
  readonly promised: readonly string[];
  readonly known: KnownLabels;
}

export type Written = ReturnType<typeof classicDashboard>;

interface BoardCheck extends CheckText {
  /** What of a dashboard makes the example wrong. */
  readonly bad: Partial<DashboardModel>;
  messages(board: DashboardModel, subject: BoardSubject): readonly string[];
}

/** A check that looks at one dashboard at a time. */
export function boardCheck({ bad, messages, ...text }: BoardCheck): Check<BoardSubject> {
  return {
    ...text,
    bad: { text: JSON.stringify(bad, null, 2), subject: subjectOf({ ...exampleBoard, ...bad }) },
    find: (subject) =>
      subject.boards.flatMap((board) =>
        messages(board, subject).map((message) => ({ where: board.slug, message })),
      ),
  };
}

interface PanelCheck extends CheckText {
  /** What of a panel makes the example wrong. */
  readonly bad: Partial<PanelModel>;
  messages(panel: PanelModel, subject: BoardSubject, board: DashboardModel): readonly string[];
}

/** A check that looks at one panel at a time. */
export function panelCheck({ bad, messages, ...text }: PanelCheck): Check<BoardSubject> {
  const rows = [{ title: 'Now', panels: [{ ...examplePanel, ...bad }] }];
  return {
    ...text,
    bad: { text: JSON.stringify(bad, null, 2), subject: subjectOf({ ...exampleBoard, rows }) },
    find: (subject) =>
      subject.boards.flatMap((board) =>
        board.rows.flatMap((row) =>
          row.panels.flatMap((panel) =>
            messages(panel, subject, board).map((message) => ({
              where: `${board.slug} / ${row.title} / ${panel.title}`,
              message,
            })),
          ),
        ),
      ),
  };
}

interface WrittenCheck extends CheckText {
  /** What makes the written form of the example wrong. */
  readonly bad: Partial<Written>;
  messages(written: Written): readonly string[];
}

/** A check of what Grafana gets. */
export function writtenCheck({ bad, messages, ...text }: WrittenCheck): Check<BoardSubject> {
  const subject = subjectOf(exampleBoard);
  const written = subject.written.map((one) => ({ ...one, ...bad }));
  return {
    ...text,
    bad: { text: JSON.stringify(bad, null, 2), subject: { ...subject, written } },
    find: (all) =>
      all.written.flatMap((one) =>
        messages(one).map((message) => ({ where: one.uid ?? '', message })),
      ),
  };
}

interface SignalCheck extends CheckText {
  /** What of a signal makes the example wrong. */
  readonly bad: Partial<Extract<SproutConfig['signals'][number], { kind: 'metric' }>>;
  messages(signal: SproutConfig['signals'][number], subject: BoardSubject): readonly string[];
}

/** A check of what becomes of one signal. */
export function signalCheck({ bad, messages, ...text }: SignalCheck): Check<BoardSubject> {
  const subject = { ...subjectOf(exampleBoard), signals: [{ ...exampleSignal, ...bad }] };
  return {
    ...text,
    bad: { text: JSON.stringify(bad, null, 2), subject },
    find: (all) =>
      all.signals.flatMap((signal) =>
        messages(signal, all).map((message) => ({ where: signal.name, message })),
      ),
  };
}

/** The PromQL of a query, with windows in the place of Grafana's; undefined for logs and traces. */
export const promqlOf = ({ source = 'metrics', expr }: QueryModel): string | undefined =>
  source === 'metrics' ? plain(expr) : undefined;

const subjectOf = (board: DashboardModel): BoardSubject => ({
  boards: [board],
  written: [classicDashboard(exampleBoard)],
  signals: [],
  promised: [],
  known: { signals: exampleSignals },
});

const exampleSignals: readonly KnownSignal[] = [
  { name: 'requests_total', type: 'counter', labels: { route: 'any' } },
];

const exampleSignal = {
  kind: 'metric' as const,
  name: 'queue_depth',
  type: 'gauge' as const,
  unit: '',
  labels: {},
  help: 'Orders that wait.',
  owner: 'order',
  panel: { view: 'value' as const, by: [] },
  noAlert: 'its age has one',
};

const examplePanel: PanelModel = {
  title: 'Requests',
  description: 'Requests per second.',
  view: 'timeseries',
  unit: 'reqps',
  queries: [
    { expr: 'sum by (route) (rate(requests_total[$__rate_interval]))', legend: '{{route}}' },
  ],
  width: 8,
  height: 8,
};

const exampleBoard: DashboardModel = {
  slug: 'example',
  title: 'Example',
  description: 'Requests.',
  folder: 'sprout-services',
  tags: ['sprout'],
  variables: [{ kind: 'datasource', name: 'prometheus', label: 'Metrics', of: 'prometheus' }],
  annotations: [],
  rows: [{ title: 'Now', panels: [examplePanel] }],
  links: [],
};
