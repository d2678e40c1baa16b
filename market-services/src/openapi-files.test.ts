import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openApiFiles } from './openapi-files.ts';

for (const { path, text } of openApiFiles) {
  test(`${path.split('/').slice(-2).join('/')} is what the code says`, () => {
    assert.equal(readFileSync(path, 'utf8'), text, 'run: npm run openapi -w market-services');
  });
}
