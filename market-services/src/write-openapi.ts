import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { apiSiteFiles, openApiFiles } from './openapi-files.ts';

for (const { path, text } of [...openApiFiles, ...apiSiteFiles]) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
