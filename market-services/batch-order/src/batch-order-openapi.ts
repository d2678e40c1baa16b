import { openApiDocument } from '../../src/api/openapi.ts';
import { platformPaths } from '../../src/api/platform-paths.ts';

/** The OpenAPI document of batch-order, which works by the clock and is asked for nothing else. */
export const batchOrderOpenApi = openApiDocument('Batch order', platformPaths());
