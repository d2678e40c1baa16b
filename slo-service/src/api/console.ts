import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router, static as staticFiles } from 'express';

/** Where the build of the console lies. */
export const consoleDirectory = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  '..',
  'console',
  'dist',
);

/** Names that the build derives from content, so that they never change their meaning. */
const hashedName = /-[A-Za-z0-9_-]{8,}\.\w+$/;

/**
 * The console at `/`. Its pages have addresses of their own, so every path that looks like a
 * page is answered with the application; a path with a file ending is a file or missing.
 */
export function consoleRoutes(directory: string = consoleDirectory): Router {
  const router = Router();
  router.use(
    staticFiles(directory, {
      index: 'index.html',
      setHeaders: (response, path) => {
        const forever = hashedName.test(path);
        response.set('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  router.get(/^[^.]*$/, (request, response, next) => {
    if (!request.accepts('html') || reserved.test(request.path)) return next();
    const page = join(directory, 'index.html');
    if (!existsSync(page)) return void response.status(503).type('html').send(notBuilt);
    response.set('Cache-Control', 'no-cache').sendFile(page);
  });
  return router;
}

/** Nothing below these is a page of the console. */
const reserved =
  /^\/(api|telemetry|docs|metrics|healthz|readyz|runbooks|login|auth|badge|status|feed)(\/|$)/;

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sprout: the console is not built</title>
<h1>The console is not built</h1>
<p>The API answers: <a href="/api/v1/objectives">/api/v1/objectives</a>, <a href="/docs/">/docs</a>.</p>
<p>To build the console: <code>./sprout up</code>, or <code>npm run build -w slo-service/console</code>.</p>
</html>
`;
