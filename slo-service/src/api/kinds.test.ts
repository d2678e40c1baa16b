import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { all, availability, objective, rolling, timeSlice, up } from '@sprout/objectives';
import type { z } from 'zod';
import { sloCommands } from '../commands.ts';
import { incidentListSchema } from '../incidents/incident.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopRequests } from '../testing/test-config.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { groupListSchema } from './groups.ts';
import type { GroupList } from './groups.ts';
import {
  budgetSchema,
  objectiveListSchema,
  objectiveStatusSchema,
  seriesSchema,
} from './schemas.ts';
import { sliceListSchema } from './slice-routes.ts';

const failed = shopRequests.where({ outcome: 'failed' });
const answered = availability(shopRequests.where({}), { bad: failed });
const options = { owner: 'shop', target: 0.9, window: rolling('2h'), alerts: false };

const byOutcome = objective('by-outcome', { ...options, sli: answered, groupBy: ['outcome'] });
const capped = objective('capped', { ...byOutcome, groupsMax: 1, dependsOn: [] });
const running = objective('running', {
  ...options,
  sli: timeSlice(up('shop'), { goodRatioMin: 0.5 }),
});
const answering = objective('answering', {
  ...options,
  sli: timeSlice(answered, { goodRatioMin: 0.95, slice: '5m' }),
});
const shop = objective('shop', { ...options, sli: all([running, answering]) });

const minutes = 60;
const downScrapes = { from: 120, to: 140 };
let service: RunningService;

before(async () => {
  const untilMs = Math.floor(Date.now() / 60_000) * 60_000 - 5_000;
  const isDown = (scrape: number) => scrape >= downScrapes.from && scrape < downScrapes.to;
  const series = shopSeries({
    untilMs,
    minutes,
    ok: (scrape) => (isDown(scrape) ? 0 : 90),
    failed: (scrape) => (scrape >= 200 && scrape < 220 ? 10 : 0),
  }).map((one) =>
    one.labels['__name__'] === 'up'
      ? {
          ...one,
          samples: one.samples.map((sample, index) => ({
            ...sample,
            value: isDown(index) ? 0 : 1,
          })),
        }
      : one,
  );
  service = await runningService(series, {
    objectives: [byOutcome, capped, running, answering, shop],
  });
});

after(() => service.stop());

async function ask<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
  const response = await fetch(`${service.url}/api/v1/objectives${path}`);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return schema.parse(JSON.parse(text));
}

const eventsOf = ({ items }: GroupList) =>
  items.map(({ group, budget }) => [group, budget.valid, budget.bad]);

it('groups stand worst first and add up to the whole', async () => {
  const list = await ask('/by-outcome/groups', groupListSchema);
  const whole = await ask('/by-outcome/budget', budgetSchema);
  assert.deepEqual(eventsOf(list), [
    ['outcome=failed', 200, 200],
    ['outcome=ok', whole.valid - 200, 0],
  ]);
  assert.equal(list.problem, null);
  assert.deepEqual(list.items[0]?.labels, { outcome: 'failed' });
  const path = `/api/v1/objectives/by-outcome/groups?limit=1`;
  const first = await fetch(service.url + path);
  const { next } = groupListSchema.parse(await first.json());
  assert.equal(first.headers.get('link'), `<${path}&cursor=${next}>; rel="next"`);
  const second = await ask(`/by-outcome/groups?limit=1&cursor=${next}`, groupListSchema);
  assert.deepEqual([second.total, second.next, second.items[0]?.group], [2, null, 'outcome=ok']);
});

it('each group has its gauges, beside those of the whole', async () => {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  const group = '\\{objective="by-outcome",group="outcome=failed"';
  assert.match(text, new RegExp(`^slo_group_compliance_ratio${group}\\} 0$`, 'm'));
  assert.match(text, new RegExp(`^slo_group_budget_left_ratio${group}\\} -9(\\.0*\\d*)?$`, 'm'));
  assert.match(text, new RegExp(`^slo_group_coverage_ratio${group}\\} 1$`, 'm'));
  assert.match(text, new RegExp(`^slo_group_burn_rate${group},window="1h"\\} (10|9\\.9)`, 'm'));
  assert.match(text, /^slo_groups_left_out 0$/m);
  assert.match(text, /^slo_compliance_ratio\{objective="by-outcome"\} 0\.9/m);
});

it('label sets beyond groupsMax share `other`, and that is named', async () => {
  const list = await ask('/capped/groups', groupListSchema);
  assert.deepEqual(list.items.map(({ group }) => group).toSorted(), ['other', 'outcome=ok']);
  assert.equal(list.problem?.code, 'GROUPS_CAPPED');
  assert.match(list.problem.message, /has more than 1 label sets/);
  const korean = await ask('/capped/groups?lang=ko', groupListSchema);
  assert.match(korean.problem?.message ?? '', /레이블 조합이 1개보다 많습니다/);
  assert.match(korean.problem?.hint ?? '', /groupsMax를 늘리거나/);
});

it('budget, series and incidents of a group are those of its series', async () => {
  const group = encodeURIComponent('outcome=failed');
  const { valid, leftFraction } = await ask(`/by-outcome/budget?group=${group}`, budgetSchema);
  assert.equal(valid, 200);
  const { points } = await ask(`/by-outcome/series?group=${group}&step=5m`, seriesSchema);
  assert.equal(points.at(-1)?.leftFraction, leftFraction);
  const { items } = await ask(`/by-outcome/incidents?group=${group}`, incidentListSchema);
  assert.equal(items.length, 1);
  const unknown = await fetch(`${service.url}/api/v1/objectives/by-outcome/budget?group=x`);
  assert.equal(unknown.status, 404);
});

it('a target scraped in vain is down: five minutes of a time slice', async () => {
  const { budget, kind, slice } = await ask('/running', objectiveStatusSchema);
  assert.deepEqual([kind, slice?.minutes], ['time-slice', 1]);
  assert.equal(budget.bad, 5);
  assert.equal(budget.coverage, 1);
  const minutes = await ask('/running/slices', sliceListSchema);
  assert.equal(minutes.items.filter(({ kept }) => kept === false).length, 5);
  assert.ok(minutes.items.some(({ kept }) => kept === true));
  const { items } = await ask('/running/incidents', incidentListSchema);
  assert.deepEqual(
    items.map(({ minutes, worstRatio }) => [minutes, worstRatio]),
    [[5, 1]],
  );
});

it('a composite of all is bad when one member is, and knows where it is measured', async () => {
  const { budget, state } = await ask('/shop', objectiveStatusSchema);
  const slices = await ask('/answering/budget', budgetSchema);
  assert.ok(slices.bad >= 5 && slices.bad % 5 === 0, `${slices.bad} minutes in bad slices`);
  assert.equal(budget.bad, 5 + slices.bad);
  assert.equal(state, 'ok');
});

it('list, status, chart and command line tell the same figure to the last digit', async () => {
  const { items } = await ask('', objectiveListSchema);
  for (const tile of items) {
    const at = encodeURIComponent(tile.budget.to);
    const budget = await ask(`/${tile.id}/budget?at=${at}`, budgetSchema);
    if (budget.to !== tile.budget.to) continue;
    assert.equal(budget.leftFraction, tile.budget.leftFraction, tile.id);
    const { points } = await ask(`/${tile.id}/series?to=${at}`, seriesSchema);
    assert.equal(points.at(-1)?.leftFraction, tile.budget.leftFraction, tile.id);
    const printed = budgetSchema.parse(
      JSON.parse(await command('slo budget', tile.id, { at: tile.budget.to, json: true })),
    );
    assert.equal(printed.leftFraction, tile.budget.leftFraction, tile.id);
  }
});

it('the command line shows groups and versions', async () => {
  const groups = await command('slo groups', 'capped');
  assert.match(groups, /^2 groups of capped by outcome\n/);
  assert.match(groups, /other +broken/);
  assert.match(groups, /GROUPS_CAPPED: capped has more than 1 label sets/);
  assert.match(await command('slo versions', 'shop'), /ever +now +90 % +– +2h .* configuration/);
});

async function command(name: string, id: string, values: Record<string, string | boolean> = {}) {
  const found = sloCommands.find((one) => one.name.join(' ') === name);
  assert.ok(found, name);
  const lines: string[] = [];
  const exitCode = await found.run({
    values,
    positionals: [id],
    config: () => service.test.config,
    declared: async () => service.test.config,
    print: (text) => lines.push(stripVTControlCharacters(text)),
    warn: () => {},
  });
  assert.equal(exitCode, 0);
  return lines.join('\n');
}
