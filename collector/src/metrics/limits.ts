import type { SproutConfig } from '@sprout/process';
import { scrapeBytesMax, scrapeSamplesMax } from '../scrape/fetch-target.ts';
import { inflightBytesMax } from '../receivers/admission.ts';
import { answerLinesMax } from '../query/loki/routes.ts';
import { answerStepsMax, answerValuesMax } from '../query/logql/range-vector.ts';
import { answerTracesMax } from '../query/tempo/search.ts';
import { connectionsMax } from '../http/connections.ts';
import { queriesMax } from '../query/gate.ts';
import { streamsPerDayMax } from '../store/log-writer.ts';
import { searchBlocksMax } from '../store/trace-reader.ts';
import type { CollectorMetrics } from './collector-metrics.ts';

/** Shows every limit by its name on /metrics. */
export function reportLimits(metrics: CollectorMetrics, config: SproutConfig['collector']): void {
  const limits = {
    body_bytes: config.bodyBytesMax,
    inflight_bytes: inflightBytesMax,
    journal_bytes: config.journalBytesMax,
    store_bytes: config.storeBytesMax,
    store_days: config.storeDays,
    derived_series: config.derivedSeriesMax,
    scrape_bytes: scrapeBytesMax,
    scrape_samples: scrapeSamplesMax,
    answer_lines: answerLinesMax,
    answer_traces: answerTracesMax,
    answer_values: answerValuesMax,
    answer_steps: answerStepsMax,
    search_blocks: searchBlocksMax,
    streams_per_day: streamsPerDayMax,
    connections_per_listener: connectionsMax,
    queries_running: queriesMax,
  };
  for (const [name, value] of Object.entries(limits)) metrics.limit.set({ limit: name }, value);
}
