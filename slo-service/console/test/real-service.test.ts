import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildConsole } from '../build.ts';
import { openBrowser, settle } from './fixture/browser.ts';
import { startRealService } from './fixture/real-service.ts';
import type { RealService } from './fixture/real-service.ts';

let service: RealService;
let browser: Awaited<ReturnType<typeof openBrowser>>;

before(async () => {
  await buildConsole();
  service = await startRealService();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await service?.close();
});

test('a service that has measured nothing is shown with what it lacks, not as fine', async () => {
  const tab = await browser.tab();
  await settle(tab, `${service.url}/`);
  await tab.page.getByText('99 % of /order requests are answered').waitFor();
  assert.match((await tab.page.textContent('h1')) ?? '', /1 unknown/);
  assert.match((await tab.page.textContent('.state-note')) ?? '', /Cause.+Fix.+/);
  await tab.page.getByText('prometheus', { exact: true }).waitFor();
  assert.deepEqual(tab.complaints, [], 'the content policy of the service lets the console work');
  await tab.close();
});

test('a page of the console is answered under its own address', async () => {
  const tab = await browser.tab();
  await settle(tab, `${service.url}/objective/order-availability?range=6h`);
  assert.equal(await tab.page.textContent('h1'), '99 % of /order requests are answered');
  await tab.page.getByText('sum(increase(failures_total{route="order"}[30d]))').waitFor();
  assert.deepEqual(tab.complaints, []);
  await tab.close();
});

test('what Alertmanager tells arrives on the pages', async () => {
  const response = await fetch(`${service.url}/api/v1/alertmanager`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(notification()),
  });
  assert.equal(response.status, 200);
  const { page: id } = (await response.json()) as { page: string };
  const tab = await browser.tab();
  await settle(tab, `${service.url}/alert/${id}`);
  assert.equal(await tab.page.textContent('h1'), '/order fails');
  await tab.page.getByText(/spent its budget 20× as fast as allowed/).waitFor();
  await tab.page.getByText('Every fifth order fails.').waitFor();
  await settle(tab, `${service.url}/`);
  await tab.page.getByText('1 alert is firing').waitFor();
  assert.deepEqual(tab.complaints, []);
  await tab.close();
});

function notification() {
  return {
    version: '4',
    groupKey: '{}:{page_group="route-order"}',
    status: 'firing',
    alerts: [
      {
        status: 'firing',
        labels: {
          alertname: 'OrderAvailability',
          severity: 'page',
          page_group: 'route-order',
          objective: 'order-availability',
        },
        annotations: {
          summary: '/order fails',
          impact: 'Every fifth order fails.',
          burn_rate: '20.00',
          threshold: '14.4',
          window: '1h',
        },
        startsAt: new Date(Date.now() - 120_000).toISOString(),
      },
    ],
  };
}
