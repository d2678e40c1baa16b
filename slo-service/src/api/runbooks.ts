import { Router, static as staticFiles } from 'express';

/** The runbooks of the alerts as text, so that a page's link opens in any browser. */
export function runbookRoutes(directory: string | undefined): Router {
  const router = Router();
  if (directory === undefined) return router;
  const setHeaders = (response: { set(name: string, value: string): unknown }) =>
    void response.set('Content-Type', 'text/plain; charset=utf-8');
  router.use('/runbooks', staticFiles(directory, { index: false, extensions: ['md'], setHeaders }));
  return router;
}
