// The ceremonies of the client over the software authenticator: who may ask, what the person sees, how they end.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { parseAuthenticatorData } from '../../../src/main/webauthn/authenticator-data.ts';
import { fromBase64Url, fromUtf8, toBase64Url } from '../../../src/shared/bytes.ts';
import {
  CeremonyWorld,
  CHALLENGE,
  creationOptions,
  failureOf,
  ORIGIN,
  requestOptions,
  worldWithPasskey,
} from '../../support/ceremony-world.ts';
import {
  approve,
  DENY,
  NO_ANSWER,
  WRONG_PASSWORD,
  WRONG_PIN,
} from '../../support/scripted-consent.ts';

const UV = ['required', 'preferred', 'discouraged'] as const;

function flagsOf(response: { response: { authenticatorData: string } }) {
  const data = parseAuthenticatorData(fromBase64Url(response.response.authenticatorData));
  return {
    up: data.userPresent,
    uv: data.userVerified,
    be: data.backupEligible,
    bs: data.backupState,
  };
}

const containing = (members: object): unknown => expect.objectContaining(members);

describe('WebAuthnClient.create', () => {
  it('answers with the whole RegistrationResponseJSON', async () => {
    const world = new CeremonyWorld();
    const response = await world.create(
      creationOptions({ extensions: { credProps: true, prf: {} } }),
    );
    const text = expect.any(String) as string;
    expect(response).toEqual({
      id: toBase64Url(world.store.sources[0]?.id ?? new Uint8Array()),
      rawId: response.id,
      type: 'public-key',
      authenticatorAttachment: 'platform',
      response: {
        clientDataJSON: text,
        attestationObject: text,
        authenticatorData: text,
        transports: ['internal'],
        publicKey: text,
        publicKeyAlgorithm: -7,
      },
      clientExtensionResults: { credProps: { rk: true } },
    });
    expect(fromUtf8(fromBase64Url(response.response.clientDataJSON))).toBe(
      `{"type":"webauthn.create","challenge":"${CHALLENGE}","origin":"${ORIGIN}","crossOrigin":false}`,
    );
  });

  it('gives no extension results that were not asked for', async () => {
    const response = await new CeremonyWorld().create();
    expect(response.clientExtensionResults).toEqual({});
  });

  it('shows exactly what it will do', async () => {
    const world = new CeremonyWorld();
    const startedAt = world.clock.now();
    await world.create(creationOptions({ timeout: 60_000 }));
    expect(world.consent.prompts).toEqual([
      {
        kind: 'create',
        sessionId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        stage: 1,
        source: 'test-site',
        origin: ORIGIN,
        rpId: 'bank.example',
        registrableDomain: 'bank.example',
        expiresAt: startedAt + 60_000,
        clientDataHash: expect.stringMatching(/^[\w-]{43}$/) as string,
        asksPassword: true,
        refusedPasswords: 0,
        refusal: null,
        rpName: 'Bank',
        userName: 'anna',
        userDisplayName: 'Anna Klein',
        algorithm: 'ES256',
        existing: 0,
      },
    ]);
    expect(world.consent.requests).toEqual([
      expect.objectContaining({
        sessionId: world.consent.prompts[0]?.sessionId,
        source: 'test-site',
        origin: ORIGIN,
        expiresAt: startedAt + 60_000,
      }),
    ]);
    expect(world.consent.closed).toBe(1);
  });

  it('keeps the person’s passkey discoverable whatever residentKey says', async () => {
    for (const residentKey of ['required', 'preferred', 'discouraged', undefined]) {
      const world = new CeremonyWorld();
      await world.create(creationOptions({ authenticatorSelection: { residentKey } }));
      expect((await world.get()).id).toBe(
        toBase64Url(world.store.sources[0]?.id ?? new Uint8Array()),
      );
    }
  });

  it('takes ES256 when the relying party names no algorithm, by the default', async () => {
    const response = await new CeremonyWorld().create(creationOptions({ pubKeyCredParams: [] }));
    expect(response.response.publicKeyAlgorithm).toBe(-7);
  });

  it('tells why an excluded passkey is refused only after it was acknowledged', async () => {
    const { world, id } = await worldWithPasskey();
    const options = creationOptions({ excludeCredentials: [{ type: 'public-key', id }] });
    expect(await failureOf(world.create(options))).toEqual({
      name: 'InvalidStateError',
      reason: 'already-registered',
    });
    world.consent.script = () => DENY;
    expect(await failureOf(world.create(options))).toEqual({
      name: 'NotAllowedError',
      reason: 'denied',
    });
    expect(world.consent.kinds).toEqual(['already-registered', 'already-registered']);
    expect(world.store.sources.length).toBe(1);
  });

  it.each<[string, string, Record<string, unknown>]>([
    [
      'NotSupportedError',
      'no-common-algorithm',
      { pubKeyCredParams: [{ type: 'public-key', alg: -65535 }] },
    ],
    [
      'NotSupportedError',
      'no-common-algorithm',
      { pubKeyCredParams: [{ type: 'password', alg: -7 }] },
    ],
    ['TypeError', 'empty-challenge', { challenge: '' }],
    [
      'TypeError',
      'user-handle-length',
      { user: { id: toBase64Url(new Uint8Array(65)), name: '', displayName: '' } },
    ],
    ['TypeError', 'user-handle-length', { user: { id: '', name: '', displayName: '' } }],
    ['TypeError', 'options-too-large', { padding: 'x'.repeat(1_048_576) }],
    ['TypeError', 'options-malformed', { rp: 'bank.example' }],
    ['SecurityError', 'rp-id-not-a-suffix-of-origin', { rp: { id: 'evil.example', name: 'x' } }],
    ['SecurityError', 'rp-id-is-public-suffix', { rp: { id: 'example', name: 'x' } }],
    ['SecurityError', 'rp-id-not-a-domain', { rp: { id: '', name: 'x' } }],
    [
      'NotAllowedError',
      'no-suitable-authenticator',
      { authenticatorSelection: { authenticatorAttachment: 'cross-platform' } },
    ],
  ])('fails with %s (%s) without a window', async (name, reason, changes) => {
    const world = new CeremonyWorld();
    expect(await failureOf(world.create(creationOptions(changes)))).toEqual({ name, reason });
    expect(world.consent.requests).toEqual([]);
    expect(world.store.calls).toEqual({ findByRpId: 0, save: 0, openPrivateKey: 0 });
    expect(world.clock.pending).toBe(0);
  });

  it('takes the origin from the transport, whatever the options say', async () => {
    const world = new CeremonyWorld();
    const forged = {
      origin: 'https://bank.example',
      topOrigin: 'https://bank.example',
      clientDataJSON: 'x',
      remoteClientDataJSON: 'x',
    };
    const options = creationOptions({ ...forged, extensions: forged });
    expect((await failureOf(world.create(options, 'https://evil.site'))).reason).toBe(
      'rp-id-not-a-suffix-of-origin',
    );
    const response = await world.create(options);
    expect(fromUtf8(fromBase64Url(response.response.clientDataJSON))).toContain(
      `"origin":"${ORIGIN}"`,
    );
  });

  it('saves nothing when the person denies', async () => {
    const world = new CeremonyWorld('deny', () => DENY);
    expect(await failureOf(world.create())).toEqual({ name: 'NotAllowedError', reason: 'denied' });
    expect(world.store.sources).toEqual([]);
    expect(world.consent.closed).toBe(1);
  });

  it('answers UnknownError when the store cannot save, keeping the cause inside', async () => {
    const world = new CeremonyWorld();
    world.store.failsNextSave = true;
    await expect(world.create()).rejects.toMatchObject({
      code: 'webauthn/unknown',
      domExceptionName: 'UnknownError',
      reason: 'internal',
      cause: { code: 'vault/write-failed' },
    });
    expect(world.store.sources).toEqual([]);
  });
});

describe('WebAuthnClient.get', () => {
  it('answers with the whole AuthenticationResponseJSON', async () => {
    const { world, id } = await worldWithPasskey();
    const text = expect.any(String) as string;
    expect(await world.get(requestOptions({ extensions: { credProps: true } }))).toEqual({
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: 'platform',
      response: {
        clientDataJSON: text,
        authenticatorData: text,
        signature: text,
        userHandle: toBase64Url(new TextEncoder().encode('user-1')),
      },
      clientExtensionResults: {},
    });
  });

  it('offers the accounts of the RP ID, the newest first, and uses the chosen one', async () => {
    const world = new CeremonyWorld();
    const made: string[] = [];
    for (const name of ['anna', 'ben', 'household']) {
      const user = {
        id: toBase64Url(new TextEncoder().encode(name)),
        name,
        displayName: name.toUpperCase(),
      };
      made.push((await world.create(creationOptions({ user }))).id);
      world.clock.turn(1000);
    }
    await world.create(creationOptions({ rp: { id: 'login.bank.example', name: 'Other' } }));
    world.consent.script = (shown) => approve(shown, { credentialId: made[1] ?? null });
    const response = await world.get();
    expect(response.id).toBe(made[1]);
    const prompt = world.consent.prompts.at(-1);
    expect(prompt?.kind === 'get' ? prompt.accounts : []).toEqual([
      {
        credentialId: made[2],
        userName: 'household',
        userDisplayName: 'HOUSEHOLD',
        createdAt: world.store.sources[2]?.createdAt,
      },
      {
        credentialId: made[1],
        userName: 'ben',
        userDisplayName: 'BEN',
        createdAt: world.store.sources[1]?.createdAt,
      },
      {
        credentialId: made[0],
        userName: 'anna',
        userDisplayName: 'ANNA',
        createdAt: world.store.sources[0]?.createdAt,
      },
    ]);
  });

  it('offers only what allowCredentials names', async () => {
    const { world, id } = await worldWithPasskey();
    await world.create();
    world.consent.prompts.length = 0;
    const unknown = toBase64Url(new Uint8Array(32));
    const allowCredentials = [unknown, id].map((allowed) => ({ type: 'public-key', id: allowed }));
    expect((await world.get(requestOptions({ allowCredentials }))).id).toBe(id);
    const [prompt] = world.consent.prompts;
    expect(prompt?.kind === 'get' ? prompt.accounts.length : 0).toBe(1);
  });

  it.each<[string, Record<string, unknown>]>([
    ['another RP ID', { rpId: 'login.bank.example' }],
    [
      'no known id',
      { allowCredentials: [{ type: 'public-key', id: toBase64Url(new Uint8Array(32)) }] },
    ],
    [
      'no known type',
      { allowCredentials: [{ type: 'password', id: toBase64Url(new Uint8Array(32)) }] },
    ],
  ])(
    'looks the same to the caller whether it finds nothing (%s) or the person denies',
    async (_, changes) => {
      const { world } = await worldWithPasskey();
      const absent = await failureOf(world.get(requestOptions(changes)));
      expect(world.consent.kinds).toEqual(['no-passkey']);
      world.consent.script = () => DENY;
      const denied = await failureOf(world.get());
      expect([absent.name, denied.name]).toEqual(['NotAllowedError', 'NotAllowedError']);
      expect([absent.reason, denied.reason]).toEqual(['no-passkey', 'denied']);
    },
  );

  it('does not answer that it found nothing before the person has answered', async () => {
    const world = new CeremonyWorld('absent', () => NO_ANSWER);
    let isSettled = false;
    const asking = failureOf(world.get()).then((failure) => {
      isSettled = true;
      return failure;
    });
    await new Promise(setImmediate);
    expect([isSettled, world.consent.kinds]).toEqual([false, ['no-passkey']]);
    world.clock.turn(300_000);
    expect(await asking).toEqual({ name: 'NotAllowedError', reason: 'timed-out' });
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['TypeError', 'empty-challenge', { challenge: '' }],
    ['TypeError', 'options-malformed', { allowCredentials: 7 }],
    ['SecurityError', 'rp-id-not-a-suffix-of-origin', { rpId: 'evil.example' }],
    ['SecurityError', 'ip-address', { rpId: '127.0.0.1' }],
  ])('fails with %s (%s) without a window', async (name, reason, changes) => {
    const { world } = await worldWithPasskey();
    expect(await failureOf(world.get(requestOptions(changes)))).toEqual({ name, reason });
    expect(world.consent.requests).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['null', 'NotAllowedError', 'opaque-origin'],
    ['http://bank.example', 'SecurityError', 'insecure-origin'],
    ['https://127.0.0.1', 'SecurityError', 'ip-address'],
    ['https://bank.example.', 'SecurityError', 'not-a-domain'],
    ['file:///x', 'SecurityError', 'not-an-origin'],
  ])('refuses the origin %s with %s', async (origin, name, reason) => {
    const { world } = await worldWithPasskey();
    expect(await failureOf(world.get(requestOptions(), origin))).toEqual({ name, reason });
    expect(await failureOf(world.create(creationOptions(), origin))).toEqual({ name, reason });
  });
});

describe('user verification', () => {
  it.each(
    UV.flatMap((userVerification) =>
      [true, false].map((isLocked) => [userVerification, isLocked] as const),
    ),
  )('asks and sets UV as %s demands, vault locked: %s', async (userVerification, isLocked) => {
    const world = new CeremonyWorld();
    if (isLocked) world.store.lock();
    const created = await world.create(
      creationOptions({ authenticatorSelection: { userVerification } }),
    );
    const expectedUv = isLocked || userVerification !== 'discouraged';
    const main = { asksPassword: userVerification !== 'discouraged' && !isLocked };
    const unlock = { kind: 'unlock', asksPassword: true, stage: 1 };
    const rest = isLocked ? { ...main, stage: 2 } : { ...main, stage: 1 };
    expect(world.consent.prompts).toEqual([
      ...(isLocked ? [containing({ ...unlock, operation: 'create' })] : []),
      containing({ ...rest, kind: 'create' }),
    ]);
    expect(flagsOf(created)).toEqual({ up: true, uv: expectedUv, be: true, bs: false });

    world.consent.prompts.length = 0;
    if (isLocked) world.store.lock();
    const got = await world.get(requestOptions({ userVerification }));
    expect(world.consent.prompts).toEqual([
      ...(isLocked ? [containing({ ...unlock, operation: 'get' })] : []),
      containing({ ...rest, kind: 'get' }),
    ]);
    expect(flagsOf(got)).toEqual({ up: true, uv: expectedUv, be: true, bs: false });
  });

  it('does not carry over from one ceremony to the next', async () => {
    const { world } = await worldWithPasskey();
    const uv = [];
    for (const userVerification of ['required', 'discouraged', 'required']) {
      uv.push(flagsOf(await world.get(requestOptions({ userVerification }))).uv);
    }
    expect(uv).toEqual([true, false, true]);
  });

  it('is not claimed because the port claims it unasked', async () => {
    const { world } = await worldWithPasskey((shown) => approve(shown, { userVerified: true }));
    const got = await world.get(requestOptions({ userVerification: 'discouraged' }));
    expect(flagsOf(got).uv).toBe(false);
  });

  it.each([['required'], ['preferred']])(
    'fails when the port skips it although it was asked for (%s)',
    async (userVerification) => {
      const { world } = await worldWithPasskey((shown) => approve(shown, { userVerified: false }));
      expect(await failureOf(world.get(requestOptions({ userVerification })))).toEqual({
        name: 'NotAllowedError',
        reason: 'user-not-verified',
      });
      expect(world.store.calls.openPrivateKey).toBe(0);
    },
  );

  it('asks again after a wrong password, as a new stage that says how often', async () => {
    const { world } = await worldWithPasskey((shown, count) =>
      count < 4 ? WRONG_PASSWORD : approve(shown),
    );
    expect(flagsOf(await world.get()).uv).toBe(true);
    expect(
      world.consent.prompts.map(({ stage, refusedPasswords }) => [stage, refusedPasswords]),
    ).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 3],
      [5, 4],
    ]);
    expect(new Set(world.consent.prompts.map(({ sessionId }) => sessionId)).size).toBe(1);
    expect(world.consent.closed).toBe(1);
  });

  it('says in the next stage why the secret did not do, and counts no PIN', async () => {
    const { world } = await worldWithPasskey((shown, count) =>
      count < 7 ? WRONG_PIN : approve(shown),
    );
    expect(flagsOf(await world.get()).uv).toBe(true);
    const [first, ...others] = world.consent.prompts;
    expect(first?.refusal).toBeNull();
    expect(others).toHaveLength(7);
    for (const { refusal, refusedPasswords } of others) {
      expect(refusal).toEqual({
        kind: 'pin',
        code: 'vault/wrong-password',
        details: { triesLeft: 3 },
      });
      expect(refusedPasswords).toBe(0);
    }
  });

  it('does not freeze what the consent holds of a refusal', async () => {
    const details = { triesLeft: 2 };
    const refusal = { kind: 'pin', code: 'vault/wrong-password', details } as const;
    const { world } = await worldWithPasskey((shown, count) =>
      count === 0 ? { decision: 'refused', refusal, isWrong: false } : approve(shown),
    );
    await world.get();
    expect(Object.isFrozen(details)).toBe(false);
  });

  it('ends after the fifth wrong password', async () => {
    const { world } = await worldWithPasskey(() => WRONG_PASSWORD);
    expect(await failureOf(world.get())).toEqual({
      name: 'NotAllowedError',
      reason: 'wrong-password-limit',
    });
    expect(world.consent.prompts.length).toBe(5);
    expect(world.store.calls.openPrivateKey).toBe(0);
    expect(world.consent.closed).toBe(1);
  });

  it('counts wrong passwords over all stages of a ceremony', async () => {
    const world = new CeremonyWorld();
    world.store.lock();
    world.consent.script = (shown, count) => {
      if (count < 4) return WRONG_PASSWORD;
      world.store.unlock();
      return approve(shown);
    };
    await world.create();
    expect(world.consent.kinds).toEqual([
      'unlock',
      'unlock',
      'unlock',
      'unlock',
      'unlock',
      'create',
    ]);
    expect(world.consent.prompts.at(-1)).toMatchObject({
      stage: 6,
      refusedPasswords: 4,
      asksPassword: false,
    });
  });

  it('takes no wrong password where none was asked for', async () => {
    const { world } = await worldWithPasskey(() => WRONG_PASSWORD);
    expect(
      (await failureOf(world.get(requestOptions({ userVerification: 'discouraged' })))).reason,
    ).toBe('approval-mismatch');
  });
});

describe('a locked vault', () => {
  it('is offered to be unlocked before anything is told about its content', async () => {
    const { world } = await worldWithPasskey(() => DENY);
    world.store.lock();
    expect(await failureOf(world.get())).toEqual({ name: 'NotAllowedError', reason: 'denied' });
    expect(world.consent.kinds).toEqual(['unlock']);
    expect(world.store.calls.findByRpId).toBe(1);
  });

  it('ends the ceremony when it is still locked after the unlock stage', async () => {
    const { world } = await worldWithPasskey((shown) => approve(shown));
    world.store.lock();
    expect(await failureOf(world.get())).toEqual({
      name: 'NotAllowedError',
      reason: 'vault-locked',
    });
  });

  it('ends the ceremony when it locks while the window is up', async () => {
    const { world } = await worldWithPasskey((shown) => {
      world.store.lock();
      return approve(shown);
    });
    expect(await failureOf(world.get())).toEqual({
      name: 'NotAllowedError',
      reason: 'vault-locked',
    });
    world.store.unlock();
    expect(await failureOf(world.create())).toEqual({
      name: 'NotAllowedError',
      reason: 'vault-locked',
    });
  });
});

describe('what is shown is what is signed', () => {
  it.each(['00'.repeat(32), '', 'x'])(
    'refuses an answer to a prompt with the hash %j',
    async (promptHash) => {
      const { world } = await worldWithPasskey((shown) => approve(shown, { promptHash }));
      expect((await failureOf(world.get())).reason).toBe('approval-mismatch');
      expect((await failureOf(world.create())).reason).toBe('approval-mismatch');
      expect(world.store.calls).toMatchObject({ save: 1, openPrivateKey: 0 });
    },
  );

  it('takes no unlocking and no acknowledgement for another prompt', async () => {
    const { world } = await worldWithPasskey((shown) => {
      world.store.unlock();
      return approve(shown, { promptHash: '00'.repeat(32) });
    });
    world.store.lock();
    expect((await failureOf(world.get())).reason).toBe('approval-mismatch');
    const nothing = requestOptions({ rpId: 'login.bank.example' });
    expect((await failureOf(world.get(nothing))).reason).toBe('approval-mismatch');
  });

  it('refuses the answer to an earlier stage of the same ceremony', async () => {
    const hashes: string[] = [];
    const { world } = await worldWithPasskey((shown, count) => {
      hashes.push(shown.promptHash);
      return count === 0 ? WRONG_PASSWORD : approve(shown, { promptHash: hashes[0] ?? '' });
    });
    expect((await failureOf(world.get())).reason).toBe('approval-mismatch');
  });

  it('refuses the answer to another ceremony with the same options', async () => {
    const hashes: string[] = [];
    const { world } = await worldWithPasskey((shown) => {
      hashes.push(shown.promptHash);
      return approve(shown, { promptHash: hashes[0] ?? '' });
    });
    await world.get();
    expect((await failureOf(world.get())).reason).toBe('approval-mismatch');
  });

  it('is not moved when the options change after the call', async () => {
    const world = new CeremonyWorld();
    const options = creationOptions();
    const creating = world.create(options);
    Object.assign(options, { challenge: 'AAAA', rp: { id: 'evil.example', name: 'Evil' } });
    const response = await creating;
    expect(fromUtf8(fromBase64Url(response.response.clientDataJSON))).toContain(CHALLENGE);
    expect(world.store.sources[0]?.rpId).toBe('bank.example');
  });
});
