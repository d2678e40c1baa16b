import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOrder, selectSpecs } from './dependency-order.ts';

const spec = (name: string, ...after: string[]) => ({
  name,
  after,
  tools: [],
  command: () => ({ file: 'true', args: [] }),
  health: async () => undefined,
});
const names = (specs: readonly { name: string }[]) => specs.map(({ name }) => name);

test('only takes the named processes and whatever they come after', () => {
  const specs = [spec('a'), spec('b', 'a'), spec('c', 'b'), spec('d')];
  assert.deepEqual(names(selectSpecs(specs, ['b'])), ['a', 'b']);
  assert.deepEqual(names(selectSpecs(specs, undefined)), ['a', 'b', 'c', 'd']);
});

test('a name that is not there is refused with those that are', () => {
  assert.throws(() => selectSpecs([spec('a'), spec('b')], ['x']), {
    code: 'PROCESS_UNKNOWN',
    hint: 'the processes are a, b',
  });
});

test('processes that wait for each other are refused', () => {
  assert.throws(() => selectSpecs([spec('a', 'b'), spec('b', 'a')], undefined), {
    code: 'PROCESS_CIRCLE',
    message: 'these wait for each other: a → b → a',
  });
});

test('what is replaced by an existing server is not waited for', () => {
  assert.deepEqual(names(selectSpecs([spec('a', 'mariadb')], undefined)), ['a']);
});

test('independent processes run at the same time, dependent ones in order', async () => {
  const diary: string[] = [];
  const act = async (name: string) => {
    diary.push(`+${name}`);
    await new Promise((resolve) => setImmediate(resolve));
    diary.push(`-${name}`);
  };
  await inOrder([spec('c', 'a', 'b'), spec('a'), spec('b')], act);
  assert.deepEqual(diary, ['+a', '+b', '-a', '-b', '+c', '-c']);
});

test('the reverse order ends with what everything else comes after', async () => {
  const diary: string[] = [];
  const act = async (name: string) => void diary.push(name);
  await inOrder([spec('a'), spec('b', 'a'), spec('c', 'b')], act, 'reverse');
  assert.deepEqual(diary, ['c', 'b', 'a']);
});
