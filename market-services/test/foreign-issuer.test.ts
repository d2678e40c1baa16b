import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { dataServers } from '@sprout/data/servers';
import { startPrivately } from '@sprout/data/testing';
import type { PrivateProcesses } from '@sprout/data/testing';
import { addressOf, listener } from '@sprout/process';
import { Provider } from 'oidc-provider';
import { serviceProcesses } from '../src/processes.ts';
import { openBrowser } from './browser.ts';
import { direct, only } from './market.ts';

/** A provider that is not ours: its own client id, secret, claim and algorithm, and no logout. */
const clientId = 'shop-of-acme';
const clientSecret = 'a-secret-from-the-environment-of-acme';
const rolesClaim = 'https://acme.example/groups';

let answer: RequestListener = (_request, response) => response.writeHead(503).end();
const server = createServer((request, response) => answer(request, response));
let market: PrivateProcesses;

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env['SPROUT_SECRET_OIDC_GATEWAY'] = clientSecret;
  market = await startPrivately(
    (config) => only(['redis', 'gateway'], [...dataServers(config), ...serviceProcesses(config)]),
    { ...direct, access: { issuer: { url: issuer }, clientId, rolesClaim } },
  );
  answer = foreignProvider(issuer, `${gateway('/login/callback')}`);
});
after(async () => {
  delete process.env['SPROUT_SECRET_OIDC_GATEWAY'];
  await market?.stop();
  server.closeAllConnections();
  server.close();
});

const gateway = (path: string) => `${addressOf(market.config, listener('gateway'))}${path}`;

test('people of another provider come in with the roles of its claim, and go out without its help', async () => {
  const browser = openBrowser();
  const arrived = await browser.follow(await browser.visit(gateway('/login')));
  assert.equal(arrived.url, gateway('/session'), arrived.body);
  const who = { subject: 'employee-7', name: 'Lee', roles: ['seller'] };
  assert.deepEqual(JSON.parse(arrived.body), who);
  const kept = browser.cookie(gateway('/'), 'SESSION') ?? assert.fail();
  const left = await browser.visit(gateway('/logout'), {});
  assert.equal(left.status, 303);
  assert.equal(left.location, gateway('/'), 'there is no logout at the provider to go to');
  assert.equal(browser.cookie(gateway('/'), 'SESSION'), undefined);
  const thief = openBrowser();
  thief.setCookie(gateway('/'), 'SESSION', kept);
  assert.equal((await thief.visit(gateway('/session'))).status, 401);
});

/** Signs everybody in as the same employee, without a question. */
function foreignProvider(issuer: string, callback: string): RequestListener {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [callback],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], profile: ['name'], email: ['email'], roles: [rolesClaim] },
    cookies: { keys: ['of-this-test'] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, name: 'Lee', [rolesClaim]: ['seller', 'gardener'] }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId, accountId: 'employee-7' });
      grant.addOIDCScope('openid profile email roles');
      await grant.save();
      return grant;
    },
  });
  const callbackOfAll = provider.callback();
  return (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) {
      return void callbackOfAll(request, response);
    }
    void provider.interactionFinished(request, response, { login: { accountId: 'employee-7' } });
  };
}
