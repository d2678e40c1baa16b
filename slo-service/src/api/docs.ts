import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router, static as staticFiles } from 'express';
import { docsHeaders } from './security-headers.ts';

/** The description of the API, browsable at `/docs/`, from files of this installation alone. */
export function docsRoutes(): Router {
  const router = Router({ strict: true });
  router.use(docsHeaders);
  router.get('/docs', (_request, response) => response.redirect(308, '/docs/'));
  router.get('/docs/', (_request, response) => {
    response.type('html').send(page);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('js').send(start);
  });
  router.use('/docs', staticFiles(swaggerUi, { index: false, maxAge: '1d' }));
  return router;
}

const swaggerUi = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sprout SLO API</title>
<link rel="stylesheet" href="swagger-ui.css">
<link rel="icon" href="favicon-32x32.png">
<div id="ui"></div>
<script src="swagger-ui-bundle.js"></script>
<script src="start.js"></script>
</html>
`;

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', deepLinking: true });\n`;
