import { sortedLabels } from '@sprout/wire';
import type { TimeSeries } from '@sprout/wire';
import { writeSeries } from '@sprout/wire/testing';

/** Requests per second to a route, answered fast, answered late, or failed. */
export interface Mix {
  readonly fast: number;
  readonly late: number;
  readonly failed: number;
}

interface WriterOptions {
  /** Where Prometheus takes remote write. */
  readonly url: string;
  readonly route: string;
  readonly everyMs: number;
  /** Good traffic that is written first, as if it had been there. */
  readonly historyMs: number;
}

/**
 * Writes into Prometheus, as the collector would, the counters of a gateway and of the database that
 * fails with it: each request that is not fast is a query that took too long. Counters grow with
 * the clock, at rates a test sets.
 */
export async function startWriter({ url, route, everyMs, historyMs }: WriterOptions, first: Mix) {
  let mix = first;
  let sinceMs = Date.now() - historyMs;
  const bornMs = sinceMs;
  const total = { fast: 0, late: 0, failed: 0 };
  const settle = (untilMs: number) => {
    for (const kind of ['fast', 'late', 'failed'] as const) {
      total[kind] += (mix[kind] * (untilMs - sinceMs)) / 1000;
    }
    sinceMs = untilMs;
  };
  const write = async (timesMs: readonly number[]) => {
    const scrapes = timesMs.map((timestampMs) => {
      settle(timestampMs);
      return { timestampMs, counters: countersOf(route, total) };
    });
    await writeSeries(url, seriesOf(scrapes));
  };
  const past = Math.ceil(historyMs / everyMs);
  await write(Array.from({ length: past }, (_, index) => bornMs + index * everyMs));
  let last = Promise.resolve();
  const timer = setInterval(() => (last = write([Date.now()])), everyMs);
  return {
    bornMs,
    change: (next: Mix) => {
      settle(Date.now());
      mix = next;
    },
    close: () => {
      clearInterval(timer);
      return last;
    },
  };
}

type Counters = Readonly<Record<string, number>>;

interface Scrape {
  readonly timestampMs: number;
  readonly counters: Counters;
}

/** One series for each counter, with a sample of each scrape. */
function seriesOf(scrapes: readonly Scrape[]): TimeSeries[] {
  return Object.keys(scrapes[0]?.counters ?? {}).map((name) => ({
    labels: labelsOf(name),
    samples: scrapes.map(({ timestampMs, counters }) => ({
      timestampMs,
      value: counters[name] ?? 0,
    })),
  }));
}

/** From `name{a="b"}`. */
function labelsOf(series: string) {
  const [name = '', matchers = ''] = series.split('{');
  const labels = [...matchers.matchAll(/(\w+)="([^"]*)"/g)];
  return sortedLabels([
    ['__name__', name],
    ...labels.map(([, label = '', value = '']) => [label, value] as const),
  ]);
}

function countersOf(route: string, { fast, late, failed }: Mix): Counters {
  const name = 'gateway_request_duration_seconds';
  const answered = `route="${route}",outcome="answered"`;
  const database = 'db_client_operation_duration_seconds';
  const queries = `service="${route}",db_system_name="mysql",outcome="ok"`;
  const error = `route="${route}",outcome="server_error"`;
  return {
    [`${name}_bucket{${answered},le="2"}`]: fast,
    [`${name}_bucket{${answered},le="+Inf"}`]: fast + late,
    [`${name}_count{${answered}}`]: fast + late,
    [`${name}_bucket{${error},le="2"}`]: failed,
    [`${name}_bucket{${error},le="+Inf"}`]: failed,
    [`${name}_count{${error}}`]: failed,
    [`${database}_bucket{${queries},le="0.3"}`]: fast,
    [`${database}_bucket{${queries},le="+Inf"}`]: fast + late + failed,
    [`${database}_count{${queries}}`]: fast + late + failed,
  };
}
