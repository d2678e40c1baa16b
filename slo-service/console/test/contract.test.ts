import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  configAnswerSchema,
  objectiveListSchema,
  pageListSchema,
  seriesSchema,
  sourceListSchema,
} from '@sprout/slo-service/api';
import { objectiveList, objectivesQuery } from '../../src/api/objective-list.ts';
import {
  recordedConfig,
  recordedObjectives,
  recordedPages,
  recordedSources,
} from './fixture/market.ts';
import { recordedSeries } from './fixture/series.ts';

const nowMs = Date.parse('2026-11-23T12:00:30Z');

test('the recorded answers are what the service may answer', () => {
  const items = recordedObjectives(nowMs);
  const board = { asOf: new Date(nowMs).toISOString(), items };
  objectiveListSchema.parse(objectiveList(board, objectivesQuery.parse({})));
  pageListSchema.parse({ items: recordedPages(nowMs) });
  sourceListSchema.parse({ items: recordedSources(nowMs) });
  configAnswerSchema.parse(recordedConfig());
  for (const status of items) {
    const from = new Date(nowMs - 86_400_000);
    seriesSchema.parse(recordedSeries(status, from, new Date(nowMs), '10m', nowMs));
  }
});

test('every verdict and every state is among them', () => {
  const items = recordedObjectives(nowMs);
  assert.deepEqual(
    new Set(items.map(({ verdict }) => verdict)),
    new Set(['kept', 'at_risk', 'broken', 'unknown']),
  );
  assert.deepEqual(
    new Set(items.map(({ state }) => state)),
    new Set(['ok', 'no_traffic', 'no_data', 'misconfigured', 'stale']),
  );
});
