import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loginPage } from '../../src/access/login-page.ts';
import { statusIn } from '../../src/api/status-in.ts';
import type { PublicStatus } from '../../src/public/public-status.ts';
import { stripDays } from '../../src/public/public-status.ts';
import { statusPage } from '../../src/public/status-page.ts';
import { reportHtml } from '../../src/report/html.ts';
import { colourRules, violations } from './fixture/axe.ts';
import { openBrowser } from './fixture/browser.ts';
import { recordedObjectives } from './fixture/market.ts';
import { recordedReport } from './fixture/records.ts';

const nowMs = Date.parse('2026-11-23T12:00:30Z');
const languages = ['en', 'ko'] as const;

let browser: Awaited<ReturnType<typeof openBrowser>>;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

test('axe finds nothing on the pages without scripts, in either theme and language', async () => {
  const tab = await browser.tab();
  for (const [name, html] of languages.flatMap(pagesIn)) {
    await tab.page.setContent(html);
    for (const colorScheme of ['light', 'dark'] as const) {
      await tab.page.emulateMedia({ colorScheme });
      const rules = colorScheme === 'light' ? undefined : colourRules;
      assert.deepEqual(await violations(tab, rules), [], `${name} in the ${colorScheme} theme`);
    }
  }
  await tab.close();
});

test('no page without scripts is wider than a phone', async () => {
  const tab = await browser.tab({ width: 390, height: 844 });
  const shown = languages.flatMap(pagesIn).filter(([name]) => !name.startsWith('the report'));
  for (const [name, html] of shown) {
    await tab.page.setContent(html);
    const extra = await tab.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(extra, 0, name);
  }
  await tab.close();
});

/** Each page with everything that it may show. */
function pagesIn(language: 'en' | 'ko'): (readonly [string, string])[] {
  const login = { language, returnTo: '/', hasOidc: true };
  const product = recordedObjectives(nowMs).find(({ id }) => id === 'product-latency');
  assert.ok(product);
  const report = recordedReport(statusIn(product, language), '2026-11', nowMs);
  const nothing = { ...publicStatus(), services: [], incidents: [], announcements: [] };
  return [
    [`the status page (${language})`, statusPage(publicStatus(), language)],
    [`an empty status page (${language})`, statusPage(nothing, language)],
    [`the login page (${language})`, loginPage({ ...login, failed: false })],
    [`the login page after a wrong key (${language})`, loginPage({ ...login, failed: true })],
    [`the report (${language})`, reportHtml(report, language)],
  ];
}

/** A service for every verdict, days of every kind, an incident that goes on and one that is over. */
function publicStatus(): PublicStatus {
  const verdicts = ['kept', 'at_risk', 'broken', 'unknown'] as const;
  const titleOf = (name: string) => ({
    en: `99 % of /${name} is answered`,
    ko: `/${name} 응답 99 %`,
  });
  const days = Array.from({ length: stripDays }, (_, index) => ({
    date: new Date(nowMs - (stripDays - index) * 86_400_000).toISOString().slice(0, 10),
    compliance: [0.999, 0.92, null][index % 3] ?? null,
    kept: [true, false, null][index % 3] ?? null,
    marks: index % 4 === 0 ? (['simulated', 'approximate'] as const) : [],
  }));
  const incident = (from: string, to: string | null) => ({
    service: 'broken',
    title: titleOf('broken'),
    from,
    to,
    minutes: 42,
    marks: [],
  });
  return {
    asOf: '2026-11-23T12:00:00.000Z',
    zone: 'Asia/Seoul',
    services: verdicts.map((verdict) => ({
      id: verdict,
      title: titleOf(verdict),
      target: 0.99,
      verdict,
      compliance: verdict === 'unknown' ? null : 0.9934,
      days,
    })),
    incidents: [
      incident('2026-11-23T11:18:00.000Z', null),
      incident('2026-11-20T10:00:00.000Z', '2026-11-20T10:42:00.000Z'),
    ],
    announcements: [{ id: 'a', at: '2026-11-22T01:00:00.000Z', title: 'Maintenance on Sunday' }],
  };
}
