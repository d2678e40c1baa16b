import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { openBrowser } from './browser.ts';
import type { Browser, Visit } from './browser.ts';
import { call } from './market.ts';
import type { TestMarket } from './market.ts';

const peopleSchema = z.array(
  z.object({
    subject: z.string(),
    email: z.string(),
    roles: z.array(z.string()),
    password: z.string(),
  }),
);

/** Somebody of the market's own provider, with the password of this installation. */
export function personOf(market: TestMarket, role: 'customer' | 'seller' | 'operator') {
  const path = join(market.config.dataDir, 'secrets', 'people.json');
  const person = peopleSchema
    .parse(JSON.parse(readFileSync(path, 'utf8')))
    .find(({ roles }) => roles.includes(role));
  if (person === undefined) throw new Error(`nobody is a ${role}`);
  return person;
}

/** Goes through the whole login; the last page is the answer to it. */
export async function logIn(
  market: TestMarket,
  browser: Browser,
  role: 'customer' | 'seller' | 'operator',
): Promise<Visit> {
  const { email, password } = personOf(market, role);
  const form = await browser.follow(await browser.visit(`${market.url('gateway')}/login`));
  return browser.follow(await browser.visit(form.url, { email, password }));
}

/** Asks the gateway for something in somebody's session. */
export type Asking = (
  method: string,
  path: string,
  json?: unknown,
  headers?: Readonly<Record<string, string>>,
) => ReturnType<typeof call>;

/** Logs somebody in and speaks for them from then on. */
export async function speakAs(
  market: TestMarket,
  role: 'customer' | 'seller' | 'operator',
): Promise<Asking> {
  const browser = openBrowser();
  await logIn(market, browser, role);
  const cookie = `SESSION=${browser.cookie(`${market.url('gateway')}/`, 'SESSION')}`;
  return (method, path, json, headers = {}) =>
    call(market.url('gateway') + path, {
      method,
      json,
      authorization: undefined,
      headers: { cookie, ...headers },
    });
}
