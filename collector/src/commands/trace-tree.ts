import { styleText } from 'node:util';
import { attributeText, serviceNameOf } from '@sprout/wire';
import type { Span } from '@sprout/wire';

/** Characters of the time bar. */
const barWidth = 24;
const kinds = ['', '', 'server', 'client', 'producer', 'consumer'] as const;

/**
 * A trace as lines of text: who called whom, how long each took, and when within the whole.
 *
 * @example
 * trace 4bf9… · 3 spans · 2 services · 12.4 ms
 * gateway  GET /order       server   12.4 ms  ▕████████████▏
 * └─ order  GET /orders     server    9.1 ms  ▕ ██████████ ▏
 */
export function traceTree(spans: readonly Span[], options: { readonly color: boolean }): string[] {
  const rows = rowsOf(spans);
  const startNs = spans.reduce(
    (least, { startNs }) => (startNs < least ? startNs : least),
    spans[0]?.startNs ?? 0n,
  );
  const endNs = spans.reduce((most, { endNs }) => (endNs > most ? endNs : most), startNs);
  const extent = { startNs, lengthNs: Number(endNs - startNs) || 1 };
  const labelWidth = Math.max(...rows.map(({ label }) => label.length));
  return [
    header(spans, extent.lengthNs),
    ...rows.map((row) => line(row, labelWidth, extent, options.color)),
  ];
}

interface Row {
  readonly span: Span;
  readonly label: string;
}

interface Extent {
  readonly startNs: bigint;
  readonly lengthNs: number;
}

function header(spans: readonly Span[], lengthNs: number): string {
  const services = new Set(spans.map(({ resource }) => serviceNameOf(resource))).size;
  const errors = spans.filter(({ status }) => status.code === 2).length;
  const parts = [
    `trace ${spans[0]?.traceId}`,
    plural(spans.length, 'span'),
    plural(services, 'service'),
    milliseconds(lengthNs),
    ...(errors > 0 ? [plural(errors, 'error')] : []),
  ];
  return parts.join(' · ');
}

/** Depth first, children by start; a span whose parent is not here stands at the top. */
function rowsOf(spans: readonly Span[]): Row[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const children = Map.groupBy(spans, ({ parentSpanId, spanId }) =>
    known.has(parentSpanId) && parentSpanId !== spanId ? parentSpanId : '',
  );
  const rows: Row[] = [];
  const shown = new Set<Span>();
  // Spans of Zipkin may share an id, so each id's children are shown once.
  const expanded = new Set<string>();
  const add = (span: Span, ownPrefix: string, childPrefix: string) => {
    if (shown.has(span)) return;
    shown.add(span);
    rows.push({ span, label: `${ownPrefix}${serviceNameOf(span.resource)}  ${span.name}` });
    if (expanded.has(span.spanId)) return;
    expanded.add(span.spanId);
    const below = (children.get(span.spanId) ?? []).toSorted((a, b) =>
      Number(a.startNs - b.startNs),
    );
    for (const [index, child] of below.entries()) {
      const last = index === below.length - 1;
      add(child, `${childPrefix}${last ? '└─ ' : '├─ '}`, `${childPrefix}${last ? '   ' : '│  '}`);
    }
  };
  // Parents that go round in circles have no top; whatever was not reached stands there itself.
  for (const root of [...(children.get('') ?? []), ...spans]) add(root, '', '');
  return rows;
}

function line({ span, label }: Row, labelWidth: number, extent: Extent, color: boolean): string {
  const durationNs = Number(span.endNs - span.startNs);
  const text = [
    label.padEnd(labelWidth),
    (kinds[span.kind] ?? '').padEnd(8),
    milliseconds(durationNs).padStart(10),
    bar(span, durationNs, extent),
    ...notes(span),
  ].join('  ');
  return color && span.status.code === 2 ? styleText('red', text) : text;
}

function bar(span: Span, durationNs: number, { startNs, lengthNs }: Extent): string {
  const from = Math.min(
    barWidth - 1,
    Math.floor((Number(span.startNs - startNs) / lengthNs) * barWidth),
  );
  const length = Math.max(
    1,
    Math.min(barWidth - from, Math.round((durationNs / lengthNs) * barWidth)),
  );
  return `▕${' '.repeat(from)}${'█'.repeat(length)}${' '.repeat(barWidth - from - length)}▏`;
}

function notes(span: Span): string[] {
  const status = attributeText(
    span.attributes['http.response.status_code'] ?? span.attributes['http.status_code'],
  );
  return [
    ...(status === '' ? [] : [status]),
    ...(span.status.code === 2 ? [`✗ ${span.status.message}`.trimEnd()] : []),
  ];
}

function milliseconds(ns: number): string {
  return ns >= 1e9 ? `${(ns / 1e9).toFixed(2)} s` : `${(ns / 1e6).toFixed(1)} ms`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
