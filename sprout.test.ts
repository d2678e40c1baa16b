import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

/** The programs that the launcher may take for granted. */
const basics = ['sh', 'cat', 'cmp', 'cp', 'date', 'dirname', 'flock', 'grep', 'mkdir', 'mv'];
const moreBasics = ['readlink', 'rm', 'sleep', 'tail', 'touch', 'uname'];

/** A project folder with the launcher and little else, and a PATH of its own. */
function emptyProject() {
  const root = mkdtempSync(join(tmpdir(), 'sprout-launcher-'));
  const bin = join(root, 'bin');
  mkdirSync(join(root, '.runtime'));
  mkdirSync(bin);
  copyFileSync(join(import.meta.dirname, 'sprout'), join(root, 'sprout'));
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
    copyFileSync(join(import.meta.dirname, '.runtime', name), join(root, '.runtime', name));
  }
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(join(root, 'cli.ts'), 'console.log(process.argv.slice(2), process.cwd());');
  for (const name of [...basics, ...moreBasics]) symlinkSync(pathOf(name), join(bin, name));
  return {
    root,
    /** Puts a program on PATH: a shell script, or a link to an existing one. */
    provide: (name: string, program: { script: string } | { link: string }) => {
      const path = join(bin, name);
      rmSync(path, { force: true });
      if ('link' in program) return symlinkSync(program.link, path);
      writeFileSync(path, `#!/bin/sh\n${program.script}\n`);
      chmodSync(path, 0o755);
    },
    run: (options: { args?: string[]; cwd?: string; file?: string } = {}) =>
      run(options.file ?? join(root, 'sprout'), options.args ?? [], options.cwd ?? root, bin),
  };
}

function pathOf(name: string): string {
  const found = ['/usr/bin', '/bin'].map((folder) => join(folder, name)).find(existsSync);
  assert.ok(found !== undefined, `${name} is not on this machine`);
  return found;
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(file: string, args: string[], cwd: string, path: string): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(file, args, { cwd, env: { PATH: path } }, (error, stdout, stderr) =>
      resolve({
        code: typeof error?.code === 'number' ? error.code : error ? -1 : 0,
        stdout,
        stderr,
      }),
    );
  });
}

/** An npm that notes each call and leaves what the real one leaves last. */
const obligingNpm = {
  script:
    'echo called >>calls; mkdir -p node_modules; sleep 0.5; touch node_modules/.package-lock.json',
};
const calls = (root: string) => readFileSync(join(root, 'calls'), 'utf8').trim().split('\n').length;

test('with everything in place it only starts the command line, from any directory', async () => {
  const project = emptyProject();
  project.provide('node', { link: process.execPath });
  project.provide('npm', obligingNpm);
  const first = await project.run({ args: ['a', '--b'], cwd: tmpdir() });
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stderr, /2\/2 installing the npm dependencies/);
  symlinkSync(join(project.root, 'sprout'), join(project.root, 'bin', 'linked'));
  const again = await project.run({
    args: ['a', '--b'],
    file: join(project.root, 'bin', 'linked'),
    cwd: '/',
  });
  assert.deepEqual(again, { code: 0, stdout: "[ 'a', '--b' ] /\n", stderr: '' });
  assert.equal(calls(project.root), 1);
});

test('dependencies are installed again when the lock file has changed since', async () => {
  const project = emptyProject();
  project.provide('node', { link: process.execPath });
  project.provide('npm', obligingNpm);
  await project.run();
  const later = new Date(Date.now() + 10_000);
  utimesSync(join(project.root, 'package-lock.json'), later, later);
  assert.match((await project.run()).stderr, /installing the npm dependencies/);
  assert.equal(calls(project.root), 2);
});

test('what somebody installed under an old Node is not trusted', async () => {
  const project = emptyProject();
  project.provide('node', { link: process.execPath });
  project.provide('npm', obligingNpm);
  mkdirSync(join(project.root, 'node_modules'));
  writeFileSync(join(project.root, 'node_modules', '.package-lock.json'), '{}');
  assert.match((await project.run()).stderr, /installing the npm dependencies/);
});

test('two at once install once', async () => {
  const project = emptyProject();
  project.provide('node', { link: process.execPath });
  project.provide('npm', obligingNpm);
  const ended = await Promise.all([project.run(), project.run()]);
  assert.deepEqual(
    ended.map(({ code }) => code),
    [0, 0],
  );
  assert.equal(calls(project.root), 1);
  assert.match(ended.map(({ stderr }) => stderr).join(''), /another sprout is installing/);
});

test('an old Node is passed over for one in .sprout/node', async () => {
  const project = emptyProject();
  project.provide('node', { script: 'echo v20.1.0' });
  const folder = `node_modules/node-linux-${process.arch}/bin`;
  project.provide('npm', {
    script: `${obligingNpm.script}; mkdir -p ${folder}; cp ${process.execPath} ${folder}/node`,
  });
  const { code, stderr } = await project.run();
  assert.equal(code, 0, stderr);
  assert.match(stderr, /1\/2 Node 24 is not on this machine/);
  assert.ok(existsSync(join(project.root, '.sprout', 'node', folder, 'node')));
  assert.equal((await project.run()).stderr, '');
});

test('without npm it says how to get it', async () => {
  const { code, stderr } = await emptyProject().run();
  assert.equal(code, 1);
  assert.match(stderr, /error NPM_MISSING: npm is not installed\n {2}hint: .*apt-get install npm/);
});

test('without network it says so, and leaves nothing half installed', async () => {
  const project = emptyProject();
  project.provide('npm', { script: 'echo "npm error code EAI_AGAIN" >&2; exit 1' });
  const { code, stderr } = await project.run();
  assert.equal(code, 1);
  assert.match(stderr, /error NETWORK_UNREACHABLE: npm could not reach its registry/);
  assert.equal(existsSync(join(project.root, '.sprout', 'node')), false);
});

test('an architecture without a download is told before anything is tried', async () => {
  const project = emptyProject();
  project.provide('uname', { script: 'case $1 in -s) echo Linux ;; *) echo riscv64 ;; esac' });
  const { code, stderr } = await project.run();
  assert.equal(code, 1);
  assert.match(stderr, /error PLATFORM_UNSUPPORTED: .*Linux riscv64/);
});
