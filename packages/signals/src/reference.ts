import type { CompiledSignal } from './schema.ts';
import { alertsOf } from './schema.ts';

/** Signals that nobody emits yet, and what they wait for. */
export interface WaitingSignals {
  readonly waitsFor: string;
  readonly signals: readonly CompiledSignal[];
}

/** The metric reference as Markdown: a table for each owner. Pure; equal signals give equal text. */
export function metricReference(
  signals: readonly CompiledSignal[],
  waiting: readonly WaitingSignals[],
): string {
  const byOwner = [...Map.groupBy(signals, ({ owner }) => owner)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return [
    '# Metrics',
    '',
    'Generated from the signals of `sprout.config.ts` by `./sprout signals reference`; a test fails when it is stale.',
    'Every series has the labels `service`, `job` and `instance` of its target besides. Labels with a closed list of',
    'values start at 0.',
    '',
    ...byOwner.flatMap(([owner, members]) => section(titleOf(owner), members)),
    '# Waiting',
    '',
    'In the catalogues, but emitted by nobody that the configuration watches: no panel and no alert.',
    '',
    ...waiting.flatMap(({ waitsFor, signals: members }) => section(waitsFor, members)),
  ].join('\n');
}

const titleOf = (owner: string): string => (owner === 'any' ? 'Every instrumented service' : owner);

function section(title: string, signals: readonly CompiledSignal[]): string[] {
  const rows = signals
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((signal) => `| ${cells(signal).join(' | ')} |`);
  return [
    `## ${title}`,
    '',
    '| metric | type | labels | what it says | alert |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ];
}

function cells(signal: CompiledSignal): string[] {
  const { name, help, noAlert = '' } = signal;
  const names = alertsOf(signal).map(({ name: alert }) => alert);
  return [
    `\`${name}\``,
    typeOf(signal),
    labelsOf(signal),
    escaped(help),
    names.length > 0 ? names.join(', ') : escaped(`none: ${noAlert}`),
  ];
}

function typeOf(signal: CompiledSignal): string {
  if (signal.kind === 'log') return 'log lines';
  return signal.unit === '' ? signal.type : `${signal.type}, ${signal.unit}`;
}

function labelsOf(signal: CompiledSignal): string {
  if (signal.kind === 'log')
    return escaped(`lines of ${signal.service} with \`${signal.pattern}\``);
  return Object.entries(signal.labels)
    .map(([label, values]) =>
      values === 'any' ? `\`${label}\`` : `\`${label}\`: ${values.join(', ')}`,
    )
    .join('; ');
}

const escaped = (text: string): string => text.replaceAll('|', '\\|');
