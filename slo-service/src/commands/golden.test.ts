import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { exportOpenSlo } from '@sprout/objectives/openslo';
import { runCli } from '@sprout/process/cli';
import { sloCommands } from '../commands.ts';
import { runningService } from '../testing/running-service.ts';
import type { RunningService } from '../testing/running-service.ts';
import { shopSeries } from '../testing/shop-series.ts';
import { groupedObjectives, testConfig } from '../testing/test-config.ts';
import type { TestConfig } from '../testing/test-config.ts';

/**
 * Runs golden/*.txt: each `$ sprout …` is a command line, what follows is what it prints, lines of
 * stderr behind `! `, and the exit code unless it is 0. `SPROUT_GOLDEN=write` writes them anew.
 */
const directory = join(import.meta.dirname, 'golden');

/** Half past noon in Seoul; nothing here depends on when it runs. */
const nowMs = Date.parse('2026-11-03T03:30:00Z');

let service: RunningService;
let elsewhere: TestConfig;

before(async () => {
  const failed = (scrape: number) => (scrape < 40 ? 0 : 1);
  const series = shopSeries({ untilMs: nowMs - 1000, minutes: 20, ok: () => 99, failed });
  const policies = [{ name: 'freeze', leftBelow: 0.2, url: 'http://127.0.0.1:9/freeze' }];
  const input = { objectives: groupedObjectives, policies };
  service = await runningService(series, input, undefined, () => nowMs);
  elsewhere = testConfig();
  await tellPage();
  const { documents } = exportOpenSlo(groupedObjectives.slice(0, 2));
  const file = (name: string) => join(service.test.config.dataDir, name);
  writeFileSync(file('right.yaml'), documents);
  writeFileSync(file('lossy.yaml'), documents.replace('Occurrences', 'RatioTimeslices'));
  writeFileSync(file('wrong.yaml'), documents.replace('target: 0.99', 'target: 9'));
  writeFileSync(file('impossible.yaml'), documents.replaceAll('le="2"', 'le="7"'));
});

after(async () => {
  elsewhere?.dispose();
  await service?.stop();
});

async function tellPage(): Promise<void> {
  const labels = { alertname: 'ShopBurnsFast', objective: 'shop-availability', severity: 'page' };
  const startsAt = new Date(nowMs - 240_000).toISOString();
  const annotations = { summary: 'requests fail', impact: 'customers see errors' };
  const body = {
    version: '4',
    groupKey: 'shop',
    status: 'firing',
    alerts: [{ status: 'firing', labels, annotations, startsAt }],
  };
  const response = await fetch(`${service.url}/api/v1/alertmanager`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, await response.text());
}

for (const name of readdirSync(directory).toSorted()) {
  test(`golden/${name}`, async () => {
    const path = join(directory, name);
    const written = readFileSync(path, 'utf8');
    const lines = written.split('\n').filter((line) => line.startsWith('$ '));
    const answers: string[] = [];
    for (const line of lines) answers.push(`${line}\n${await answer(line)}`);
    const text = answers.join('\n');
    if (process.env['SPROUT_GOLDEN'] === 'write') writeFileSync(path, text);
    assert.equal(text, written);
  });
}

test('every command has its help and an answer among them', () => {
  const all = readdirSync(directory)
    .map((name) => readFileSync(join(directory, name), 'utf8'))
    .join('\n');
  for (const { name } of sloCommands) {
    const line = `$ sprout ${name.join(' ')}`;
    assert.ok(all.includes(`${line} --help\n`), `${line} --help`);
    assert.match(all, new RegExp(`^\\${line}(?! --help).*--json`, 'm'), `${line} --json`);
  }
  for (const code of [1, 2, 3, 4]) assert.ok(all.includes(`\nexit ${code}\n`), `exit ${code}`);
});

/** The id that was printed last. */
let lastId = '';

/**
 * What a line prints; `@dir` is the directory of data, `@id` the id that was printed last,
 * `--elsewhere` a place where nothing runs.
 */
async function answer(line: string): Promise<string> {
  const isElsewhere = line.includes(' --elsewhere');
  const { config, path } = isElsewhere ? elsewhere : service.test;
  const printed: string[] = [];
  const tell = (text: string, mark: string) =>
    void printed.push(...text.split('\n').map((one) => mark + one));
  process.env['SPROUT_CONFIG'] = path;
  const filled = line.replaceAll('@dir', config.dataDir).replaceAll('@id', lastId);
  const words = wordsOf(filled.replace(' --elsewhere', ''));
  const exitCode = await runCli(words, {
    overview: { summary: '', examples: [] },
    version: 'sprout',
    groups: [{ nouns: { slo: 'promises' }, load: async () => sloCommands }],
    compiledConfig: async (file) => file,
    declaredConfig: async () => config,
    print: (text) => tell(words.includes('--json') ? indented(text) : text, ''),
    warn: (text) => tell(text, '! '),
  });
  if (exitCode !== 0) printed.push(`exit ${exitCode}`);
  const text = printed.join('\n');
  lastId = /\b([0-9a-f]{12}|[0-9a-f]{8})\b/.exec(text)?.[0] ?? lastId;
  return settled(text);
}

/** The words of a line; those in quotes are one. */
const wordsOf = (line: string): string[] =>
  [...line.slice('$ sprout '.length).matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );

const indented = (text: string): string => JSON.stringify(JSON.parse(text), null, 1);

/** Without what differs from run to run: addresses, directories, random ids and keys. */
function settled(text: string): string {
  return `${stripVTControlCharacters(text)}\n`
    .replaceAll(service.test.config.dataDir, '@dir')
    .replaceAll(service.url, 'http://slo-service')
    .replaceAll(service.prometheus.url, 'http://prometheus')
    .replaceAll(/sprout_[\w-]{20,}/g, 'sprout_KEY')
    .replaceAll(/\b[0-9a-f]{64}\b/g, 'HASH')
    .replaceAll(/(?<![.\d])\b[0-9a-f]{12}\b/g, 'ID')
    .replaceAll(/(?<![.\d])\b[0-9a-f]{8}\b/g, 'KEY_ID')
    .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, (at) => (isOfTheWall(at) ? 'NOW' : at));
}

/** Keys are made by the command itself, by the clock on the wall. */
const isOfTheWall = (at: string): boolean =>
  Math.abs(Date.now() - Date.parse(at)) < 3_600_000 && Date.parse(at) > nowMs + 3_600_000;
