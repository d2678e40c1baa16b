import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  annotationListSchema,
  budgetSchema,
  dashboardListSchema,
  burnRateListSchema,
  configAnswerSchema,
  exclusionListSchema,
  explanationSchema,
  groupListSchema,
  incidentListSchema,
  objectiveListSchema,
  pageListSchema,
  reportSchema,
  seriesSchema,
  silenceListSchema,
  sliceListSchema,
  sourceListSchema,
  spentBySchema,
  triedDocumentsSchema,
  versionListSchema,
  whatIfSchema,
} from '@sprout/slo-service/api';
import { objectiveList, objectivesQuery } from '../../src/api/objective-list.ts';
import { statusIn } from '../../src/api/status-in.ts';
import { pageIn } from '../../src/pages/episode.ts';
import {
  recordedConfig,
  recordedObjectives,
  recordedPages,
  recordedSources,
} from './fixture/market.ts';
import {
  recordedAnnotations,
  recordedBudget,
  recordedBurnRates,
  recordedExclusions,
  recordedExplanation,
  recordedGroups,
  recordedIncidents,
  recordedReport,
  recordedSilences,
  recordedSpentBy,
  recordedTriedDocuments,
  recordedVersions,
  recordedWhatIf,
} from './fixture/records.ts';
import { recordedSeries, recordedSlices } from './fixture/series.ts';
import { recordedBoard, recordedBoards } from './fixture/boards.ts';
import { dashboardFileSchema } from '@sprout/grafana/model-file';

const nowMs = Date.parse('2026-11-23T12:00:30Z');

test('the recorded answers are what the service may answer', () => {
  const items = recordedObjectives(nowMs);
  const board = { asOf: new Date(nowMs).toISOString(), items };
  objectiveListSchema.parse(objectiveList(board, objectivesQuery.parse({}), 'en'));
  const pages = recordedPages(nowMs).map((record) => pageIn(record, 'ko'));
  pageListSchema.parse({ items: pages, next: null });
  sourceListSchema.parse({ items: recordedSources(nowMs, 'en'), next: null });
  annotationListSchema.parse({ items: recordedAnnotations(nowMs), next: null });
  silenceListSchema.parse({ items: recordedSilences(nowMs), next: null });
  exclusionListSchema.parse({ items: recordedExclusions(nowMs), next: null });
  configAnswerSchema.parse(recordedConfig());
  const boards = dashboardListSchema.parse({ items: recordedBoards(), next: null });
  for (const { slug } of boards.items) dashboardFileSchema.parse(recordedBoard(slug));
  for (const status of items.map((item) => statusIn(item, 'en'))) {
    const from = new Date(nowMs - 86_400_000);
    seriesSchema.parse(recordedSeries(status, from, new Date(nowMs), '10m', nowMs));
    explanationSchema.parse(recordedExplanation(status, nowMs, 'ko'));
    budgetSchema.parse(recordedBudget(status, new URLSearchParams()));
    burnRateListSchema.parse(recordedBurnRates(status));
    sliceListSchema.parse(recordedSlices(status, new URLSearchParams(), nowMs));
    spentBySchema.parse(recordedSpentBy(status, new URLSearchParams()));
    groupListSchema.parse(recordedGroups(status));
    incidentListSchema.parse({ ...recordedIncidents(status, nowMs), next: null });
    reportSchema.parse(recordedReport(status, '2026-11', nowMs));
    versionListSchema.parse(recordedVersions(status, nowMs));
    whatIfSchema.parse(recordedWhatIf(status, new URLSearchParams({ target: '0.9' }), nowMs));
    triedDocumentsSchema.parse(recordedTriedDocuments(status, nowMs, 'ko'));
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
