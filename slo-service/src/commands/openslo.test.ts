import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { exportOpenSlo, importOpenSlo } from '@sprout/objectives/openslo';
import { sloCommands } from '../commands.ts';
import { readDocuments } from '../openslo/read-documents.ts';
import { testConfig, testObjectives } from '../testing/test-config.ts';

const { config, dispose } = testConfig();
after(dispose);
const file = join(config.dataDir, 'promises.yaml');

async function run(verb: string, ...positionals: string[]) {
  const command = sloCommands.find(({ name }) => name.join(' ') === `slo ${verb}`);
  assert.ok(command, verb);
  const printed: string[] = [];
  const warned: string[] = [];
  const exitCode = await command.run({
    values: {},
    positionals,
    config: () => config,
    declared: async () => config,
    print: (line) => printed.push(line),
    warn: (line) => warned.push(line),
  });
  return { exitCode, printed: printed.join('\n'), warned };
}

test('export prints promises that import reads', async () => {
  const all = await run('export');
  assert.deepEqual([all.exitCode, all.warned], [0, []]);
  assert.deepEqual(importOpenSlo(all.printed).objectives, testObjectives);
  const one = await run('export', 'shop-latency');
  assert.equal(one.printed.match(/^kind: SLO$/gm)?.length, 1);
  await assert.rejects(run('export', 'nothing'), { code: 'OBJECTIVE_UNKNOWN' });
  writeFileSync(file, all.printed);
  const { exitCode, printed } = await run('import', file);
  assert.equal(exitCode, 0);
  assert.match(printed, /^export const shopLatencyObjective = objective\('shop-latency', \{$/m);
  assert.equal((await run('validate', file)).printed, 'right; promises: 3, not said: 0');
});

test('what is lost is warned of, and makes import exit with 4', async () => {
  const { printed } = await run('export', 'shop-latency');
  writeFileSync(file, printed.replace('Occurrences', 'RatioTimeslices'));
  const { exitCode, warned } = await run('import', file);
  assert.equal(exitCode, 4);
  assert.match(
    warned.join('\n'),
    /^not said: line \d+, shop-latency: RatioTimeslices; it is left out/,
  );
  assert.equal((await run('validate', file)).exitCode, 0);
});

test('a wrong file is refused with every problem and its line', async () => {
  const { printed } = await run('export', 'shop-latency');
  writeFileSync(file, printed.replace('target: 0.9', 'target: 9').replace('2h', 'soon'));
  const message = /promises\.yaml:\d+: spec\.timeWindow.*\n.*:\d+: spec\.objectives\[0\]\.target: /;
  await assert.rejects(run('import', file), { code: 'OPENSLO_INVALID', message });
  const checked = await run('validate', file);
  assert.equal(checked.exitCode, 3);
  assert.match(checked.printed, message);
  for (const verb of ['import', 'validate']) {
    await assert.rejects(run(verb, `${file}.gone`), { code: 'OPENSLO_UNREADABLE' });
    await assert.rejects(run(verb), { code: 'USAGE' });
  }
});

test('a promise that cannot be kept track of is refused, all problems at once, with their places', async () => {
  const { printed } = await run('export', 'shop-latency', 'shop-availability');
  const wrong = printed
    .replaceAll('le="2"', 'le="7"')
    .replaceAll('outcome="failed"', 'outcome="lost"');
  writeFileSync(file, wrong);
  const message =
    /promises\.yaml:\d+: shop-availability\.sli\.bad: label "outcome" of shop_requests_total is never "lost"; its values are ok, failed\n.*promises\.yaml:\d+: shop-latency\.sli\.good: shop_request_duration_seconds has no bucket at 7; its buckets are 0\.5, 2/;
  const checked = await run('validate', file);
  assert.equal(checked.exitCode, 3);
  assert.match(checked.printed, message);
});

test('what cannot be read and what cannot be promised are told together', async () => {
  const { printed } = await run('export');
  const wrong = printed
    .replace(/target: 0\.9$/m, 'target: 9')
    .replaceAll('outcome="failed"', 'outcome="lost"');
  writeFileSync(file, wrong);
  const checked = await run('validate', file);
  assert.equal(checked.exitCode, 3);
  assert.match(checked.printed, /:\d+: spec\.objectives\[0\]\.target: /);
  assert.match(checked.printed, /:\d+: shop-availability\.sli\.bad: .* never "lost"/);
});

test('a file may lean on promises beside it, and what is taken is told with its line', async () => {
  const [first] = testObjectives;
  assert.ok(first);
  const { documents } = exportOpenSlo([{ ...first, dependsOn: ['shop-latency'] }]);
  writeFileSync(file, documents);
  assert.equal((await run('validate', file)).printed, 'right; promises: 1, not said: 0');
  const [taken, ...more] = readDocuments(config, documents, []).problems;
  assert.deepEqual([taken?.message, more], ['the id shop-availability is taken', []]);
  const lines = documents.split('\n');
  assert.equal(lines[(taken?.line ?? 0) - 1]?.trim(), 'name: shop-availability');
  assert.equal(lines[(taken?.line ?? 0) - 3], 'kind: SLO');
  assert.deepEqual(readDocuments(config, documents, [first.id]).problems, []);
});
