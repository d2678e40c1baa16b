import { expect, test } from 'vitest';
import { samplePage } from '../alert/sample-page.ts';
import { sampleBudget } from '../objective/sample-status.ts';
import { costliest, exampleOf, spending } from './spenders.ts';

const incident = (bad: number, page: string | null = null) => ({
  from: '2026-11-23T10:00:00.000Z',
  to: '2026-11-23T10:10:00.000Z',
  minutes: 10,
  bad,
  valid: bad * 2,
  worstRatio: 1,
  page,
  secondsToDetect: null,
});

test('the costliest incident comes first, with the page that found it', () => {
  const { top, scattered } = spending(
    sampleBudget(10_000, 60),
    [incident(10), incident(30, 'p1')],
    [samplePage()],
  );
  expect(top.map(({ fraction }) => fraction)).toEqual([0.3, 0.1]);
  expect(top[0]?.page?.id).toBe('p1');
  expect(scattered).toEqual({ bad: 20, fraction: 0.2 });
});

test('a promise that allows nothing has no fractions', () => {
  expect(spending(sampleBudget(0, 0), [], []).scattered.fraction).toBe(null);
});

test('the newest example is offered', () => {
  const trace = (traceId: string) => ({ traceId, url: '' });
  const pages = [
    samplePage({ exampleTrace: trace('old'), startedAt: '2026-11-22T11:00:00.000Z' }),
    samplePage({ exampleTrace: trace('new') }),
  ];
  expect(exampleOf('order-latency', pages)).toBe('new');
  expect(exampleOf('other', pages)).toBe(undefined);
});

test('labels are asked of the incident that spent most and happened, else of the last hours', () => {
  const budget = sampleBudget(10_000, 60);
  const { to } = budget;
  const small = { ...incident(1), from: '2026-11-23T08:00:00.000Z' };
  const simulated = { ...incident(99), simulated: true as const };
  const open = { ...incident(40), to: null };
  expect(costliest({ budget }, [small, simulated])).toEqual({ from: small.from, to: small.to });
  expect(costliest({ budget }, [small, open])).toEqual({ from: open.from, to });
  const hours = (Date.parse(to) - Date.parse(costliest({ budget }, []).from)) / 3_600_000;
  expect(hours).toBe(6);
});
