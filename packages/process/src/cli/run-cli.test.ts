import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Command, CommandContext } from '../command.ts';
import { compileConfig } from '../define-config.ts';
import { SproutError } from '../error.ts';
import { runCli } from './run-cli.ts';

const golden = (name: string) =>
  readFileSync(join(import.meta.dirname, 'golden', `${name}.txt`), 'utf8');

const declared = compileConfig({ services: [], signals: [], objectives: [] }, '/');

let seen: CommandContext | undefined;
const water: Command = {
  name: ['plant', 'water'],
  summary: 'Water one plant.',
  arguments: 'PLANT [HOW]',
  options: {
    litres: { type: 'string', short: 'l', default: '1' },
    gently: { type: 'boolean' },
  },
  optionHelp: { litres: 'how much', gently: 'drop by drop' },
  examples: ['./sprout plant water fern --litres 2   # more than usual'],
  run: async (context) => {
    seen = context;
    context.print('watered');
    return 0;
  },
};
const list: Command = {
  name: ['plant', 'list'],
  summary: 'List the plants.',
  examples: ['./sprout plant list                    # all of them'],
  run: async () => {
    throw new SproutError('NO_PLANTS', 'there are no plants', { hint: 'sow some' });
  },
};
const dig: Command = {
  name: ['dig'],
  summary: 'Dig.',
  examples: ['./sprout dig'],
  run: async () => {
    throw new Error('hit a stone');
  },
};

/** Runs a line on a small garden and gives back all it said. */
async function sprout(...line: string[]) {
  let stdout = '';
  let stderr = '';
  const code = await runCli(line, {
    overview: { summary: 'A garden.', examples: ['./sprout plant list   # what grows'] },
    version: 'sprout 1.2.3',
    groups: [
      { nouns: { plant: 'what grows' }, load: async () => [water, list] },
      { nouns: { dig: 'make a hole' }, load: async () => [dig] },
    ],
    compiledConfig: async (file) => `${file}.compiled`,
    declaredConfig: async (file = 'checked-in.ts') => ({ ...declared, dataDir: `/${file}` }),
    print: (text) => void (stdout += `${text}\n`),
    warn: (text) => void (stderr += `${text}\n`),
  });
  return { code, stdout, stderr };
}

for (const [name, line] of [
  ['overview', ['--help']],
  ['noun', ['plant', '--help']],
  ['command', ['plant', 'water', '-h']],
] as const) {
  test(`the ${name} help is as written down`, async () => {
    const answer = await sprout(...line);
    assert.equal(answer.stdout, golden(name));
    assert.deepEqual([answer.code, answer.stderr], [0, '']);
  });
}

test('nothing at all shows the overview and is a usage error', async () => {
  assert.deepEqual(await sprout(), { code: 2, stdout: golden('overview'), stderr: '' });
});

test('a command gets its options with defaults, and its arguments', async () => {
  assert.deepEqual(await sprout('plant', 'water', 'fern'), {
    code: 0,
    stdout: 'watered\n',
    stderr: '',
  });
  assert.deepEqual(seen?.positionals, ['fern']);
  assert.equal(seen?.values['litres'], '1');
});

for (const [line, says] of [
  [['plnt', 'list'], 'there is no command "plnt"\n  hint: did you mean ./sprout plant?'],
  [
    ['plant', 'lsit'],
    'there is no command "plant lsit"\n  hint: did you mean ./sprout plant list?',
  ],
  [['plant', 'prune'], 'there is no command "plant prune"\n  hint: ./sprout plant --help lists'],
  [
    ['plant', 'water', 'fern', '--liters', '2'],
    'there is no option --liters\n  hint: did you mean --litres?',
  ],
  [['plant', 'water'], 'PLANT is missing\n'],
  [['plant', 'water', 'fern', 'well', 'now'], '"now" is one argument too many\n'],
  [['plant', 'water', 'fern', '-l'], 'argument missing'],
] as const) {
  test(`"${line.join(' ')}" is a usage error that helps on`, async () => {
    const { code, stdout, stderr } = await sprout(...line);
    assert.deepEqual([code, stdout], [2, '']);
    assert.ok(stderr.startsWith('error USAGE: '), stderr);
    assert.ok(stderr.includes(says), stderr);
  });
}

test('a noun without a verb lists its verbs and is a usage error', async () => {
  assert.deepEqual(await sprout('plant'), { code: 2, stdout: golden('noun'), stderr: '' });
});

test('an error says its code, what happened and what to do, on stderr', async () => {
  assert.deepEqual(await sprout('plant', 'list'), {
    code: 1,
    stdout: '',
    stderr: 'error NO_PLANTS: there are no plants\n  hint: sow some\n',
  });
});

test('with --json the error is JSON', async () => {
  const { stderr } = await sprout('plant', 'list', '--json');
  assert.deepEqual(JSON.parse(stderr), {
    error: { code: 'NO_PLANTS', message: 'there are no plants', hint: 'sow some' },
  });
});

test('an error nobody foresaw says so', async () => {
  const { code, stderr } = await sprout('dig');
  assert.equal(code, 1);
  assert.match(stderr, /^error UNEXPECTED: hit a stone\n {2}hint: .*SPROUT_DEBUG=1/);
});

test('--config is compiled before the command runs', async (t) => {
  const before = process.env['SPROUT_CONFIG'];
  t.after(() => {
    if (before === undefined) delete process.env['SPROUT_CONFIG'];
    else process.env['SPROUT_CONFIG'] = before;
  });
  await sprout('plant', 'water', 'fern', '--config', 'garden.ts');
  assert.equal(process.env['SPROUT_CONFIG'], 'garden.ts.compiled');
  assert.equal((await seen?.declared())?.dataDir, '/garden.ts');
});

test('what is declared is asked of the file that is checked in, not of what runs', async () => {
  await sprout('plant', 'water', 'fern');
  assert.equal((await seen?.declared())?.dataDir, '/checked-in.ts');
});

test('--version tells the version', async () => {
  assert.equal((await sprout('--version')).stdout, 'sprout 1.2.3\n');
});
