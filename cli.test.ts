import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { alertsCommands } from '@sprout/alerts/commands';
import { collectorCommands } from '@sprout/collector/commands';
import { dataCommands } from '@sprout/data/commands';
import { dashboardCommands } from '@sprout/dashboards-as-code/commands';
import { loadCommands } from '@sprout/market-services/load-commands';
import { queueCommands } from '@sprout/market-services/queue-commands';
import { compileConfig, saveConfig } from '@sprout/process';
import { runCli } from '@sprout/process/cli';
import { stackCommands } from '@sprout/process/commands';
import { sloCommands } from '@sprout/slo-service/commands';
import { z } from 'zod';
import sproutConfig from './sprout.config.ts';

const commands = [
  ...stackCommands({ root: import.meta.dirname, processes: async () => [] }),
  ...sloCommands,
  ...collectorCommands,
  ...alertsCommands,
  ...dashboardCommands,
  ...dataCommands,
  ...loadCommands,
  ...queueCommands,
];

const errorSchema = z.object({
  error: z
    .object({ code: z.string(), message: z.string(), hint: z.string() })
    .default({ code: '', message: '', hint: '' }),
});

/** A compiled configuration in a directory in which nothing runs. */
const dataDir = mkdtempSync(join(tmpdir(), 'sprout-cli-'));
const config = { ...compileConfig(sproutConfig, import.meta.dirname), dataDir };
saveConfig(config, join(dataDir, 'config.json'));
const before = { ...process.env };
process.env['SPROUT_CONFIG'] = join(dataDir, 'config.json');
delete process.env['GRAFANA_URL'];
delete process.env['GRAFANA_TOKEN'];
after(() => {
  process.env = before;
  rmSync(dataDir, { recursive: true });
});

/** Prints the address of each module that is loaded, when the process ends. */
const tellModules = `data:text/javascript,
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
  process.on('exit', () => process.stderr.write(loaded.join('\\n')));
`;

async function sprout(...line: string[]) {
  const args = ['--import', tellModules, join(import.meta.dirname, 'cli.ts'), ...line];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  // Whatever the directory that this project stands in is called.
  const inside = (url: string) => url.replace(pathToFileURL(import.meta.dirname).href, 'file:');
  return { stdout, modules: stderr.split('\n').map(inside) };
}

test('the overview names the noun of every command, and no other', async () => {
  const { stdout } = await sprout('--help');
  const section = stdout.slice(stdout.indexOf('Commands'), stdout.indexOf('Examples'));
  const listed = [...section.matchAll(/^ {2}(\S+)/gm)].map(([, noun]) => noun);
  const nouns = new Set(commands.map(({ name }) => name[0]));
  assert.deepEqual(listed.toSorted(), [...nouns].toSorted());
  assert.equal(new Set(listed).size, listed.length);
});

test('the overview loads neither the apps nor the schemas, so that it is quick', async () => {
  const { modules } = await sprout('--help');
  const foreign = modules.filter((url) => url.startsWith('file:') && url.includes('node_modules/'));
  const apps = modules.filter((url) => /collector|market-services|slo-service|alerts/.test(url));
  assert.deepEqual([...foreign, ...apps], []);
});

test('a noun loads the app it belongs to, and no other', async () => {
  const { modules } = await sprout('logs', '--help');
  assert.ok(modules.some((url) => url.includes('/collector/')));
  assert.deepEqual(
    modules.filter((url) => /market-services|slo-service\//.test(url)),
    [],
  );
});

/** Lets a command that is done linger, as one does that prints and then asks on. */
const linger = `data:text/javascript,
  const exit = process.exit;
  process.exit = (code) => (code === 0 ? setTimeout(exit, 200, code) : exit(code));
`;

test('it ends without a word when nobody reads on', async () => {
  const line = ['--import', linger, join(import.meta.dirname, 'cli.ts'), '--help'];
  const child = spawn(process.execPath, line);
  child.stdout.destroy();
  const [said, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  assert.deepEqual({ said, exitCode }, { said: '', exitCode: 141 });
});

for (const command of commands) {
  const line = command.name.join(' ');
  test(`${line} explains itself with examples and says what each option means`, () => {
    assert.ok(command.examples.length > 0);
    for (const example of command.examples) {
      assert.ok(example.startsWith(`./sprout ${line}`), example);
    }
    for (const option of Object.keys(command.options ?? {})) {
      if (option !== 'json')
        assert.ok(command.optionHelp?.[option], `--${option} is not explained`);
    }
  });

  test(`${line} answers in JSON, or says why it does not`, async () => {
    const shown = command.examples.some((example) => /--json\b/.test(example));
    assert.notEqual(shown, command.noJson !== undefined, 'an example with --json, or noJson');
    if (command.noJson === undefined) return;
    const { code, error } = await refused(...command.name, ...placeholders(command.arguments));
    assert.deepEqual([code, error], [2, { ...error, code: 'USAGE', hint: command.noJson }]);
  });
}

/** What is wrong with a line, and how it is told; nothing runs, and no Grafana is known. */
const wrongLines: readonly (readonly [line: string, exitCode: number, error: string])[] = [
  ['alerts nothing', 2, 'USAGE'],
  ['alerts build --format xml', 2, 'USAGE'],
  ['alerts build --format provisioning', 2, 'USAGE'],
  ['alerts lint all', 2, 'USAGE'],
  ['alerts preview Nothing', 1, 'ALERT_UNKNOWN'],
  ['alerts silence TargetDown', 2, 'USAGE'],
  ['alerts silence TargetDown --for soon --reason test', 2, 'USAGE'],
  ['alerts silence Nothing --for 1h --reason test', 1, 'ALERT_UNKNOWN'],
  ['alerts silences', 1, 'ALERTMANAGER_FAILED'],
  ['alerts unsilence', 2, 'USAGE'],
  ['alerts unsilence 7b6d1c2e', 1, 'ALERTMANAGER_FAILED'],
  ['alerts plan', 1, 'GRAFANA_UNCONFIGURED'],
  ['alerts apply --yes', 1, 'GRAFANA_UNCONFIGURED'],
  ['alerts drift', 1, 'GRAFANA_UNCONFIGURED'],
  ['dashboards build all', 2, 'USAGE'],
  ['dashboards list all', 2, 'USAGE'],
  ['dashboards lint --fix', 2, 'USAGE'],
  ['dashboards plan', 1, 'GRAFANA_UNCONFIGURED'],
  ['dashboards apply --yes', 1, 'GRAFANA_UNCONFIGURED'],
  ['dashboards drift', 1, 'GRAFANA_UNCONFIGURED'],
  ['signals reference all', 2, 'USAGE'],
  ['signals', 2, ''],
];

for (const [line, exitCode, error] of wrongLines) {
  test(`"${line}" ends with ${exitCode} and says what to do`, async () => {
    const answer = await refused(...line.split(' '));
    assert.equal(answer.code, exitCode);
    if (error === '') return;
    assert.equal(answer.error.code, error);
    assert.ok(answer.error.message.length > 5 && answer.error.hint.length > 5);
  });
}

test('an unknown dashboard is no preview', async () => {
  const preview = commands.find(({ name }) => name.join(' ') === 'dashboards preview');
  const context = { ...contextOf({}), positionals: ['nothing'] };
  await assert.rejects(async () => preview?.run(context), { code: 'DASHBOARD_UNKNOWN' });
});

for (const [line, key] of [
  ['alerts preview', undefined],
  ['dashboards list', 'dashboards'],
] as const) {
  test(`${line} --json is JSON`, async () => {
    const printed: string[] = [];
    const command = commands.find(({ name }) => name.join(' ') === line);
    const context = { ...contextOf({ json: true }), print: (text: string) => printed.push(text) };
    assert.equal(await command?.run(context), 0);
    const answer = JSON.parse(printed.join('\n'));
    assert.ok((key === undefined ? answer : answer[key]).length > 10);
  });
}

test('alerts build --out writes where it is told, and names the files', async (t) => {
  const out = mkdtempSync(join(tmpdir(), 'sprout-rules-'));
  t.after(() => rmSync(out, { recursive: true }));
  const printed: string[] = [];
  const command = commands.find(({ name }) => name.join(' ') === 'alerts build');
  const context = {
    ...contextOf({ json: true, out }),
    print: (text: string) => printed.push(text),
  };
  assert.equal(await command?.run(context), 0);
  const { files } = JSON.parse(printed.join('\n'));
  assert.ok(files.some((file: string) => file.endsWith('rules.yml')));
  assert.ok(existsSync(join(out, 'rules.yml')));
});

/** A line with `--json` that is refused: its exit code, and the error on stderr. */
async function refused(...line: readonly string[]) {
  let said = '';
  const code = await runCli([...line, '--json'], {
    overview: { summary: '', examples: [] },
    version: '',
    groups: [
      {
        nouns: Object.fromEntries(commands.map(({ name }) => [name[0] ?? '', ''])),
        load: async () => commands,
      },
    ],
    compiledConfig: async (file) => file,
    declaredConfig: async () => config,
    print: () => undefined,
    warn: (text) => void (said += text),
  });
  const { error } = errorSchema.parse(said === '' ? {} : JSON.parse(said));
  return { code, error };
}

/** Words in the place of arguments that are needed: `STREAM [ID]` is one. */
const placeholders = (given = ''): string[] =>
  given.split(' ').filter((word) => word !== '' && !word.startsWith('['));

const contextOf = (values: Record<string, string | boolean>) => ({
  values,
  positionals: [],
  config: () => config,
  declared: async () => config,
  print: (_text: string) => undefined,
  warn: () => undefined,
});

/** They write or check what is committed, which must not depend on what was started last. */
const ofCommittedFiles = [
  'alerts build',
  'alerts lint',
  'dashboards build',
  'dashboards lint',
  'signals reference',
];

for (const line of ofCommittedFiles) {
  test(`${line} reads what is declared, never what runs`, async () => {
    const command = commands.find(({ name }) => name.join(' ') === line);
    const asked = new Error('declared');
    const context = {
      ...contextOf({}),
      config: () => assert.fail('asked for what runs'),
      declared: () => Promise.reject(asked),
    };
    await assert.rejects(async () => command?.run(context), asked);
  });
}
