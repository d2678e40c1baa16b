import type { Cost } from './cost.ts';
import type { Detection } from './measure.ts';

/** What the bench measured; lists by tool are in the order of `tools`. */
export interface Results {
  readonly years: number;
  readonly trials: number;
  readonly tools: readonly { readonly tool: string; readonly alerts: Cost; readonly all: Cost }[];
  readonly falsePages: readonly {
    readonly target: number;
    readonly perMinute: number;
    readonly background: string;
    readonly pages: readonly { readonly mean: number; readonly worst: number }[];
  }[];
  readonly detections: readonly {
    readonly target: number;
    readonly perMinute: number;
    readonly fault: string;
    readonly workbookMinutes: number | undefined;
    readonly tools: readonly Detection[];
  }[];
}

/** The results as a page of docs/. */
export function markdown(results: Results): string {
  return `# How well burn-rate alerts alert

Written by \`npm run bench -- alerts\`; change the bench instead. Read [what it assumes](#what-it-assumes) with it.

## Aim and reached

${aims(results)}

## False pages

Pages in a year in which nothing is wrong: requests come by chance, more by day than by night, and
fail by chance at a share of what the promise allows. The mean of ${results.years} years, and the worst of them.

${falsePageTable(results)}

## Detection and reset

${results.trials} times each fault at a random time of the day, while a tenth of the budget is spent otherwise. *Page*:
medians of the minutes until the first page; (n %) when only n % of the faults paged; – when none
did. *Told*: the same for pages and tickets. *Reset*: from the end of the fault until no page fires.
*Workbook*: what the SRE workbook's formula gives for a page under steady traffic.

${detectionTable(results)}

## Cost

For one objective with one series of good and one of bad requests, scraped every 15 s. *Alerts*: what
its alerts need; *all*: with what the tool computes of the budget in PromQL (Sprout's ledger does that).

${costTable(results)}

${assumptions}`;
}

/** Where the workbook's times are the aim; more traffic gives no other rule more to go by. */
const busyPerMinute = 10_000;

/** Of the first tool, which is ours: what we set out for, and what the tables below say of it. */
export function aims({
  falsePages,
  detections,
}: Pick<Results, 'falsePages' | 'detections'>): string {
  const quiet = falsePages.filter(({ perMinute }) => perMinute === 1);
  const missed = falsePages.filter(({ pages }) => (pages[0]?.mean ?? 0) > 1);
  const met = quiet.filter((row) => !missed.includes(row));
  const most = Math.max(0, ...met.map(({ pages }) => pages[0]?.mean ?? 0));
  const missing = missed.map(
    ({ target, perMinute, background, pages }) =>
      `**${short(pages[0]?.mean ?? 0)}** at ${percent(target)}, ${perMinute.toLocaleString('en')} a minute (${background})`,
  );
  const times = detections
    .filter(
      ({ perMinute, workbookMinutes }) =>
        perMinute === busyPerMinute && workbookMinutes !== undefined,
    )
    .filter(({ fault }) => !fault.startsWith('blip'))
    .map(
      ({ target, fault, workbookMinutes, tools: [ours] }) =>
        `${short(ours?.pageAfterMinutes ?? Number.NaN)} for ${short(workbookMinutes ?? 0)} (${percent(target)}, ${fault})`,
    );
  const pages = `at most ${short(most)} in ${met.length} of ${quiet.length} rows at 1 a minute`;
  return table(
    ['aim', 'reached'],
    [
      [
        'at most one false page a year at 1 request a minute',
        [pages, ...(missing.length === 0 ? [] : [`missed: ${missing.join('; ')}`])].join('; '),
      ],
      [
        `the workbook's minutes to a page at ${busyPerMinute.toLocaleString('en')} requests a minute`,
        times.join('; '),
      ],
    ],
  );
}

function falsePageTable({ tools, falsePages }: Results): string {
  return table(
    ['target', 'requests a minute', 'failures', ...tools.map(({ tool }) => tool)],
    falsePages.map(({ target, perMinute, background, pages }) => [
      percent(target),
      perMinute.toLocaleString('en'),
      background,
      ...pages.map(({ mean, worst }) => (worst === 0 ? '0' : `${short(mean)} (${worst})`)),
    ]),
  );
}

function detectionTable({ tools, detections }: Results): string {
  const columns = tools.flatMap(({ tool }) => [`${tool}: page`, 'told', 'reset']);
  return table(
    ['target', 'requests a minute', 'fault', 'workbook', ...columns],
    detections.map(({ target, perMinute, fault, workbookMinutes, tools: seen }) => [
      percent(target),
      perMinute.toLocaleString('en'),
      fault,
      workbookMinutes === undefined ? '–' : short(workbookMinutes),
      ...seen.flatMap((one) => [
        withShare(one.pageAfterMinutes, one.paged),
        withShare(one.toldAfterMinutes, one.told),
        one.resetAfterMinutes === undefined ? '–' : short(one.resetAfterMinutes),
      ]),
    ]),
  );
}

function costTable({ tools }: Results): string {
  const count = (value: number) => value.toLocaleString('en');
  return table(
    ['', 'samples read a minute: alerts', 'all', 'series recorded: alerts', 'all', 'alert rules'],
    tools.map(({ tool, alerts, all }) => [
      tool,
      count(alerts.samplesPerMinute),
      count(all.samplesPerMinute),
      count(alerts.series),
      count(all.series),
      count(all.alerts),
    ]),
  );
}

const assumptions = `## What it assumes

- A simulator over counts of each minute (\`bench/alerts/simulate.ts\`) fires where Prometheus fires: a test
  holds it against \`promtool\`, with the same rules and traffic, around every change and between.
- Rules: ours are those of \`sprout alerts build\`; Sloth's (0.16) and Pyrra's are transcribed from what they
  generate by default for a ratio over 30 days, and run here, not in the tools themselves.
- Everything is evaluated at whole minutes, our tickets every five. Prometheus evaluates our fast pair every 15 s,
  so that real pages come up to a minute sooner.
- A page is a stretch in which any paging pair fires. Alertmanager's waiting and grouping are left out.
- Traffic is Poisson (rounded normal above 30 a minute), a sine over the day from 0.2 to 1.8 of the mean.
  Five days of ordinary traffic come before everything that counts. Seeds are fixed.
- Requests of probes are left out. Each route that is probed has four more a minute, and
  \`RouteUnreachable\` pages for a total outage after two minutes, whatever the traffic.
- The guard of ten bad events is what keeps quiet services quiet, and what a small fault on a quiet service waits for.
`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function withShare(minutes: number | undefined, share: number): string {
  if (minutes === undefined) return '–';
  return share === 1 ? short(minutes) : `${short(minutes)} (${Math.round(share * 100)} %)`;
}

const percent = (ratio: number): string => `${Number((ratio * 100).toPrecision(6))} %`;
const short = (value: number): string => String(Number(value.toPrecision(value < 10 ? 2 : 3)));
