import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { CommandContext, SproutConfig } from '@sprout/process';
import { objectiveListSchema } from '../api/schemas.ts';
import { sloCommands } from '../commands.ts';
import { annotationListSchema } from '../annotations/annotation.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { testConfig } from '../testing/test-config.ts';
import { askWholeList } from './run/whole-list.ts';
import { timeSpan } from './run/words.ts';

let service: RunningService;

/** How far the service's clock is ahead. */
let aheadMs = 0;

before(async () => {
  const untilMs = Math.floor(Date.now() / 1000) * 1000;
  const failed = (scrape: number) => (scrape < 40 ? 0 : 1);
  const series = shopSeries({ untilMs, minutes: 20, ok: () => 99, failed });
  service = await runningService(series, {}, undefined, () => Date.now() + aheadMs);
});

after(() => service.stop());

const contextOf = (
  values: CommandContext['values'],
  positionals: string[],
  config: SproutConfig,
  print: (text: string) => void,
): CommandContext => ({
  values,
  positionals,
  config: () => config,
  declared: async () => config,
  print,
  warn: () => {},
});

async function run(
  line: string,
  values: CommandContext['values'] = {},
  config = service.test.config,
  expected = 0,
): Promise<string> {
  const [noun, verb, ...positionals] = line.split(' ');
  const command = sloCommands.find(({ name }) => name.join(' ') === `${noun} ${verb}`);
  assert.ok(command, line);
  const printed: string[] = [];
  const print = (text: string) => void printed.push(stripVTControlCharacters(text));
  const exitCode = await command.run(contextOf(values, positionals, config, print));
  assert.equal(exitCode, expected);
  return printed.join('\n');
}

it('list shows what needs a look first, then the worst budget, as a bar', async () => {
  const [header, ...rows] = (await run('slo list')).split('\n');
  assert.match(header ?? '', /^OBJECTIVE +WINDOW +TARGET +KEPT +BUDGET LEFT +VERDICT +STATE$/);
  assert.match(rows[0] ?? '', /^shop-ghost .* unknown +misconfigured$/);
  assert.match(
    rows[1] ?? '',
    /^shop-availability +30d +99 % +99\.49 % +█{10}░{10} +49\.\d % +kept$/,
  );
  assert.match(rows[2] ?? '', /^shop-latency .* kept$/);
});

it('list prints the answer of the API as JSON', async () => {
  const list = objectiveListSchema.parse(JSON.parse(await run('slo list', { json: true })));
  assert.equal(list.items.length, 3);
});

it('status shows budget, burn rates, cause and fix', async () => {
  assert.match(await run('slo status shop-availability'), /bad events +40 of 79 allowed/);
  assert.match(await run('slo status shop-availability'), /^1× +5m +14\.4×/m);
  assert.match(await run('slo status shop-ghost'), /misconfigured: .*no series matches[^]*→ /);
});

it('budget takes a window', async () => {
  const text = await run('slo budget shop-availability', { window: '5m' });
  assert.match(text, /^window +5m, /m);
  assert.match(text, /^kept +99 %$/m);
});

it('exclude leaves time out of a budget, and takes that back', async () => {
  const minute = (ago: number) => new Date(Date.now() - ago * 60_000).toISOString();
  const why = { reason: 'planned migration', by: 'ana' };
  const made = await run('slo exclude shop-availability', {
    ...why,
    from: minute(5),
    to: minute(0),
  });
  const [id = ''] = made.split(' ');
  assert.match(made, /^[0-9a-f]{12} {2}shop-availability\n.*\n {2}planned migration \(ana, /);
  assert.match(await run('slo exclusions'), new RegExp(`^${id} `));
  assert.match(await run('slo budget shop-availability'), /^excluded +[67] min, by [0-9a-f]{12}$/m);
  await run('slo exclude', { ...why, revoke: id });
  assert.equal(await run('slo exclusions'), 'nothing is excluded');
  assert.match(await run('slo exclusions', { revoked: true }), /revoked: planned migration/);
  await assert.rejects(run('slo exclude', { from: minute(5) }), { code: 'USAGE' });
});

it('annotate records what happened', async () => {
  const [id = ''] = (await run('slo annotate 1.4.2', { by: 'ci', kind: 'note' })).split(' ');
  assert.match(id, /^[0-9a-f]{12}$/);
  await assert.rejects(run('slo annotate x', { by: 'ci', kind: 'y' }), { code: 'BODY_INVALID' });
});

it('a list in many parts is read to its end, in its order', async () => {
  const by = 'ci';
  for (const title of ['first', 'second', 'third']) await run(`slo annotate ${title}`, { by });
  const whole = annotationListSchema.parse(
    JSON.parse(await run('slo annotations', { json: true })),
  );
  assert.deepEqual(
    whole.items.slice(-3).map(({ title }) => title),
    ['first', 'second', 'third'],
  );
  const context = contextOf({}, [], service.test.config, () => {});
  const path = '/api/v1/annotations?limit=1';
  assert.deepEqual(await askWholeList(context, path, annotationListSchema, 'before'), whole);
  const turned = await askWholeList(context, path, annotationListSchema);
  assert.deepEqual(turned.items, whole.items.toReversed());
});

it('incidents shows each with the means', async () => {
  const text = await run('slo incidents shop-availability', { factor: '1' });
  assert.match(text, /^incidents +1, 0 of them/m);
  assert.match(text, /^FROM +TO +MINUTES/m);
  assert.match(await run('slo incidents shop-availability'), /^incidents +0, 0/m);
});

it('gate is closed when the budget is spent, not measured, or less than asked for is left', async () => {
  const { config } = service.test;
  const gate = (id: string, values: CommandContext['values'], expected: number) =>
    run(`slo gate ${id}`, values, config, expected);
  assert.match(await gate('shop-availability', {}, 0), /^open: 49\.\d % of the budget/);
  assert.match(await gate('shop-availability', { 'min-left': '0.6' }, 1), /^closed: 49\.\d %/);
  assert.match(await gate('shop-availability', { window: '1m' }, 1), /^closed/);
  await gate('shop-ghost', {}, 1);
  await gate('shop-ghost', { 'allow-unknown': true }, 0);
  await assert.rejects(run('slo gate shop-latency', { 'min-left': '60%' }), { code: 'USAGE' });
});

it('what-if judges another promise by the same events', async () => {
  const text = await run('slo what-if shop-availability', { target: '0.999' });
  assert.match(text, /^declared +99 % +30d +40 of 79 +49\.\d % +kept$/m);
  assert.match(text, /^asked +99\.9 % +30d +40 of 7 +−4\d\d % +broken$/m);
  const low = await run('slo what-if shop-availability', { target: '0.9', window: 'year@UTC' });
  assert.match(low, /no alert could fire over .*: the target is too low$/m);
  await assert.rejects(run('slo what-if shop-latency'), { code: 'USAGE' });
  await assert.rejects(run('slo what-if shop-latency', { target: '1' }), { code: 'QUERY_INVALID' });
});

it('report prints a month in the format asked for', async () => {
  assert.match(await run('slo report shop-availability', { format: 'html' }), /^<!doctype html>/);
  assert.match(await run('slo report shop-availability', { format: 'csv' }), /^objective,date,/);
  const report = await run('slo report shop-availability', { json: true, zone: 'UTC' });
  assert.equal(JSON.parse(report).zone, 'UTC');
  const nowhere = run('slo report shop-availability', { zone: 'Mars/Olympus' });
  await assert.rejects(nowhere, { code: 'QUERY_INVALID' });
});

it('pages says when there are none', async () => {
  assert.equal(await run('slo pages'), 'no pages');
});

it('what is wrong is said with a code and a hint', async () => {
  await assert.rejects(run('slo status nothing'), { code: 'OBJECTIVE_UNKNOWN' });
  await assert.rejects(run('slo status'), { code: 'USAGE' });
  await assert.rejects(run('slo budget shop-latency', { window: 'x' }), { code: 'QUERY_INVALID' });
  const elsewhere = testConfig();
  await assert.rejects(run('slo list', {}, elsewhere.config), { code: 'SLO_SERVICE_DOWN' });
  elsewhere.dispose();
});

it('gate is closed when the figures are old, whatever is left of the budget', async () => {
  const { config } = service.test;
  aheadMs = 3_600_000;
  try {
    const closed = await run('slo gate shop-availability', {}, config, 1);
    assert.match(closed, /^closed: 49\.\d % of the budget.*\n(stale|no data): ./);
    await run('slo gate shop-availability', { 'allow-unknown': true });
    const both = { 'allow-unknown': true, 'min-left': '0.6' };
    await run('slo gate shop-availability', both, config, 1);
  } finally {
    aheadMs = 0;
  }
});

it('time spans have two units at most', () => {
  assert.equal(timeSpan(200_000), '2 d 7 h');
  assert.equal(timeSpan(3600), '1 h');
  assert.equal(timeSpan(59), '59 s');
  assert.equal(timeSpan(0.2), '0 s');
});
