import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { apiSiteFiles, openApiFiles } from './openapi-files.ts';

for (const { path, text } of [...openApiFiles, ...apiSiteFiles]) {
  test(`${path.split('/').slice(-2).join('/')} is what the code says`, () => {
    assert.equal(readFileSync(path, 'utf8'), text, 'run: npm run openapi -w market-services');
  });
}

test('the pages load nothing, link only to what there is, and escape what they show', () => {
  const names = new Set(apiSiteFiles.map(({ path }) => path.split('/').at(-1)));
  for (const { path, text } of apiSiteFiles.filter((one) => one.path.endsWith('.html'))) {
    assert.doesNotMatch(
      text,
      /<script|<link|src=|@import|https?:\/\/(?!json-schema)[^"<]*\.(js|css)/,
      path,
    );
    for (const [, target = ''] of text.matchAll(/href="([^"]+)"/g)) {
      if (target.startsWith('#')) assert.ok(text.includes(`id="${target.slice(1)}"`), target);
      else assert.ok(names.has(target), target);
    }
  }
});
