import { writeFileSync } from 'node:fs';
import { openApiFiles } from './openapi-files.ts';

for (const { path, text } of openApiFiles) writeFileSync(path, text);
