import { expect, test } from 'vitest';
import { samplePage } from '../alert/sample-page.ts';
import { entriesCsv, entriesOf } from './entries.ts';

const day = { fromMs: Date.UTC(2026, 10, 23), toMs: Date.UTC(2026, 10, 24) };
const deploy = {
  id: 'd1',
  at: '2026-11-23T10:00:00.000Z',
  kind: 'deploy' as const,
  title: 'order "1.4.2", again',
  service: null,
  objectives: null,
  by: 'ci',
  url: null,
};
const exclusion = {
  id: 'e1',
  objectives: null,
  when: { kind: 'once' as const, from: deploy.at, to: deploy.at },
  reason: '=cmd()',
  by: 'ana',
  createdAt: '2026-11-23T12:00:00.000Z',
  revoked: { at: '2026-11-25T12:00:00.000Z', by: 'ana', reason: 'wrong day' },
};
const happened = { pages: [samplePage()], annotations: [deploy], exclusions: [exclusion] };

test('what happened in an interval is listed newest first', () => {
  const entries = entriesOf(happened, day);
  expect(entries.map(({ kind, event }) => `${kind} ${event}`)).toEqual([
    'correction added',
    'alert firing',
    'deploy deploy',
  ]);
});

test('the export quotes what needs it and runs nothing', () => {
  const csv = entriesCsv(entriesOf(happened, day));
  expect(csv).toContain('"order ""1.4.2"", again"');
  expect(csv).toContain(",'=cmd(),ana\r\n");
});
