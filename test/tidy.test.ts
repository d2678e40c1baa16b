import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/** Rules of the house that no linter checks. */
const root = new URL('..', import.meta.url);
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('_generated'));
const textOf = (path: string) => readFileSync(new URL(path, root), 'utf8');
const apps = ['collector', 'slo-service', 'alerts', 'dashboards-as-code', 'market-services'];

test('no file passes 400 lines, and nine in ten stay under 250', () => {
  const lengths = files.map((path) => ({ path, lines: textOf(path).split('\n').length }));
  const tooLong = lengths.filter(({ lines }) => lines > 400);
  assert.deepEqual(tooLong, []);
  const sorted = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b);
  const ninth = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
  assert.ok(ninth <= 250, `the 90th percentile is ${ninth} lines`);
});

test('folders and files are named by a noun, in kebab-case', () => {
  const shapeless = /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.tsx?$)/;
  const kebab = /^[a-z0-9._/-]+$/;
  assert.deepEqual(
    files.filter((path) => shapeless.test(path) || !kebab.test(path.replace('_', ''))),
    [],
  );
});

test('packages never import apps, and apps never import each other', () => {
  const wrong = files.flatMap((path) => {
    const home = homeOf(path);
    if (home === 'root') return [];
    return importsOf(path)
      .filter((name) => name.startsWith('@sprout/'))
      .map((name) => name.split('/')[1] ?? '')
      .filter((name) => apps.includes(name) && name !== home)
      .filter((name) => !(home === 'console' && name === 'slo-service'))
      .map((name) => `${path} imports ${name}`);
  });
  assert.deepEqual(wrong, []);
});

test('no workspace reaches into another by a relative path, but for the configuration in tests', () => {
  const wrong = files.flatMap((path) => {
    const home = homeOf(path);
    if (home === 'root') return [];
    return importsOf(path)
      .filter((name) => name.startsWith('.'))
      .map((name) => new URL(name, new URL(path, 'file:///')).pathname.slice(1))
      .filter((target) => target !== 'sprout.config.ts')
      .filter(
        (target) =>
          homeOf(target) !== home && !(home === 'console' && homeOf(target) === 'slo-service'),
      )
      .map((target) => `${path} imports ${target}`);
  });
  assert.deepEqual(wrong, []);
});

test('packages have no circles', () => {
  const packages = new Set(
    files.filter((path) => path.startsWith('packages/')).map((path) => path.split('/')[1] ?? ''),
  );
  const edges = new Map([...packages].map((name) => [name, dependenciesOf(name)]));
  const visit = (name: string, trail: readonly string[]): void => {
    assert.ok(!trail.includes(name), [...trail, name].join(' → '));
    for (const next of edges.get(name) ?? []) visit(next, [...trail, name]);
  };
  for (const name of packages) visit(name, []);
});

test('every error code has its line in docs/errors.md', () => {
  const documented = textOf('docs/errors.md');
  const codes = files
    .filter((path) => !path.endsWith('.test.ts'))
    .flatMap((path) => [
      ...textOf(path).matchAll(
        /(?:Error\(|code: |code = )\s*'([A-Z]{2,}(?:_[A-Z]+)+|USAGE|INTERNAL)'/g,
      ),
    ])
    .map(([, code]) => code ?? '');
  assert.ok(codes.length > 30);
  assert.deepEqual(
    [...new Set(codes)].filter((code) => !documented.includes(`\`${code}\``)),
    [],
  );
});

test('types are not escaped from', () => {
  const escapes = files.filter((path) =>
    /\bas any\b|: any\b(?!\()|@ts-(ignore|nocheck)|as unknown as/.test(
      path === 'test/tidy.test.ts' ? '' : textOf(path),
    ),
  );
  assert.deepEqual(escapes, []);
});

function dependenciesOf(name: string): string[] {
  const own = files.filter(
    (path) => path.startsWith(`packages/${name}/src/`) && !path.endsWith('.test.ts'),
  );
  const imported = own.flatMap(importsOf).filter((path) => path.startsWith('@sprout/'));
  return [...new Set(imported.map((path) => path.split('/')[1] ?? ''))].filter(
    (other) => other !== name,
  );
}

function homeOf(path: string): string {
  const [first, second] = path.split('/');
  if (first === 'packages') return second ?? '';
  if (path.startsWith('slo-service/console/')) return 'console';
  return apps.includes(first ?? '') ? (first ?? '') : 'root';
}

function importsOf(path: string): string[] {
  return [...textOf(path).matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, name]) => name ?? '');
}
