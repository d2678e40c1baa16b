import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildConsole } from '../build.ts';
import { drawn, openBrowser, settle } from './fixture/browser.ts';
import type { Tab } from './fixture/browser.ts';
import { serveFixture } from './fixture/server.ts';
import type { FixtureServer } from './fixture/server.ts';
import { views } from './fixture/views.ts';

let server: FixtureServer;
let browser: Awaited<ReturnType<typeof openBrowser>>;

before(async () => {
  await buildConsole();
  server = await serveFixture();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** Pages on which everything is said by us; people write exclusions and annotations as they like. */
const spoken = [
  views.now,
  views['what spent a budget'],
  views['what spent a budget without groups'],
  views['a list without matches'],
  views['an objective'],
  views['an objective as tables'],
  views['an objective explained'],
  views['the minutes of an hour'],
  views['an objective of a calendar month'],
  views['an objective without data'],
  '/objective/order-saga',
  '/objective/account-availability',
  '/objective/search-availability',
  views['an alert'],
  views['an alert that is over'],
];

test('no page that a product owner opens in Korean says an English sentence', async () => {
  const tab = await browser.tab({ locale: 'ko-KR' });
  for (const path of spoken) {
    await settle(tab, server.url + path);
    assert.equal(await tab.page.getAttribute('html', 'lang'), 'ko', path);
    assert.deepEqual(await englishIn(tab), [], path);
  }
  await tab.close();
});

test('what fails is said in Korean too', async (context) => {
  server.failing.add('/api/').add('/telemetry/');
  context.after(() => server.failing.clear());
  const tab = await browser.tab({ locale: 'ko-KR' });
  for (const path of [views.now, views['an objective'], views['an alert']]) {
    await settle(tab, server.url + path);
    assert.deepEqual(await englishIn(tab), [], path);
  }
  await tab.close();
});

test('what is wrong in a promise to try is said in Korean too', async () => {
  const tab = await browser.tab({ locale: 'ko-KR' });
  await settle(tab, `${server.url}/what-if`);
  await tab.page.locator('textarea').fill('kind: SLO');
  await tab.page.getByRole('button', { name: '시험', exact: true }).click();
  await tab.page.getByText('4번째 줄').waitFor();
  await tab.page.getByText('id product-latency은(는) 이미 쓰고 있습니다').waitFor();
  await tab.page.getByText('표현할 수 없음: 레이블(labels)').waitFor();
  await drawn(tab);
  assert.equal(await tab.page.locator('.card [lang="en"]').count(), 0);
  assert.deepEqual(await englishIn(tab), []);
  await tab.close();
});

test('switching the language asks for the answers in it', async () => {
  const tab = await browser.tab();
  await settle(tab, server.url);
  await tab.page.getByText('there was no event in the last hour').waitFor();
  await tab.page.getByRole('button', { name: '한국어' }).click();
  await tab.page.getByText('최근 한 시간 동안 이벤트가 없었습니다').waitFor();
  await drawn(tab);
  assert.deepEqual(await englishIn(tab), []);
  await tab.page.getByRole('button', { name: 'English' }).click();
  await tab.page.getByText('there was no event in the last hour').waitFor();
  await tab.close();
});

const sentences = {
  en: [
    'Orders: 99.23 % of 1.2M requests were answered well within 2 seconds, promised 99 %; ',
    /^2\d % of .+’s budget is left and lasts /,
    / at this pace\.$/,
  ],
  ko: [
    '주문: 요청 120만건 중 99.23 %가 2초 안에 정상 응답되었습니다(약속 99 %). ',
    /^\d+월 예산은 2\d % 남았고, 지금 속도라면 /,
    / 유지됩니다\.$/,
  ],
} as const;

test('the first screen answers a product owner in one sentence, in both languages', async () => {
  for (const [language, [compliance, budget, end]] of Object.entries(sentences)) {
    const tab = await browser.tab();
    await settle(tab, `${server.url}/?lang=${language}`);
    const row = tab.page.locator('.promise', {
      has: tab.page.locator('a[href*="/order-latency"]'),
    });
    const said = (await row.locator('.sentence').textContent())?.replaceAll('\u00a0', ' ') ?? '';
    assert.ok(said.startsWith(compliance), said);
    assert.match(said.slice(compliance.length), budget);
    assert.match(said, end);
    await tab.close();
  }
});

/**
 * English sentences that are seen or read aloud: four words of letters in a row. Names of metrics,
 * commands and labels are no words of a sentence; code says what programs say, quotes what people
 * wrote.
 */
async function englishIn({ page }: Tab): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const spokenAttributes = ['aria-label', 'title', 'placeholder', 'alt'];
    const skipped = 'code, pre, kbd, script, style, noscript, [lang="en"]';
    for (const element of document.querySelectorAll('body, body *')) {
      if (element.closest(skipped)) continue;
      for (const name of spokenAttributes) found.push(element.getAttribute(name) ?? '');
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent ?? '');
      }
    }
    return [...found, document.title];
  });
  const unquoted = texts.map((text) => text.replaceAll(/“[^”]*”/g, ''));
  return unquoted.filter((text) => /(?:\b[A-Za-z][a-z]*['’]?[a-z]*[ ,;:]+){3}[a-z]+\b/.test(text));
}
