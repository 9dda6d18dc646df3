// The good ceremonies end to end over real HTTP: our client behind the bridge, SimpleWebAuthn verifying.
// SPDX-License-Identifier: MIT

import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flipInPlace } from '../../support/flipped-bits.ts';
import { exchange, SiteWorld, type Json } from '../../support/site-world.ts';
import { approve, DENY, NO_ANSWER } from '../../support/scripted-consent.ts';

let world: SiteWorld;
beforeEach(async () => {
  world = new SiteWorld();
  await world.start();
});
afterEach(() => world.site.stop());

const anna = (passkeys: number): unknown =>
  expect.objectContaining({
    userName: 'anna',
    passkeys: Array.from({ length: passkeys }, () => expect.anything() as unknown),
  });

describe('the ceremonies of the test site', () => {
  it('registers, signs out, signs in with a user name and without', async () => {
    const page = await world.visitor();
    const registered = await page.register('anna', { displayName: 'Anna Klein' });
    expect(registered).toEqual({
      status: 200,
      json: {
        rpId: 'localhost',
        pretendsToBe: null,
        account: {
          userName: 'anna',
          displayName: 'Anna Klein',
          passkeys: [
            {
              id: expect.any(String) as string,
              createdAt: world.ceremonies.clock.now(),
              lastUsedAt: null,
              userVerified: true,
              isSynced: true,
              isBackedUp: false,
            },
          ],
        },
      },
    });
    expect((await page.post('/api/sign-out', {})).json.account).toBeNull();
    expect((await page.post('/api/account', {})).json.account).toBeNull();
    expect((await page.signIn('anna')).json.account).toEqual(anna(1));
    await page.post('/api/sign-out', {});
    expect((await page.signIn()).json.account).toEqual(anna(1));
    expect((await page.post('/api/account', {})).json.account).toEqual(anna(1));
    expect(world.ceremonies.consent.kinds).toEqual(['create', 'get', 'get']);
  });

  it('takes the origin of the request, whatever name it came under', async () => {
    for (const host of ['localhost', 'bank.localhost', 'login.bank.localhost']) {
      const page = await world.visitor(host);
      expect((await page.register(`user of ${host}`)).status).toBe(200);
    }
    expect(world.bridged.map(({ origin }) => origin)).toEqual([
      `http://localhost:${world.port}`,
      `http://bank.localhost:${world.port}`,
      `http://login.bank.localhost:${world.port}`,
    ]);
    expect(world.ceremonies.store.sources.map(({ rpId }) => rpId)).toEqual([
      'localhost',
      'bank.localhost',
      'bank.localhost',
    ]);
  });

  it('lets a passkey made at login.bank.localhost sign in at bank.localhost, not at localhost', async () => {
    await (await world.visitor('login.bank.localhost')).register('anna');
    const bank = await world.visitor('bank.localhost');
    expect((await bank.signIn('anna')).json.account).toEqual(anna(1));
    const plain = await world.visitor('localhost');
    expect(await plain.signIn('anna')).toEqual({
      status: 422,
      json: { failure: 'unknown-account' },
    });
    expect((await plain.signIn()).json).toEqual({ ok: false, name: 'NotAllowedError' });
    expect(world.reasons).toEqual(['no-passkey']);
  });

  it.each(['register', 'signIn'] as const)(
    'gives the phisher a SecurityError, for the right reason (%s)',
    async (call) => {
      await (await world.visitor('bank.localhost')).register('anna');
      const { consent } = world.ceremonies;
      consent.requests.length = 0;
      const phisher = await world.visitor('bank-secure.localhost');
      expect((await phisher[call]('anna')).json).toEqual({ ok: false, name: 'SecurityError' });
      expect(world.reasons).toEqual(['rp-id-not-a-suffix-of-origin']);
      expect(consent.requests).toEqual([]);
      expect((await phisher.post('/api/account', {})).json).toEqual({
        rpId: 'bank.localhost',
        pretendsToBe: 'bank.localhost',
        account: null,
      });
    },
  );

  it('adds a passkey to the account that is signed in, never to another', async () => {
    const page = await world.visitor();
    await page.register('anna');
    const stranger = await world.visitor();
    expect(await stranger.register('anna')).toEqual({
      status: 422,
      json: { failure: 'name-taken' },
    });
    // Signed in, the site excludes what it knows already.
    expect((await page.register('anna')).json).toEqual({ ok: false, name: 'InvalidStateError' });
    expect(world.ceremonies.consent.kinds).toEqual(['create', 'already-registered']);
    expect((await page.post('/api/account', {})).json.account).toEqual(anna(1));
  });

  it('does not let a name be taken while its registration is under way', async () => {
    const [first, second] = [await world.visitor(), await world.visitor()];
    const options = await first.post('/api/register/options', { userName: 'anna' });
    await second.register('anna');
    const bridged = await first.post('/bridge/create', options.json);
    const finished = await first.post('/api/register/verify', bridged.json.credential);
    expect(finished).toEqual({ status: 422, json: { failure: 'name-taken' } });
  });

  it.each(['required', 'preferred', 'discouraged'])(
    'carries userVerification %s to the window',
    async (userVerification) => {
      const page = await world.visitor();
      await page.register('anna', { userVerification });
      const { account } = (await page.signIn('anna', { userVerification })).json as {
        account: { passkeys: readonly Json[] };
      };
      expect(account.passkeys[0]?.userVerified).toBe(userVerification !== 'discouraged');
      expect(world.ceremonies.consent.prompts.map(({ asksPassword }) => asksPassword)).toEqual(
        [1, 2].map(() => userVerification !== 'discouraged'),
      );
    },
  );

  it('shows the page a name and nothing else when the person denies', async () => {
    world.ceremonies.consent.script = () => DENY;
    const page = await world.visitor();
    expect(await page.register('anna')).toEqual({
      status: 200,
      json: { ok: false, name: 'NotAllowedError' },
    });
    expect((await page.post('/api/account', {})).json.account).toBeNull();
  });

  it('closes the window when the page gives up', async () => {
    world.ceremonies.consent.script = () => NO_ANSWER;
    const page = await world.visitor();
    const options = await page.post('/api/register/options', { userName: 'anna' });
    const giveUp = new AbortController();
    const asked = page
      .post('/bridge/create', options.json, giveUp.signal)
      .catch((error: unknown) => error);
    await expect.poll(() => world.ceremonies.consent.prompts.length).toBe(1);
    giveUp.abort();
    await asked;
    await expect.poll(() => world.reasons).toEqual(['aborted']);
    expect(world.ceremonies.consent.closed).toBe(1);
  });

  it('ends what is under way when it stops, and refuses connections afterwards', async () => {
    world.ceremonies.consent.script = () => NO_ANSWER;
    const page = await world.visitor();
    const options = await page.post('/api/register/options', { userName: 'anna' });
    const asked = page.post('/bridge/create', options.json).catch((error: unknown) => error);
    await expect.poll(() => world.ceremonies.consent.prompts.length).toBe(1);
    await world.site.stop();
    await asked;
    expect(world.reasons).toEqual(['aborted']);
    expect(world.ceremonies.consent.closed).toBe(1);
    await expect(exchange(world.port, { headers: { host: page.host } })).rejects.toThrow(
      'ECONNREFUSED',
    );
    expect(() => world.site.address).toThrow(
      expect.objectContaining({ code: 'test-site/not-running' }) as Error,
    );
  });

  it('starts again, with another token', async () => {
    const before = await world.visitor();
    await before.register('anna');
    await world.site.stop();
    await world.start();
    const after = await world.visitor();
    expect(after.token).not.toBe(before.token);
    expect((await after.signIn('anna')).json.account).toEqual(anna(1));
  });
});

describe('answers that the site does not accept', () => {
  it('an answer given twice', async () => {
    const page = await world.visitor();
    await page.register('anna');
    const options = await page.post('/api/sign-in/options', { userName: 'anna' });
    const { json } = await page.post('/bridge/get', options.json);
    expect((await page.post('/api/sign-in/verify', json.credential)).status).toBe(200);
    expect(await page.post('/api/sign-in/verify', json.credential)).toEqual({
      status: 422,
      json: { failure: 'no-ceremony' },
    });
  });

  it('an answer after five minutes', async () => {
    const page = await world.visitor();
    const options = await page.post('/api/register/options', { userName: 'anna' });
    const { json } = await page.post('/bridge/create', options.json);
    world.ceremonies.clock.turn(5 * 60_000);
    expect((await page.post('/api/register/verify', json.credential)).json).toEqual({
      failure: 'no-ceremony',
    });
  });

  it('an answer to another challenge', async () => {
    const page = await world.visitor();
    const options = await page.post('/api/register/options', { userName: 'anna' });
    const { json } = await page.post('/bridge/create', {
      ...options.json,
      challenge: 'AAAAAAAAAAAAAAAAAAAAAA',
    });
    const finished = await page.post('/api/register/verify', json.credential);
    expect(finished).toMatchObject({ status: 422, json: { failure: 'not-verified' } });
    expect((await page.post('/api/account', {})).json.account).toBeNull();
  });

  it('a registration for a sign-in, and the other way round', async () => {
    const page = await world.visitor();
    await page.register('anna');
    const options = await page.post('/api/sign-in/options', {});
    const { json } = await page.post('/bridge/get', options.json);
    expect((await page.post('/api/register/verify', json.credential)).status).toBe(400);
    await page.post('/api/register/options', { userName: 'anna' });
    expect((await page.post('/api/sign-in/verify', json.credential)).json).toEqual({
      failure: 'no-ceremony',
    });
  });

  it('an answer from another visitor', async () => {
    const page = await world.visitor();
    await page.register('anna');
    const options = await page.post('/api/sign-in/options', {});
    const { json } = await page.post('/bridge/get', options.json);
    const thief = await world.visitor();
    await thief.post('/api/sign-in/options', {});
    const stolen = await thief.post('/api/sign-in/verify', json.credential);
    expect(stolen).toMatchObject({ status: 422, json: { failure: 'not-verified' } });
  });

  it('an assertion made under another of the bank’s names', async () => {
    const bank = await world.visitor('bank.localhost');
    const login = await world.visitor('login.bank.localhost');
    await bank.register('anna');
    const options = await bank.post('/api/sign-in/options', {});
    const { json } = await login.post('/bridge/get', options.json);
    const finished = await bank.post('/api/sign-in/verify', json.credential);
    expect(finished).toMatchObject({ status: 422, json: { failure: 'not-verified' } });
  });

  it('the passkey of another account than the one that was named', async () => {
    const page = await world.visitor();
    await page.register('anna');
    await page.post('/api/sign-out', {});
    await page.register('ben');
    const { sources } = world.ceremonies.store;
    const annas = Buffer.from(sources[0]?.id ?? []).toString('base64url');
    world.ceremonies.consent.script = (shown) => approve(shown, { credentialId: annas });
    const options = await page.post('/api/sign-in/options', { userName: 'ben' });
    const { json } = await page.post('/bridge/get', { ...options.json, allowCredentials: [] });
    const finished = await page.post('/api/sign-in/verify', json.credential);
    expect(finished).toMatchObject({ status: 422, json: { failure: 'not-verified' } });
  });

  it('an assertion without UV where the site required it', async () => {
    const page = await world.visitor();
    await page.register('anna');
    const options = await page.post('/api/sign-in/options', { userVerification: 'required' });
    const { json } = await page.post('/bridge/get', {
      ...options.json,
      userVerification: 'discouraged',
    });
    const finished = await page.post('/api/sign-in/verify', json.credential);
    expect(finished).toMatchObject({ status: 422, json: { failure: 'not-verified' } });
  });

  it('a signature with one bit changed', async () => {
    const page = await world.visitor();
    await page.register('anna');
    const options = await page.post('/api/sign-in/options', {});
    const { json } = await page.post('/bridge/get', options.json);
    const credential = json.credential as { response: { signature: string } };
    const signature = Buffer.from(credential.response.signature, 'base64url');
    flipInPlace(signature, 10);
    const forged = {
      ...credential,
      response: { ...credential.response, signature: signature.toString('base64url') },
    };
    expect((await page.post('/api/sign-in/verify', forged)).json.failure).toBe('not-verified');
  });

  it.each([
    ['/api/register/options', {}],
    ['/api/register/options', { userName: '' }],
    ['/api/register/options', { userName: '   ' }],
    ['/api/register/options', { userName: 'x'.repeat(65) }],
    ['/api/register/options', { userName: 7 }],
    ['/api/register/options', { userName: 'anna', userVerification: 'always' }],
    ['/api/register/options', { userName: 'anna', isAdmin: true }],
    ['/api/sign-in/options', { userName: ['anna'] }],
    ['/api/register/verify', {}],
    ['/api/register/verify', { id: 'x', rawId: 'x', type: 'password', response: {} }],
    [
      '/api/sign-in/verify',
      { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: 'x' } },
    ],
  ])('%s with %j', async (path, body) => {
    const page = await world.visitor();
    expect((await page.post(path, body)).status).toBe(400);
  });
});

describe('where the test site listens', () => {
  it('is 127.0.0.1 and, where there is one, ::1: nowhere else', async () => {
    const headers = { host: `localhost:${world.port}` };
    expect((await exchange(world.port, { headers })).status).toBe(200);
    const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    if (addresses.some(({ address }) => address === '::1')) {
      expect((await exchange(world.port, { headers, address: '::1' })).status).toBe(200);
    }
    const others = addresses.filter(({ internal, scopeid }) => !internal && !scopeid);
    for (const { address } of others) {
      await expect(exchange(world.port, { headers, address })).rejects.toThrow(
        /ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH/,
      );
    }
  });

  it('gives its addresses, the plain one first', () => {
    expect(world.site.address).toEqual({
      port: world.port,
      urls: [
        `http://localhost:${world.port}`,
        `http://bank.localhost:${world.port}`,
        `http://login.bank.localhost:${world.port}`,
        `http://bank-secure.localhost:${world.port}`,
      ],
    });
  });
});

describe('the page', () => {
  it('carries the token, the host and whom it pretends to be', async () => {
    const host = `bank-secure.localhost:${world.port}`;
    const { text } = await exchange(world.port, { headers: { host } });
    expect(text).toMatch(
      new RegExp(
        `^<meta name="site-token" content="[\\w-]{43}"><h1>${host}</h1><body data-x="bank.localhost">$`,
      ),
    );
  });

  it('comes with headers that leave nothing inline, framed, sniffed or shared', async () => {
    const { headers } = await exchange(world.port, {
      headers: { host: `localhost:${world.port}` },
    });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    const policy = headers['content-security-policy'];
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; /,
    );
    expect(policy).not.toContain('unsafe');
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('keeps its session in a cookie that no script reads and no other site sends', async () => {
    const page = await world.visitor();
    const { headers } = await exchange(world.port, {
      method: 'POST',
      path: '/api/account',
      headers: page.headers(),
      body: '{}',
    });
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(
        new RegExp(`^site_${world.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
      ),
    ]);
  });

  it('changes the session’s id at sign-in, and the old one is worth nothing', async () => {
    const page = await world.visitor();
    await page.post('/api/account', {});
    const before = page.cookie;
    await page.register('anna');
    expect(page.cookie).not.toBe(before);
    page.cookie = before;
    expect((await page.post('/api/account', {})).json.account).toBeNull();
  });

  it('does not take a session to another of its names', async () => {
    const bank = await world.visitor('bank.localhost');
    await bank.register('anna');
    const login = await world.visitor('login.bank.localhost');
    login.cookie = bank.cookie;
    expect((await login.post('/api/account', {})).json.account).toBeNull();
  });
});
