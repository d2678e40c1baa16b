import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Check } from './check.ts';
import { pageOf } from './page.ts';

const pagesDirectory = join(import.meta.dirname, '../../../docs/lint');

/** Tests that each check refuses its own example, for one reason, and that its page is its own. */
export function testChecks<Subject>(checks: readonly Check<Subject>[]): void {
  for (const check of checks) {
    test(`${check.name} refuses its example, and its page is not stale`, () => {
      assert.notEqual(check.find(check.bad.subject).length, 0, check.bad.text);
      const page = join(pagesDirectory, `${check.name}.md`);
      assert.ok(existsSync(page), `${page} is missing: lint --pages writes it`);
      assert.equal(readFileSync(page, 'utf8'), pageOf(check), 'lint --pages writes it anew');
    });
  }
}
