import type { PanelModel, RowModel } from '@sprout/grafana';
import { number, minus, ratio, sum, sumBy } from '@sprout/query';
import {
  cacheRequests,
  dbClientConnections,
  dbClientOperationDuration,
  dbClientPendingRequests,
  eventLoopLag,
  heapUsed,
  httpClientRequestDuration,
  httpServerRequestDuration,
  messageProcessDuration,
  messagesConsumed,
  messagesPublished,
  outboxOldestAge,
  processCpu,
  processMemory,
  up,
} from '@sprout/signals/catalogue';
import * as exporters from '@sprout/signals/exporters';
import type { SproutConfig } from '@sprout/process';
import { signalRow } from '../panels/signal-row.ts';
import { legendOf, quantileOf, rateOf, signalPanel } from '../panels/signal-panel.ts';
import { logs, traces } from '../panels/panel.ts';
import { choice, slugs } from '../panels/variables.ts';
import { board, folders } from './dashboard.ts';
import type { Dashboard } from './dashboard.ts';

const service = '$service';
const where = { service };
const requests = httpServerRequestDuration.where(where);
const queries = dbClientOperationDuration.where(where);

/** Requests, errors and durations of one service, of everything it leans on, and its own signals. */
export function serviceDashboard(signals: SproutConfig['signals']): Dashboard {
  const sections = [
    { row: requestsRow(), example: 'product' },
    { row: dependencyRow('Calls to other services', clientPanels()), example: 'gateway' },
    { row: dependencyRow('Databases', databasePanels()), example: 'product' },
    { row: dependencyRow('Page cache', cachePanels()), example: 'product' },
    { row: dependencyRow('Queue', queuePanels()), example: 'order' },
    ...ownRows(signals),
    { row: processRow(), example: 'order' },
    { row: examplesRow(), example: 'gateway' },
  ];
  const rows = sections.map(({ row }) => row);
  const { model } = board({
    slug: slugs.service,
    title: 'Service',
    description: 'Requests, errors and durations of a service, and of what it depends on.',
    folder: folders.services,
    variables: [choice('service', 'Service', requests.count().metric, 'service', false)],
    about: '$service',
    rows,
  });
  return {
    model,
    examples: (row) => ({
      service: sections.find((section) => section.row.title === row.title)?.example ?? 'order',
    }),
  };
}

function requestsRow(): RowModel {
  const status = ['http_response_status_code'];
  // A service that never failed has no series of failures; what did not fail always exists.
  const all = requests.count();
  const answered = { ...all, matchers: [...all.matchers, notServerError] };
  const errors = minus(number(1), ratio(sum(rateOf(answered)), sum(rateOf(all))));
  return {
    title: 'Requests',
    panels: [
      panel({
        title: 'Requests by status',
        description: 'Requests answered per second, by status code.',
        unit: 'reqps',
        queries: [
          { expr: sumBy(status, rateOf(requests.count())).text, legend: legendOf(status, '') },
        ],
      }),
      panel({
        title: 'Error ratio',
        description: 'Fraction of requests answered with a status of 500 and more.',
        unit: 'percentunit',
        queries: [{ expr: errors.text, legend: 'errors' }],
      }),
      ...signalPanel(
        { ...httpServerRequestDuration, panel: { view: 'quantiles', by: [] } },
        { where, title: 'Duration' },
      ),
      panel({
        title: 'Requests by route',
        description: 'Requests answered per second, by route.',
        unit: 'reqps',
        width: 12,
        queries: [
          { expr: sumBy(['http_route'], rateOf(requests.count())).text, legend: '{{http_route}}' },
        ],
      }),
      panel({
        title: 'Slowest routes',
        description: '99th percentile of the duration, by route.',
        unit: 's',
        width: 12,
        queries: [
          {
            expr: quantileOf(0.99, requests, ['http_route']).text,
            legend: '{{http_route}}',
            exemplars: true,
          },
        ],
      }),
    ],
  };
}

/** Status codes are an open set, so this is a pattern and not a list. */
const notServerError = { label: 'http_response_status_code', op: '!~', value: '5..' } as const;

function clientPanels(): PanelModel[] {
  const calls = httpClientRequestDuration.where(where).count();
  const by = ['server_address', 'http_response_status_code'];
  return [
    panel({
      title: 'Calls by status',
      description: 'Calls to other services per second, by their address and status code.',
      unit: 'reqps',
      width: 12,
      queries: [{ expr: sumBy(by, rateOf(calls)).text, legend: legendOf(by, '') }],
    }),
    ...signalPanel(httpClientRequestDuration, { where, title: 'Call duration', width: 12 }),
  ];
}

function databasePanels(): PanelModel[] {
  const by = ['db_system_name', 'outcome'];
  return [
    panel({
      title: 'Calls by outcome',
      description: 'Database calls per second, by system and outcome.',
      unit: 'cps',
      width: 12,
      queries: [{ expr: sumBy(by, rateOf(queries.count())).text, legend: legendOf(by, '') }],
    }),
    ...signalPanel(dbClientOperationDuration, { where, title: 'Call duration', width: 12 }),
    ...signalPanel(dbClientConnections, { where, title: 'Connections', width: 12 }),
    ...signalPanel(dbClientPendingRequests, {
      where,
      title: 'Callers waiting for a connection',
      width: 12,
    }),
  ];
}

const cachePanels = (): PanelModel[] =>
  signalPanel(cacheRequests, { where, title: 'Look-ups by outcome', width: 24 });

const queuePanels = (): PanelModel[] => [
  ...signalPanel(messagesPublished, { where, title: 'Messages published', width: 12 }),
  ...signalPanel(messagesConsumed, { where, title: 'Messages consumed', width: 12 }),
  ...signalPanel(messageProcessDuration, { where, title: 'Time to process a message', width: 12 }),
  ...signalPanel(outboxOldestAge, { where, title: 'Oldest event in the outbox', width: 12 }),
];

function processRow(): RowModel {
  return {
    title: 'Process',
    panels: [
      ...signalPanel(processCpu, { where, title: 'CPU', width: 6 }),
      ...signalPanel(eventLoopLag, { where, title: 'Event loop lag, p99', width: 6 }),
      ...signalPanel(processMemory, { where, title: 'Resident memory', width: 6 }),
      ...signalPanel(heapUsed, { where, title: 'Heap used', width: 6 }),
      ...signalPanel(up, { where, title: 'Scraped', width: 24 }),
    ],
  };
}

/** Who has a board of its own, or answers nobody's requests. */
const elsewhere = ['any', 'gateway', 'batch-order', 'collector', 'slo-service', 'load', 'faults'];

/** What only one service measures, in its own words. */
function ownRows(signals: SproutConfig['signals']) {
  const answers = (owner: string) => !elsewhere.includes(owner) && !owners.has(owner);
  const own = signals.filter(({ owner, kind }) => kind === 'metric' && answers(owner));
  return [...Map.groupBy(own, ({ owner }) => owner)].map(([owner, members]) => {
    const row = signalRow(owner, members, { where });
    return { row: { ...row, title: `Only ${owner}`, onlyWithData: true }, example: owner };
  });
}

/** Exporters, which are scraped for somebody else. */
const owners = new Set(
  Object.values(exporters)
    .flat()
    .map(({ owner }) => owner),
);

/** From what is measured to what happened. */
const examplesRow = (): RowModel => ({
  title: 'Examples',
  panels: [
    traces(
      'Slow requests',
      'Requests of the service that took over 300 ms.',
      '{ resource.service.name = "$service" && duration > 300ms }',
      { noValue: 'none was that slow' },
    ),
    logs(
      'Lines',
      'Log lines of the service, newest first; `trace_id` leads to the trace.',
      '{service="$service"}',
      {
        width: 12,
        height: 10,
      },
    ),
  ],
});

/** Rows that only some services fill. */
const dependencyRow = (title: string, panels: readonly PanelModel[]): RowModel => ({
  title,
  panels,
  onlyWithData: true,
});

const panel = (
  fields: Pick<PanelModel, 'title' | 'description' | 'unit' | 'queries'> & { width?: number },
): PanelModel => ({ view: 'timeseries', width: 8, height: 8, ...fields });
