import { useState } from 'preact/hooks';
import { texts } from '../i18n/language.ts';
import { paths } from '../shell/route.ts';
import { instantText } from '../state/clock.ts';
import type { LogLine } from './loki.ts';

/** Log lines; each opens to its labels and leads to its trace. */
export function LogList({ lines }: { readonly lines: readonly LogLine[] }) {
  return (
    <ol class="plain log-list">
      {lines.map((line) => (
        <LogRow key={line.key} line={line} />
      ))}
    </ol>
  );
}

function LogRow({ line }: { readonly line: LogLine }) {
  const t = texts();
  const [open, setOpen] = useState(false);
  return (
    <li class={`log log-${severityOf(line.level)}`}>
      <div class="log-head">
        <time dateTime={new Date(line.atMs).toISOString()}>{instantText(new Date(line.atMs))}</time>
        <b>{line.level}</b>
        <span>{line.service}</span>
        {line.traceId === undefined ? null : <a href={paths.trace(line.traceId)}>{t.openTrace}</a>}
      </div>
      <button
        type="button"
        class="log-text"
        aria-expanded={open}
        data-row
        onClick={() => setOpen(!open)}
      >
        {line.text}
        {line.details === '' ? null : <span class="log-details"> {line.details}</span>}
      </button>
      {open ? <Labels labels={line.labels} /> : null}
    </li>
  );
}

function Labels({ labels }: { readonly labels: LogLine['labels'] }) {
  return (
    <dl class="log-labels">
      {Object.entries(labels).map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function severityOf(level: string): 'error' | 'warn' | 'plain' {
  if (/^(err|fatal|crit|panic)/.test(level)) return 'error';
  return level.startsWith('warn') ? 'warn' : 'plain';
}
