import assert from 'node:assert/strict';
import { it } from 'node:test';
import { knowledge } from './knowledge.ts';
import type { MeterHealth } from './knowledge.ts';
import type { ServiceSight } from '../meter/sights.ts';

const minuteMs = 60_000;
const nowMs = Date.parse('2026-01-05T12:00:00Z');
const fresh = { scrapedMs: nowMs - 5000, upMs: nowMs - 5000 };

function known(more: Partial<MeterHealth>, validInHour = 10) {
  const meter: MeterHealth = {
    lastReadMs: nowMs - 5000,
    trouble: null,
    emptySelectors: new Set<string>(),
    services: new Map([
      ['gateway', fresh],
      ['collector', fresh],
    ]),
    quarantined: 0,
    ...more,
  };
  const services = ['gateway', 'collector'];
  return knowledge({ meter, nowMs, minuteMs, selectors: ['requests'], services, validInHour });
}

it('figures with fresh scrapes and events are ok', () => {
  assert.deepEqual(known({}), { state: 'ok', cause: null, fix: null });
});

it('without events there is no traffic', () => {
  assert.equal(known({}, 0).state, 'no_traffic');
});

it('a meter that cannot read makes figures stale, whatever else is known', () => {
  const { state, cause } = known(
    {
      lastReadMs: nowMs - 4 * minuteMs,
      trouble: { error: { en: 'refused', ko: '거절됨' }, fix: null },
    },
    0,
  );
  assert.equal(state, 'stale');
  assert.match(cause?.en ?? '', /since 2026-01-05T11:56:00.000Z: refused/);
  assert.match(known({ lastReadMs: null }).cause?.en ?? '', /since it was started/);
});

it('services whose scrapes stopped are named', () => {
  const old = { scrapedMs: nowMs - 10 * minuteMs, upMs: null };
  const services = new Map<string, ServiceSight>([
    ['gateway', old],
    ['collector', fresh],
  ]);
  const { state, cause } = known({ services });
  assert.equal(state, 'no_data');
  assert.match(cause?.en ?? '', /scrape of gateway has arrived lately/);
});

it('a service that is down but scraped is known to be down', () => {
  const services = new Map<string, ServiceSight>([
    ['gateway', { scrapedMs: nowMs, upMs: nowMs - 10 * minuteMs }],
    ['collector', fresh],
  ]);
  assert.equal(known({ services }).state, 'ok');
});

it('a selector without series is misconfigured only when its service answers', () => {
  assert.equal(known({ emptySelectors: new Set(['requests']) }).state, 'misconfigured');
  const services = new Map<string, ServiceSight>([
    ['gateway', { scrapedMs: nowMs, upMs: null }],
    ['collector', fresh],
  ]);
  const { state, cause } = known({ emptySelectors: new Set(['requests']), services });
  assert.equal(state, 'no_data');
  assert.match(cause?.en ?? '', /gateway has not answered a scrape yet/);
});

it('every state says its cause and its fix in Korean, with the names that matter', () => {
  const trouble = { error: { en: 'refused', ko: '거절됨' }, fix: null };
  const states = [
    known({ lastReadMs: null, trouble }),
    known({ services: new Map() }),
    known({ emptySelectors: new Set(['requests']) }),
    known({}, 0),
  ];
  assert.deepEqual(
    states.map(({ state }) => state),
    ['stale', 'no_data', 'misconfigured', 'no_traffic'],
  );
  for (const { cause, fix } of states) {
    assert.match(cause?.ko ?? '', /[가-힣]/);
    assert.match(fix?.ko ?? '', /[가-힣]/);
  }
  assert.match(states[0]?.cause?.ko ?? '', /거절됨/);
  assert.match(states[2]?.cause?.ko ?? '', /requests/);
});
