import type { ScenarioResult } from '../scenario/scenario-result.ts';
import { hitRatioPromised } from './cache-hits.ts';
import type { Judgement } from './judge-load.ts';
import type { LoadResult } from './load-result.ts';
import { wasKept } from './slo-verdict.ts';
import type { PromiseVerdict } from './slo-verdict.ts';
import { words } from './words.ts';
import type { Language } from './words.ts';

export interface HtmlReport extends Judgement {
  readonly result: ScenarioResult;
  readonly language: Language;
}

/** A report as one HTML page that needs nothing else: no script, no font, no network. */
export function renderHtmlReport(report: HtmlReport): string {
  const { result, from, to, language } = report;
  const text = words[language];
  return [
    `<!doctype html><html lang="${language}"><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width"><title>${escape(`${text.title}: ${result.scenario}`)}</title>`,
    `<style>${style}</style>`,
    `<h1>${escape(`${text.title}: ${result.scenario}`)}</h1>`,
    `<p>${from.toISOString()} – ${to.toISOString()}</p>`,
    stagesTable(result, language),
    ...cacheLine(report),
    `<h2>${text.overTime}</h2>`,
    chart(text.rate, result.chart.rps, result.chart.columnSeconds),
    chart(text.p99, result.chart.p99Ms, result.chart.columnSeconds),
    chart(text.failures, result.chart.errors, result.chart.columnSeconds),
    `<h2>${text.promises}</h2>`,
    promisesTable(report),
    `<h2>${text.original}</h2>`,
    originalTable(report),
    `<p>${text.originalNote}</p></html>`,
    '',
  ].join('\n');
}

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}' +
  'table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:right}' +
  'td:first-child,th:first-child{text-align:left}svg{width:100%;height:7rem;color:#2563eb}' +
  ':root{color-scheme:light dark}';

function stagesTable({ stages, total }: ScenarioResult, language: Language): string {
  const text = words[language];
  const row = (name: string, one: LoadResult) => {
    const { p50, p95, p99 } = one.latencyMs;
    const errors = Object.entries(one.errors).map(([kind, count]) => `${count} ${kind}`);
    return [
      name,
      String(one.offeredRps),
      String(one.achievedRps),
      ...[p50, p95, p99].map((ms) => (ms === null ? '–' : `${ms} ms`)),
      percent(one.availability),
      percent(one.inTime),
      errors.length === 0 ? text.none : errors.join(', '),
    ];
  };
  return table([
    [text.stage, text.due, text.sent, 'p50', 'p95', 'p99', text.answered, text.inTime, text.errors],
    ...stages.map((stage) => row(stage.name, stage)),
    row(text.total, total),
  ]);
}

function cacheLine({ cacheHitRatio, language }: HtmlReport): string[] {
  if (cacheHitRatio === undefined) return [];
  const { cacheHits, promised } = words[language];
  return [
    `<p>${cacheHits}: ${percent(cacheHitRatio)} (${promised} ${percent(hitRatioPromised)})</p>`,
  ];
}

function promisesTable({ verdicts, language }: HtmlReport): string {
  const text = words[language];
  if (verdicts.state === 'elsewhere') return `<p>${text.elsewhere}</p>`;
  if (verdicts.state === 'silent') return `<p>${text.noService}</p>`;
  const verdict = (one: PromiseVerdict) => {
    const kept = wasKept(one);
    if (kept === undefined) return text.unseen;
    return kept ? `✓ ${text.kept}` : `✗ ${text.broken}`;
  };
  return table([
    [text.promise, text.target, text.availability, '', ...times(text)],
    ...verdicts.promises.map((one) => [
      one.id,
      percent(one.target),
      percent(one.figures.eventAvailability),
      verdict(one),
      ...timesOf(one),
    ]),
  ]);
}

const times = (text: Readonly<Record<'down' | 'minutes', string>>) =>
  [text.down, 'MTTR', 'MTTF', 'MTBF'].map((name) => `${name} (${text.minutes})`);

const timesOf = ({ figures }: PromiseVerdict): string[] =>
  [figures.downSeconds, figures.mttrSeconds, figures.mttfSeconds, figures.mtbfSeconds].map(
    (seconds) => (seconds === null ? '–' : (seconds / 60).toFixed(2)),
  );

/** The original's own figures, as it published them. */
function originalTable({ verdicts, language }: HtmlReport): string {
  const text = words[language];
  const promises = verdicts.state === 'judged' ? verdicts.promises : [];
  const observed = promises.filter(({ figures }) => figures.timeAvailability !== null);
  const [worst] = observed.toSorted(
    (a, b) => (a.figures.timeAvailability ?? 1) - (b.figures.timeAvailability ?? 1),
  );
  return table([
    ['', ...times(text), text.availability],
    [text.cacheOnePod, '5.97', '1.4925', '30', '31.4925', '95.025 %'],
    [text.scaled, '1.2', '0.8149', '80.6776', '81.4925', '99 %'],
    ...(worst === undefined
      ? []
      : [
          [
            `${text.here} (${worst.id})`,
            ...timesOf(worst),
            percent(worst.figures.timeAvailability),
          ],
        ]),
  ]);
}

/** Bars from 0 to the highest value; a gap where there is none. */
function chart(title: string, values: readonly (number | null)[], columnSeconds: number): string {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  const bars = values.map((value, column) => {
    const height = most === 0 || value === null ? 0 : (value / most) * 100;
    const tip = `<title>${Math.round(column * columnSeconds)} s: ${value ?? '–'}</title>`;
    return `<rect x="${column * 10}" y="${(100 - height).toFixed(1)}" width="9" height="${height.toFixed(1)}" fill="currentColor">${tip}</rect>`;
  });
  const label = escape(`${title}: ≤ ${most}`);
  return `<figure><figcaption>${label}</figcaption><svg viewBox="0 0 600 100" preserveAspectRatio="none" role="img" aria-label="${label}">${bars.join('')}</svg></figure>`;
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${line('th', head)}${rows.map((cells) => line('td', cells)).join('')}</table>`;
}

function percent(fraction: number | null): string {
  return fraction === null ? '–' : `${(fraction * 100).toFixed(3)} %`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
