// The test vectors of WebAuthn Level 3, section 16 ("ES256 Credential with No Attestation"), byte for byte.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { fromUncompressedPoint } from '../../../src/main/codec/cose.ts';
import { fromRawSecret, signMessage } from '../../../src/main/crypto/signing-key.ts';
import {
  encodeAttestationObject,
  parseAttestationObject,
} from '../../../src/main/webauthn/attestation-object.ts';
import {
  encodeAuthenticatorData,
  parseAuthenticatorData,
} from '../../../src/main/webauthn/authenticator-data.ts';
import { hashRpId } from '../../../src/main/webauthn/authenticator-data.ts';
import { encodeClientData, hashClientData } from '../../../src/main/webauthn/client-data.ts';
import type { CredentialId } from '../../../src/shared/brand.ts';
import { concatBytes, fromHex, fromUtf8, toHex } from '../../../src/shared/bytes.ts';
import { NOT_PRESENT, readJsonVectors } from '../../support/vectors.ts';

interface Section {
  readonly id: string;
  readonly blocks: readonly Readonly<Record<string, string>>[];
}

const sections = readJsonVectors('webauthn', 'w3c-webauthn-l3-test-vectors.json') as
  readonly Section[] | null;

function blocksOf(id: string): (key: string) => Uint8Array[] {
  const blocks = sections?.find((section) => section.id === id)?.blocks ?? [];
  return (key) => blocks.map((block) => fromHex(block[key] ?? ''));
}

/** The first bit decides, as the section's notes on generation say. */
const isSet = (bytes: Uint8Array | undefined, bit: number): boolean =>
  ((bytes?.[0] ?? 0) & bit) !== 0;

describe.skipIf(sections === null)(`WebAuthn test vectors (or: ${NOT_PRESENT})`, () => {
  const values = blocksOf('sctn-test-vectors-none-es256');
  const [registrationClientData, authenticationClientData] = values('clientDataJSON');
  const secret = (): Uint8Array => Uint8Array.from(values('credential_private_key')[0] ?? []);

  it('makes the registration: attestation object from private key, credential id and AAGUID', () => {
    const { publicKey } = fromRawSecret('ES256', secret());
    const [flags] = values('auth_data_UV_BE_BS');
    const backupEligible = isSet(flags, 0x08);
    const authData = encodeAuthenticatorData({
      rpIdHash: hashRpId('example.org'),
      userPresent: true,
      userVerified: isSet(flags, 0x04),
      backupEligible,
      backupState: backupEligible && isSet(flags, 0x10),
      signCount: 0,
      attestedCredentialData: {
        aaguid: values('aaguid')[0] ?? new Uint8Array(),
        credentialId: (values('credential_id')[0] ?? new Uint8Array()) as CredentialId,
        credentialPublicKey: fromUncompressedPoint('ES256', publicKey),
      },
      extensions: null,
    });
    const made = encodeAttestationObject({ fmt: 'none', authData });
    expect(toHex(made)).toBe(toHex(values('attestationObject')[0] ?? new Uint8Array()));
  });

  it('makes the authentication: client data, authenticator data and signature', () => {
    const { privateKey } = fromRawSecret('ES256', secret());
    const clientDataJSON = encodeClientData({
      type: 'webauthn.get',
      challenge: values('challenge')[1] ?? new Uint8Array(),
      origin: 'https://example.org',
      crossOrigin: false,
    });
    expect(fromUtf8(clientDataJSON)).toBe(fromUtf8(authenticationClientData ?? new Uint8Array()));

    const [, flags] = values('auth_data_UV_BS');
    const authenticatorData = encodeAuthenticatorData({
      rpIdHash: hashRpId('example.org'),
      userPresent: true,
      userVerified: isSet(flags, 0x04),
      backupEligible: true,
      backupState: isSet(flags, 0x10),
      signCount: 0,
      attestedCredentialData: null,
      extensions: null,
    });
    expect(toHex(authenticatorData)).toBe(
      toHex(values('authenticatorData')[1] ?? new Uint8Array()),
    );

    const message = concatBytes(authenticatorData, hashClientData(clientDataJSON));
    expect(toHex(signMessage('ES256', privateKey, message))).toBe(
      toHex(values('signature')[1] ?? new Uint8Array()),
    );
  });

  it('writes the client data that limited verification compares, before any member of the future', () => {
    const challenge = values('challenge')[0] ?? new Uint8Array();
    const ours = fromUtf8(
      encodeClientData({
        type: 'webauthn.create',
        challenge,
        origin: 'https://example.org',
        crossOrigin: false,
      }),
    );
    const theirs = fromUtf8(registrationClientData ?? new Uint8Array());
    expect(theirs.startsWith(`${ours.slice(0, -1)},"extraData":`)).toBe(true);
  });

  it('reads the registration back into the same bytes', () => {
    const [object = new Uint8Array()] = values('attestationObject');
    const { authData } = parseAttestationObject(object);
    const again = encodeAuthenticatorData(parseAuthenticatorData(authData));
    expect(toHex(encodeAttestationObject({ fmt: 'none', authData: again }))).toBe(toHex(object));
  });

  it('signs the assertions of the other ES256 sections as they do', () => {
    const ids = ['packed-self-es256', 'packed-es256'];
    const compared = ids.map((id) => {
      const of = blocksOf(`sctn-test-vectors-${id}`);
      const { privateKey } = fromRawSecret(
        'ES256',
        Uint8Array.from(of('credential_private_key')[0] ?? []),
      );
      const hash = hashClientData(of('clientDataJSON')[1] ?? new Uint8Array());
      const message = concatBytes(of('authenticatorData')[1] ?? new Uint8Array(), hash);
      return [
        toHex(signMessage('ES256', privateKey, message)),
        toHex(of('signature')[1] ?? new Uint8Array()),
      ];
    });
    expect(compared.map(([ours]) => ours)).toEqual(compared.map(([, theirs]) => theirs));
  });
});
