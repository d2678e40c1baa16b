import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { compileConfig } from '@sprout/process';
import sproutConfig from '../../../sprout.config.ts';
import { modelFiles } from '../generated/models.ts';
import { followSources } from './preview.ts';
import { rebuild } from './rebuild.ts';

const root = join(import.meta.dirname, '../../..');

test('a rebuild writes what differs from the sources, and only that', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'models-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const wanted = modelFiles(compileConfig(sproutConfig, root));
  for (const [name, text] of wanted) writeFileSync(join(directory, name), text);
  writeFileSync(join(directory, 'home.json'), '{}');
  assert.deepEqual(await rebuild(directory), { changed: ['home'] });
  assert.equal(readFileSync(join(directory, 'home.json'), 'utf8'), wanted.get('home.json'));
  assert.deepEqual(readdirSync(directory).toSorted(), [...wanted.keys()].toSorted());
  const failed = await rebuild(join(directory, 'nowhere'));
  assert.ok('failure' in failed && failed.failure.includes('ENOENT'));
});

test('a change of a source calls for a build, and one more when it comes during a build', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'sources-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const events: string[] = [];
  let finish = () => undefined as void;
  const build = () => {
    events.push('build');
    return new Promise<void>((done) => (finish = done));
  };
  const stop = followSources(build, [relative(root, directory)]);
  t.after(stop);
  writeFileSync(join(directory, 'board.ts'), '1');
  await until(() => events.length === 1);
  writeFileSync(join(directory, 'board.ts'), '2');
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(events.length, 1, 'one at a time');
  finish();
  await until(() => events.length === 2);
  finish();
});

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!holds()) {
    assert.ok(Date.now() < end, 'it never happened');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
