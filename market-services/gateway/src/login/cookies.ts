import type { Request, Response } from 'express';

/** A cookie of the gateway: unreadable for scripts, not sent by other sites' forms. */
export interface OwnCookie {
  read(request: Request): string | undefined;
  set(request: Request, response: Response, value: string, maxAgeSeconds: number): void;
  clear(request: Request, response: Response): void;
}

const valueCharsMax = 256;

export const sessionCookie = ownCookie('SESSION', '/');
/** Binds a login to the browser that began it. */
export const loginCookie = ownCookie('LOGIN', '/login');

function ownCookie(name: string, path: string): OwnCookie {
  const settings = (request: Request) =>
    ({ httpOnly: true, sameSite: 'lax', secure: request.secure, path }) as const;
  return {
    read: (request) => {
      const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
      const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
      return value !== undefined && value.length <= valueCharsMax ? value : undefined;
    },
    set: (request, response, value, maxAgeSeconds) => {
      response.cookie(name, value, { ...settings(request), maxAge: maxAgeSeconds * 1000 });
    },
    clear: (request, response) => {
      response.clearCookie(name, settings(request));
    },
  };
}
