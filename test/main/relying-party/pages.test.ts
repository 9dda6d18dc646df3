// @vitest-environment jsdom
// The adapter that stands in for navigator.credentials on the site's page, and what the page says of failures.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import {
  bridgedCredentials,
  type BridgeCall,
} from '../../../src/main/relying-party/pages/bridge-credentials.ts';
import { describeFailure } from '../../../src/main/relying-party/pages/sentences.ts';
import { SiteRefusal } from '../../../src/main/relying-party/pages/site-api.ts';
import { CeremonyWorld, failureOf } from '../../support/ceremony-world.ts';
import { WebAuthnError } from '../../../src/main/webauthn/webauthn-error.ts';

const ORIGIN = 'https://bank.example';
const challenge = Uint8Array.of(0xfb, 0xff, 1).buffer;
const CREATION: PublicKeyCredentialCreationOptions = {
  rp: { id: 'bank.example', name: 'Bank' },
  user: { id: new Uint8Array([9, 1, 2, 9]).subarray(1, 3), name: 'anna', displayName: 'Anna' },
  challenge,
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  excludeCredentials: [{ type: 'public-key', id: new DataView(new ArrayBuffer(2)) }],
  extensions: { credProps: true },
};

/** The bridge with our own client behind it, as the server's route has it. */
function bridgeTo(world: CeremonyWorld): BridgeCall {
  return async (operation, options, signal) => {
    try {
      const json: unknown = JSON.parse(JSON.stringify(options));
      const credential = await world[operation](json, ORIGIN, signal);
      return { ok: true, credential };
    } catch (error) {
      if (!(error instanceof WebAuthnError)) throw error;
      return { ok: false, name: error.domExceptionName };
    }
  };
}

const bytes = (value: unknown): number[] => [...new Uint8Array(value as ArrayBuffer)];

describe('bridgedCredentials', () => {
  it('sends options in their JSON form: every kind of BufferSource as base64url', async () => {
    const sent: unknown[] = [];
    const credentials = bridgedCredentials((operation, options) => {
      sent.push([operation, options]);
      return Promise.resolve({ ok: false, name: 'NotAllowedError' });
    });
    await expect(credentials.create({ publicKey: CREATION })).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    expect(sent).toEqual([
      [
        'create',
        {
          rp: { id: 'bank.example', name: 'Bank' },
          user: { id: 'AQI', name: 'anna', displayName: 'Anna' },
          challenge: '-_8B',
          pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
          excludeCredentials: [{ type: 'public-key', id: 'AAA' }],
          extensions: { credProps: true },
        },
      ],
    ]);
  });

  it('returns what a page gets from a browser', async () => {
    const credentials = bridgedCredentials(bridgeTo(new CeremonyWorld()));
    const created = await credentials.create({
      publicKey: { ...CREATION, excludeCredentials: [] },
    });
    const attestation = created.response as AuthenticatorAttestationResponse;
    expect(created).toMatchObject({ type: 'public-key', authenticatorAttachment: 'platform' });
    expect(created.rawId).toBeInstanceOf(ArrayBuffer);
    expect(created.rawId.byteLength).toBe(32);
    expect(created.getClientExtensionResults()).toEqual({ credProps: { rk: true } });
    expect(attestation.getTransports()).toEqual(['internal']);
    expect(attestation.getPublicKeyAlgorithm()).toBe(-7);
    expect(bytes(attestation.getPublicKey()).length).toBe(91);
    expect(bytes(attestation.getAuthenticatorData()).length).toBe(164);
    expect(new TextDecoder().decode(attestation.clientDataJSON)).toContain('"challenge":"-_8B"');
    expect(created.toJSON()).toMatchObject({
      id: created.id,
      response: { transports: ['internal'] },
    });

    const got = await credentials.get({ publicKey: { rpId: 'bank.example', challenge } });
    const assertion = got.response as AuthenticatorAssertionResponse;
    expect(got.id).toBe(created.id);
    expect(bytes(assertion.userHandle)).toEqual([1, 2]);
    expect(bytes(assertion.authenticatorData).length).toBe(37);
    expect(bytes(assertion.signature)[0]).toBe(0x30);
    expect(got.toJSON()).toMatchObject({ response: { userHandle: 'AQI' } });
  });

  it.each([
    'NotAllowedError',
    'SecurityError',
    'InvalidStateError',
    'NotSupportedError',
    'AbortError',
    'UnknownError',
  ])('throws a DOMException named %s', async (name) => {
    const credentials = bridgedCredentials(() => Promise.resolve({ ok: false, name }));
    const asked = credentials.get({ publicKey: { challenge } });
    await expect(asked).rejects.toBeInstanceOf(DOMException);
    await expect(asked).rejects.toMatchObject({ name });
  });

  it('throws a TypeError as such', async () => {
    const credentials = bridgedCredentials(bridgeTo(new CeremonyWorld()));
    const asked = credentials.get({ publicKey: { challenge: new ArrayBuffer(0) } });
    await expect(asked).rejects.toBeInstanceOf(TypeError);
  });

  it('does not ask when the signal is aborted already, and passes it on when it is not', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const credentials = bridgedCredentials((_operation, _options, signal) => {
      signals.push(signal);
      return Promise.resolve({ ok: false, name: 'AbortError' });
    });
    const publicKey = { challenge };
    const controller = new AbortController();
    await expect(credentials.get({ publicKey, signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(signals).toEqual([controller.signal]);
    controller.abort();
    await expect(credentials.get({ publicKey, signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(signals.length).toBe(1);
  });

  it('bridges nothing but public key credentials', async () => {
    const credentials = bridgedCredentials(() => Promise.reject(new Error('asked')));
    await expect(credentials.get({})).rejects.toMatchObject({ name: 'NotSupportedError' });
  });
});

describe('describeFailure', () => {
  const site = { rpId: 'bank.localhost', host: 'bank-secure.localhost' };

  it.each<[unknown, string, RegExp]>([
    [
      new DOMException('', 'SecurityError'),
      'SecurityError',
      /bank-secure\.localhost .* bank\.localhost\.$/,
    ],
    [new DOMException('', 'NotAllowedError'), 'NotAllowedError', /declined/],
    [new DOMException('', 'InvalidStateError'), 'InvalidStateError', /already/],
    [new DOMException('', 'SomethingNew'), 'SomethingNew', /failed/],
    [new TypeError('Failed to fetch'), 'NetworkError', /does not answer/],
    [new TypeError('The options are not valid.'), 'TypeError', /make sense/],
    [new SiteRefusal('name-taken'), 'name-taken', /taken/],
    [new SiteRefusal('something-new'), 'something-new', /said no/],
    ['text', 'UnknownError', /went wrong/],
  ])('says %s as %s', (error, name, sentence) => {
    const ending = describeFailure(error, site);
    expect(ending.name).toBe(name);
    expect(ending.sentence).toMatch(sentence);
  });

  it('has the names that our client throws', async () => {
    const failure = await failureOf(new CeremonyWorld().get({}));
    expect(describeFailure(new DOMException('', failure.name ?? ''), site).sentence).toMatch(
      /make sense/,
    );
  });
});
