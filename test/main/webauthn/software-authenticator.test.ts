// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import type { MakeCredentialRequest } from '../../../src/main/webauthn/authenticator.ts';
import { LATCHKEY_AAGUID } from '../../../src/main/webauthn/software-authenticator.ts';
import { toBase64Url, toHex } from '../../../src/shared/bytes.ts';
import {
  authenticatorSuite,
  gesturesOf,
  GET,
  MAKE,
} from '../../conformance/authenticator.suite.ts';
import { CeremonyWorld, failureOf } from '../../support/ceremony-world.ts';
import { approve } from '../../support/scripted-consent.ts';

authenticatorSuite('SoftwareAuthenticator', () => new CeremonyWorld().authenticator);

describe('LATCHKEY_AAGUID', () => {
  it('is a random UUID, version 4', () => {
    expect(toHex(LATCHKEY_AAGUID)).toMatch(/^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  });
});

describe('SoftwareAuthenticator', () => {
  it('makes synced passkeys: BE set, BS not yet, counter zero, before and after use', async () => {
    const world = new CeremonyWorld();
    await world.authenticator.makeCredential(MAKE, (await gesturesOf()).gestures);
    const before = world.store.sources;
    await world.authenticator.getAssertion(GET, (await gesturesOf()).gestures);
    expect(world.store.sources).toEqual(before);
    expect(before).toEqual([
      expect.objectContaining({
        backupEligible: true,
        backupState: false,
        signCount: 0,
        createdAt: world.clock.now(),
      }),
    ]);
  });

  it('keeps a second passkey of the same account beside the first', async () => {
    const world = new CeremonyWorld();
    for (let count = 0; count < 2; count += 1) {
      await world.authenticator.makeCredential(MAKE, (await gesturesOf()).gestures);
    }
    const ids = new Set(world.store.sources.map(({ id }) => toBase64Url(id)));
    expect(ids.size).toBe(2);
    expect(world.store.sources.map(({ id }) => id.length)).toEqual([32, 32]);
  });

  it('shows how many passkeys the RP ID has already', async () => {
    const world = new CeremonyWorld();
    const existing = [];
    for (let count = 0; count < 3; count += 1) {
      const { gestures, consent } = await gesturesOf();
      await world.authenticator.makeCredential(MAKE, gestures);
      existing.push(
        consent.prompts.map((prompt) => (prompt.kind === 'create' ? prompt.existing : null)),
      );
    }
    expect(existing).toEqual([[0], [1], [2]]);
  });

  it('takes the first algorithm in the relying party’s order that it supports', async () => {
    const world = new CeremonyWorld();
    const { gestures, consent } = await gesturesOf();
    const credTypesAndPubKeyAlgs = [-8, -257, -7].map(
      (alg) => ({ type: 'public-key', alg }) as const,
    );
    await world.authenticator.makeCredential({ ...MAKE, credTypesAndPubKeyAlgs }, gestures);
    expect(consent.prompts).toEqual([
      expect.objectContaining({ kind: 'create', algorithm: 'ES256' }),
    ]);
  });

  it('keeps nothing when the store fails', async () => {
    const world = new CeremonyWorld();
    world.store.failsNextSave = true;
    const making = world.authenticator.makeCredential(MAKE, (await gesturesOf()).gestures);
    await expect(making).rejects.toMatchObject({ code: 'vault/write-failed' });
    expect(world.store.sources).toEqual([]);
  });

  it.each<[string, (request: MakeCredentialRequest) => void]>([
    ['the RP ID', (request) => Object.assign(request.rpEntity, { id: 'evil.example' })],
    ['the RP’s name', (request) => Object.assign(request.rpEntity, { name: 'Evil' })],
    ['the user name', (request) => Object.assign(request.userEntity, { name: 'eve' })],
    ['the display name', (request) => Object.assign(request.userEntity, { displayName: 'Eve' })],
    ['the client data', (request) => request.hash.fill(0)],
  ])('makes nothing when %s changed after it was shown', async (_, mutate) => {
    const world = new CeremonyWorld();
    const request = structuredClone(MAKE);
    const { gestures } = await gesturesOf((shown) => {
      mutate(request);
      return approve(shown);
    });
    const failure = await failureOf(world.authenticator.makeCredential(request, gestures));
    expect(failure).toEqual({ name: 'NotAllowedError', reason: 'approval-mismatch' });
    expect(world.store.calls.save).toBe(0);
  });

  it.each<[string, (request: { rpId: string; hash: Uint8Array }) => void]>([
    ['the RP ID', (request) => Object.assign(request, { rpId: 'evil.example' })],
    ['the client data', (request) => request.hash.fill(0)],
  ])('signs nothing when %s changed after it was shown', async (_, mutate) => {
    const world = new CeremonyWorld();
    await world.authenticator.makeCredential(MAKE, (await gesturesOf()).gestures);
    const request = structuredClone(GET);
    const { gestures } = await gesturesOf((shown) => {
      mutate(request);
      return approve(shown);
    });
    const failure = await failureOf(world.authenticator.getAssertion(request, gestures));
    expect(failure).toEqual({ name: 'NotAllowedError', reason: 'approval-mismatch' });
    expect(world.store.calls.openPrivateKey).toBe(0);
  });

  it('shows a prompt that nobody can change', async () => {
    const world = new CeremonyWorld();
    await world.authenticator.makeCredential(MAKE, (await gesturesOf()).gestures);
    const { gestures } = await gesturesOf((shown) => {
      expect(() => Object.assign(shown.prompt, { rpId: 'evil.example' })).toThrow(TypeError);
      const [account] = shown.prompt.kind === 'get' ? shown.prompt.accounts : [];
      expect(() => Object.assign(account ?? {}, { userName: 'eve' })).toThrow(TypeError);
      return approve(shown);
    });
    await world.authenticator.getAssertion(GET, gestures);
    expect.assertions(2);
  });

  it('signs for no account that was not offered', async () => {
    const world = new CeremonyWorld();
    await world.authenticator.makeCredential(MAKE, (await gesturesOf()).gestures);
    for (const credentialId of [null, '', toBase64Url(new Uint8Array(32))]) {
      const { gestures } = await gesturesOf((shown) => approve(shown, { credentialId }));
      const failure = await failureOf(world.authenticator.getAssertion(GET, gestures));
      expect(failure.reason).toBe('approval-mismatch');
    }
    expect(world.store.calls.openPrivateKey).toBe(0);
  });
});
