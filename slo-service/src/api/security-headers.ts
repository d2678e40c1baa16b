import type { RequestHandler } from 'express';

/** Headers of every answer: nothing is loaded from elsewhere, nothing is framed or guessed. */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': policy({ 'style-src': "'self'" }),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
  next();
};

/** Swagger UI writes style attributes and carries its icons as data. */
export const docsHeaders: RequestHandler = (_request, response, next) => {
  response.set(
    'Content-Security-Policy',
    policy({ 'style-src': "'self' 'unsafe-inline'", 'img-src': "'self' data:" }),
  );
  next();
};

/** A report is one file: its style is inside, and it has no scripts. */
export const reportHeaders = {
  'Content-Security-Policy': policy({ 'style-src': "'unsafe-inline'", 'script-src': "'none'" }),
};

function policy(own: Readonly<Record<string, string>>): string {
  const directives = {
    'default-src': "'none'",
    'script-src': "'self'",
    'img-src': "'self'",
    'font-src': "'self'",
    'connect-src': "'self'",
    'manifest-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    ...own,
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
