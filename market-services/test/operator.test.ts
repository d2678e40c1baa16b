import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startPrivately } from '@sprout/data/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import { addressOf, listener, publishRunFile, saveConfig, startStack } from '@sprout/process';
import type { SproutConfig, Stack } from '@sprout/process';
import { eventually } from '@sprout/process/testing';
import { z } from 'zod';
import { faultNames } from '../load/src/faults/catalogue.ts';
import { marketProcesses } from '../src/processes.ts';
import { call, only } from './market.ts';
import { sprout } from './sprout.ts';
import type { Ended } from './sprout.ts';

/** `sprout fault …` and `sprout data …` as an operator has them, of a market that runs. */
let market: PrivateProcesses;
let stack: Stack;

const processes = (config: SproutConfig) =>
  only(['mariadb', 'redis', 'faults', 'product'], marketProcesses(config));

before(async () => {
  market = await startPrivately(processes);
  stack = market.stack;
});
after(async () => {
  await stack?.stop();
  await market?.stop();
});

const fault = (...line: string[]) => sprout(market.config, 'fault', ...line);
const data = (...line: string[]) => sprout(market.config, 'data', ...line);

/** What a command that went well answers as JSON. */
async function json<T>(schema: z.ZodType<T>, answer: Promise<Ended>): Promise<T> {
  const { code, stdout, stderr } = await answer;
  assert.deepEqual([code, stderr], [0, '']);
  return schema.parse(JSON.parse(stdout));
}

/** Refused with what is wrong and what to do. */
async function refused(run: typeof fault, line: string, exit: number, error: string, says: RegExp) {
  const { code, stdout, stderr } = await run(...line.split(' '), '--json');
  const problem = errorSchema.parse(JSON.parse(stderr)).error;
  assert.deepEqual([code, stdout, problem.code], [exit, '', error]);
  assert.match(`${problem.message}, ${problem.hint}`, says);
}

const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }),
});
const faultSchema = z.object({ name: z.string(), activeSince: z.iso.datetime().nullable() });
const backupSchema = z.object({
  directory: z.string(),
  manifest: z.object({ files: z.array(z.object({ name: z.string(), bytes: z.number() })) }),
});

const products = (path = '') => `${addressOf(market.config, listener('product'))}/products${path}`;
const stockOf = async (id: string) =>
  stockSchema.parse((await call(products(`/${id}`))).body).stock;
const stockSchema = z.object({ stock: z.number() });

async function makeProduct(stock: number): Promise<string> {
  const about = { name: 'Gim', description: '', image: 'https://x.example/1', price: 700 };
  const { body } = await call(products(), { method: 'POST', json: { ...about, stock } });
  return z.object({ id: z.string() }).parse(body).id;
}

async function queryMs(): Promise<number> {
  const beganMs = performance.now();
  await call(products('/999999999999999999'));
  return performance.now() - beganMs;
}

test('a fault is listed, started, shown and stopped', async () => {
  const listed = await fault('list');
  assert.equal(listed.code, 0);
  const lines = listed.stdout.trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => line.split(/ +/)[1]),
    [...faultNames],
  );
  assert.ok(lines.every((line) => / off {2}\w/.test(line)));

  const started = await fault('start', 'product-db-slow');
  assert.equal(started.code, 0, started.stderr);
  assert.match(
    started.stdout,
    /^database +product-db-slow +active since \S+Z {2}.+\nend {4}\.\/sprout fault stop product-db-slow\n$/,
  );
  assert.ok((await queryMs()) > 2_000);
  const again = await json(faultSchema, fault('start', 'product-db-slow', '--json'));
  const active = (await json(z.array(faultSchema), fault('list', '--json'))).filter(
    ({ activeSince }) => activeSince !== null,
  );
  assert.deepEqual(active, [again], 'once, since its first start');

  const off = await json(faultSchema, fault('stop', 'product-db-slow', '--json'));
  assert.deepEqual(off, { name: 'product-db-slow', activeSince: null });
  await eventually('queries are fast', async () => (await queryMs()) < 1_000);
});

test('a fault that there is not, or cannot be, is refused', async () => {
  const mistyped = await fault('start', 'product-db-slov');
  assert.deepEqual([mistyped.code, mistyped.stdout], [1, '']);
  assert.match(
    mistyped.stderr,
    /^error FAULT_UNKNOWN: there is no fault "product-db-slov"\n {2}hint: .*product-db-slow.*\n$/,
  );
  await Promise.all([
    refused(fault, 'stop nothing', 1, 'FAULT_UNKNOWN', /"nothing", faults: product-db-slow/),
    refused(fault, 'start primary-lost', 1, 'FAULT_UNAVAILABLE', /up --data cluster/),
    refused(fault, 'start', 2, 'USAGE', /NAME/),
    refused(fault, 'start product-down redis-down', 2, 'USAGE', /redis-down/),
  ]);
});

test('fault proxies that have just gone do not answer', async () => {
  const dataDir = mkdtempSync(join(market.config.dataDir, 'gone-'));
  saveConfig({ ...market.config, dataDir }, join(dataDir, 'config.json'));
  const addresses = { http: 'http://127.0.0.1:1' };
  publishRunFile({ dataDir }, { name: 'faults', pid: process.pid, addresses });
  const asked = (...line: string[]) => sprout({ dataDir }, 'fault', ...line);
  await refused(asked, 'list', 1, 'FAULTS_UNREACHABLE', /do not answer .*sprout status/);
});

test('a backup is made beside its service, listed, and made nowhere else than asked', async () => {
  assert.deepEqual(await json(z.array(backupSchema), data('list', '--json')), []);
  const first = await data('backup');
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /^\/\S+\/backups\/\S+ {2}\S+Z {2}1 files, \d+\.\d MB\n$/);
  const second = await json(backupSchema, data('backup', '--json'));
  assert.deepEqual(
    second.manifest.files.map(({ name }) => name),
    ['market.sql'],
  );

  const folder = join(market.config.dataDir, 'elsewhere');
  assert.match((await data('backup', '--to', folder)).stdout, /^\S+\/elsewhere {2}/);
  const before = readdirSync(folder);
  await refused(data, `backup --to ${folder}`, 1, 'BACKUP_EXISTS', /elsewhere/);
  assert.deepEqual(readdirSync(folder), before);

  const listed = await data('list');
  assert.deepEqual([listed.code, listed.stderr], [0, '']);
  const [newest, oldest] = listed.stdout.split('\n');
  assert.ok(newest?.startsWith(`${second.directory}  `));
  assert.equal(oldest, first.stdout.trimEnd());
  appendFileSync(join(second.directory, 'market.sql'), ';');
  const unfinished = join(market.config.dataDir, 'backups', 'unfinished');
  mkdirSync(unfinished);
  writeFileSync(join(unfinished, 'manifest.json'), '{"version":1,');
  const whole = await data('list');
  assert.equal(whole.stdout, first.stdout);
  assert.match(whole.stderr, /^unfinished is not whole .*\n\S+ is not whole .*\n$/);
  await refused(data, `restore ${unfinished}`, 1, 'BACKUP_INVALID', /unfinished.*, .*data list/);
});

test('what changed after the backup is put back, and can be undone', async () => {
  const id = await makeProduct(5);
  const { directory } = await json(backupSchema, data('backup', '--json'));
  await call(products(`/${id}`), { method: 'PATCH', json: { stock: 9 } });
  const later = await makeProduct(7);
  await refused(data, `restore ${directory}`, 1, 'RESTORE_RUNNING', /sprout down/);

  await stack.stop();
  await Promise.all([
    refused(data, 'restore', 2, 'USAGE', /FOLDER/),
    refused(data, 'restore nowhere', 1, 'BACKUP_INVALID', /nowhere.*, .*data list/),
    refused(data, 'backup', 1, 'DATABASE_AWAY', /sprout up/),
    refused(fault, 'list', 1, 'NOT_RUNNING', /sprout up/),
  ]);
  const restored = await data('restore', directory);
  assert.equal(restored.code, 0, restored.stderr);
  const undo = /^restored {2}(\S+) .*\nundo {6}\.\/sprout data restore (\S+)\n$/.exec(
    restored.stdout,
  );
  assert.equal(undo?.[1], directory);
  await startAgain();
  assert.equal(await stockOf(id), 5);
  assert.equal((await call(products(`/${later}`))).status, 404);

  await stack.stop();
  const undone = await data('restore', undo?.[2] ?? '', '--json');
  assert.equal(undone.code, 0, undone.stderr);
  const { from } = z.object({ from: backupSchema }).parse(JSON.parse(undone.stdout));
  assert.equal(from.directory, undo?.[2]);
  await startAgain();
  assert.deepEqual([await stockOf(id), await stockOf(later)], [9, 7]);
});

async function startAgain(): Promise<void> {
  stack = await startStack(processes(market.config), market.config);
}
