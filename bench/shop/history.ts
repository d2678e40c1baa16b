import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** What the bench's shop looked like. */
export interface History {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly objectives: number;
  /** Counter series of each objective, a third of them bad. */
  readonly seriesPerObjective: number;
  readonly scrapeMs: number;
}

/** Events of one series in one scrape: busy by day, bursts of errors on some days. */
function eventsAt(series: number, isBad: boolean, scrape: number): number {
  const hour = (scrape / 240) % 24;
  const busy = hour > 8 && hour < 20 ? 5 : 1;
  if (!isBad) return busy;
  return Math.floor(scrape / 5760) % 9 === series % 9 && hour > 11 && hour < 12 ? 1 : 0;
}

/** The name of an objective's route. */
export const routeOf = (objective: number): string => `r${objective}`;

/** All that happened to an objective in `[fromMs, untilMs)`: its process began with the history. */
export function eventsOf({ fromMs, scrapeMs, seriesPerObjective }: History, untilMs: number) {
  const events = { valid: 0, bad: 0 };
  const scrapes = Math.floor((untilMs - fromMs) / scrapeMs);
  for (let series = 0; series < seriesPerObjective; series++) {
    const isBad = isBadSeries(series);
    for (let scrape = 0; scrape < scrapes; scrape++) {
      const more = eventsAt(series, isBad, scrape);
      events.valid += more;
      events.bad += isBad ? more : 0;
    }
  }
  return events;
}

/** How far sums are from the truth, relatively: the worse of valid and bad. */
export function errorOf(sum: Events, truth: Events): number {
  const relative = (found: number, real: number) =>
    real === 0 ? Math.abs(found) : Math.abs(found / real - 1);
  return Math.max(relative(sum.valid, truth.valid), relative(sum.bad, truth.bad));
}

interface Events {
  readonly valid: number;
  readonly bad: number;
}

const isBadSeries = (series: number): boolean => series % 3 === 0;

/** A series beside those of the shop; its value depends on the scrape alone. */
export interface OtherSeries {
  readonly name: string;
  valueAt(scrape: number): number;
}

/**
 * Writes the history as OpenMetrics text, series after series, as promtool wants to import it;
 * `others` are gauges of one metric.
 */
export async function writeHistory(
  history: History,
  path: string,
  others: readonly OtherSeries[] = [],
): Promise<void> {
  const out = createWriteStream(path);
  const write = async (text: string) => {
    if (!out.write(text)) await once(out, 'drain');
  };
  const target = 'job="shop",service="shop",instance="shop:1"';
  await write('# TYPE up gauge\n');
  await writeSeries(history, write, `up{${target}}`, () => 1);
  await write('# TYPE process_start_time_seconds gauge\n');
  const startSeconds = history.fromMs / 1000;
  await writeSeries(history, write, `process_start_time_seconds{${target}}`, () => startSeconds);
  await write('# TYPE shop_requests counter\n');
  for (let objective = 0; objective < history.objectives; objective++) {
    for (let series = 0; series < history.seriesPerObjective; series++) {
      const isBad = isBadSeries(series);
      const labels = `route="${routeOf(objective)}",code="${isBad ? 500 : 200}",part="${series}"`;
      let sum = 0;
      await writeSeries(history, write, `shop_requests_total{${target},${labels}}`, (scrape) => {
        sum += eventsAt(series, isBad, scrape);
        return sum;
      });
    }
  }
  for (const { name, valueAt } of others) await writeSeries(history, write, name, valueAt);
  await write('# EOF\n');
  out.end();
  await once(out, 'finish');
}

async function writeSeries(
  { fromMs, untilMs, scrapeMs }: History,
  write: (text: string) => Promise<void>,
  name: string,
  valueAt: (scrape: number) => number,
): Promise<void> {
  const scrapes = Math.floor((untilMs - fromMs) / scrapeMs);
  let lines: string[] = [];
  for (let scrape = 0; scrape < scrapes; scrape++) {
    lines.push(`${name} ${valueAt(scrape)} ${(fromMs + scrape * scrapeMs) / 1000}\n`);
    if (lines.length < 10_000) continue;
    await write(lines.join(''));
    lines = [];
  }
  await write(lines.join(''));
}
