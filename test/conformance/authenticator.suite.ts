// What every Authenticator must do behind the client's interface: the software authenticator now, security keys
// through CTAP later. Checked through its bytes and through node:crypto, not through its own code's word.
// SPDX-License-Identifier: MIT

import { createPublicKey, verify } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeSubjectPublicKeyInfo } from '../../src/main/codec/der.ts';
import { parseAttestationObject } from '../../src/main/webauthn/attestation-object.ts';
import { hashRpId, parseAuthenticatorData } from '../../src/main/webauthn/authenticator-data.ts';
import type {
  Authenticator,
  GetAssertionRequest,
  MakeCredentialRequest,
} from '../../src/main/webauthn/authenticator.ts';
import { AuthorizationGestures } from '../../src/main/webauthn/authorization-gestures.ts';
import { hashClientData } from '../../src/main/webauthn/client-data.ts';
import type { CredentialId } from '../../src/shared/brand.ts';
import { concatBytes, toBase64Url, toUtf8 } from '../../src/shared/bytes.ts';
import { approve, DENY, ScriptedConsent, type Script } from '../support/scripted-consent.ts';
import { failureOf } from '../support/ceremony-world.ts';

const HASH = hashClientData(toUtf8('client data'));

export const MAKE: MakeCredentialRequest = {
  hash: HASH,
  rpEntity: { id: 'bank.example', name: 'Bank' },
  userEntity: { id: toUtf8('user-1'), name: 'anna', displayName: 'Anna Klein' },
  requireResidentKey: true,
  requireUserVerification: true,
  credTypesAndPubKeyAlgs: [{ type: 'public-key', alg: -7 }],
  excludeCredentialDescriptorList: [],
};

export const GET: GetAssertionRequest = {
  rpId: 'bank.example',
  hash: HASH,
  allowCredentialDescriptorList: null,
  requireUserVerification: true,
};

/** Gestures of a person who follows `script`; the consent is returned to look into afterwards. */
export async function gesturesOf(
  script?: Script,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ gestures: AuthorizationGestures; consent: ScriptedConsent }> {
  const consent = new ScriptedConsent(script);
  const facts = {
    sessionId: '00'.repeat(16),
    source: 'test-site',
    origin: 'https://bank.example',
    expiresAt: 1_000_000,
    signal,
  } as const;
  const session = await consent.open(facts);
  return { gestures: new AuthorizationGestures({ ...facts, session }), consent };
}

export function authenticatorSuite(
  name: string,
  open: () => Authenticator | Promise<Authenticator>,
): void {
  describe(`${name} as an Authenticator`, () => {
    let authenticator: Authenticator;
    beforeEach(async () => {
      authenticator = await open();
    });

    async function make(changes: Partial<MakeCredentialRequest> = {}, script?: Script) {
      const { gestures } = await gesturesOf(script);
      const made = await authenticator.makeCredential({ ...MAKE, ...changes }, gestures);
      const data = parseAuthenticatorData(parseAttestationObject(made.attestationObject).authData);
      if (data.attestedCredentialData === null) throw new Error('no attested credential data');
      return { data, attested: data.attestedCredentialData };
    }

    async function get(changes: Partial<GetAssertionRequest> = {}, script?: Script) {
      const { gestures } = await gesturesOf(script);
      return authenticator.getAssertion({ ...GET, ...changes }, gestures);
    }

    it('makes a credential for the RP ID, with its AAGUID, present and verified', async () => {
      const { data, attested } = await make();
      expect(data).toMatchObject({
        rpIdHash: hashRpId('bank.example'),
        userPresent: true,
        userVerified: true,
        extensions: null,
      });
      expect(attested.aaguid).toEqual(authenticator.aaguid);
      expect(attested.credentialId.length).toBeGreaterThanOrEqual(16);
    });

    it('signs authenticatorData ‖ hash with the key that it showed', async () => {
      const { attested } = await make();
      const assertion = await get();
      const spki = encodeSubjectPublicKeyInfo(attested.credentialPublicKey);
      const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
      const message = concatBytes(assertion.authenticatorData, HASH);
      expect(verify('sha256', message, key, assertion.signature)).toBe(true);
      expect(assertion.credentialId).toEqual(attested.credentialId);
      expect(assertion.userHandle).toEqual(MAKE.userEntity.id);
    });

    it('keeps BE and BS of a credential as they were made', async () => {
      const { data } = await make();
      const assertion = parseAuthenticatorData((await get()).authenticatorData);
      expect(assertion.backupEligible).toBe(data.backupEligible);
      expect(assertion.backupState).toBe(data.backupState);
      expect(assertion.attestedCredentialData).toBeNull();
    });

    it('makes another credential each time', async () => {
      const first = await make();
      const second = await make();
      expect(toBase64Url(first.attested.credentialId)).not.toBe(
        toBase64Url(second.attested.credentialId),
      );
      expect(first.attested.credentialPublicKey.x).not.toEqual(
        second.attested.credentialPublicKey.x,
      );
    });

    it('never sets UV when the request did not verify the user', async () => {
      const { data } = await make({ requireUserVerification: false });
      const assertion = await get({ requireUserVerification: false });
      expect(data.userVerified).toBe(false);
      expect(parseAuthenticatorData(assertion.authenticatorData)).toMatchObject({
        userPresent: true,
        userVerified: false,
      });
    });

    it('asserts for its own RP ID only', async () => {
      await make();
      for (const rpId of [
        'login.bank.example',
        'example',
        'BANK.EXAMPLE',
        'bank.example.evil.site',
      ]) {
        expect(await failureOf(get({ rpId }))).toMatchObject({ name: 'NotAllowedError' });
      }
    });

    it('asserts with an allowed credential only', async () => {
      const { attested } = await make();
      const other = {
        type: 'public-key',
        id: new Uint8Array(32) as Uint8Array as CredentialId,
      } as const;
      const own = { type: 'public-key', id: attested.credentialId } as const;
      expect(await failureOf(get({ allowCredentialDescriptorList: [other] }))).toMatchObject({
        name: 'NotAllowedError',
      });
      expect(await failureOf(get({ allowCredentialDescriptorList: [] }))).toMatchObject({
        name: 'NotAllowedError',
      });
      const assertion = await get({ allowCredentialDescriptorList: [other, own] });
      expect(assertion.credentialId).toEqual(attested.credentialId);
    });

    it('answers an excluded credential with InvalidStateError after consent, NotAllowedError without', async () => {
      const { attested } = await make();
      const excludeCredentialDescriptorList = [
        { type: 'public-key', id: attested.credentialId } as const,
      ];
      const failures = [
        await failureOf(make({ excludeCredentialDescriptorList })),
        await failureOf(make({ excludeCredentialDescriptorList }, () => DENY)),
      ];
      expect(failures.map(({ name: failure }) => failure)).toEqual([
        'InvalidStateError',
        'NotAllowedError',
      ]);
    });

    it('does not count a credential of another RP ID as excluded', async () => {
      const { attested } = await make();
      const made = await make({
        rpEntity: { id: 'other.example', name: 'Other' },
        excludeCredentialDescriptorList: [{ type: 'public-key', id: attested.credentialId }],
      });
      expect(made.data.rpIdHash).toEqual(hashRpId('other.example'));
    });

    it.each<[string, Script]>([
      ['denied', () => DENY],
      ['an answer to another prompt', (shown) => approve(shown, { promptHash: '00'.repeat(32) })],
    ])('neither makes nor uses a credential: %s', async (_, script) => {
      await make();
      expect(await failureOf(make({}, script))).toMatchObject({ name: 'NotAllowedError' });
      expect(await failureOf(get({}, script))).toMatchObject({ name: 'NotAllowedError' });
    });

    it.each([
      [
        'NotSupportedError',
        { credTypesAndPubKeyAlgs: [{ type: 'public-key', alg: -65535 } as const] },
      ],
      ['UnknownError', { credTypesAndPubKeyAlgs: [] }],
      ['UnknownError', { hash: HASH.slice(1) as Uint8Array as typeof HASH }],
      ['UnknownError', { userEntity: { ...MAKE.userEntity, id: new Uint8Array(65) } }],
      ['UnknownError', { userEntity: { ...MAKE.userEntity, id: new Uint8Array() } }],
      ['UnknownError', { rpEntity: { id: '', name: 'x' } }],
    ])('fails with %s before it asks: %j', async (expected, changes) => {
      const { gestures, consent } = await gesturesOf();
      const failure = await failureOf(
        authenticator.makeCredential({ ...MAKE, ...changes }, gestures),
      );
      expect(failure.name).toBe(expected);
      expect(consent.prompts).toEqual([]);
    });
  });
}
