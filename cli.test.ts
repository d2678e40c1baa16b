import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { alertsCommands } from '@sprout/alerts/commands';
import { collectorCommands } from '@sprout/collector/commands';
import { dataCommands } from '@sprout/data/commands';
import { dashboardCommands } from '@sprout/dashboards-as-code/commands';
import { marketCommands } from '@sprout/market-services/commands';
import { stackCommands } from '@sprout/process/commands';
import { sloCommands } from '@sprout/slo-service/commands';

const commands = [
  ...stackCommands({ root: import.meta.dirname, processes: async () => [] }),
  ...sloCommands,
  ...collectorCommands,
  ...alertsCommands,
  ...dashboardCommands,
  ...dataCommands,
  ...marketCommands,
];

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

for (const command of commands) {
  const line = command.name.join(' ');
  test(`${line} explains itself with examples and says what each option means`, () => {
    assert.ok(command.examples.length > 0);
    for (const example of command.examples) assert.ok(example.includes(`sprout ${line}`), example);
    for (const option of Object.keys(command.options ?? {})) {
      if (option !== 'json')
        assert.ok(command.optionHelp?.[option], `--${option} is not explained`);
    }
  });
}

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
      values: {},
      positionals: [],
      config: () => assert.fail('asked for what runs'),
      declared: () => Promise.reject(asked),
      print: () => undefined,
      warn: () => undefined,
    };
    await assert.rejects(async () => command?.run(context), asked);
  });
}
