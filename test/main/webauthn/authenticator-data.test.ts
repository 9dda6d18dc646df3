// SPDX-License-Identifier: MIT

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodecError } from '../../../src/main/codec/codec-error.ts';
import { fromUncompressedPoint } from '../../../src/main/codec/cose.ts';
import {
  encodeAuthenticatorData,
  hashRpId,
  parseAuthenticatorData,
  type AuthenticatorData,
} from '../../../src/main/webauthn/authenticator-data.ts';
import type { CredentialId } from '../../../src/shared/brand.ts';
import { fromHex, toHex } from '../../../src/shared/bytes.ts';

const PLAIN: AuthenticatorData = {
  rpIdHash: hashRpId('example.org'),
  userPresent: true,
  userVerified: false,
  backupEligible: false,
  backupState: false,
  signCount: 0,
  attestedCredentialData: null,
  extensions: null,
};
const HASH = 'bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b5';
const POINT = fromHex(`04${'11'.repeat(32)}${'22'.repeat(32)}`);

function attested(idLength: number): AuthenticatorData {
  return {
    ...PLAIN,
    attestedCredentialData: {
      aaguid: new Uint8Array(16).fill(0xaa),
      credentialId: new Uint8Array(idLength).fill(0xcc) as Uint8Array as CredentialId,
      credentialPublicKey: fromUncompressedPoint('ES256', POINT),
    },
  };
}

describe('encodeAuthenticatorData', () => {
  it.each([
    [{}, '01'],
    [{ userPresent: false }, '00'],
    [{ userVerified: true }, '05'],
    [{ backupEligible: true }, '09'],
    [{ backupEligible: true, backupState: true }, '19'],
    [{ extensions: new Map([['a', 1]]) }, '81'],
  ])('writes the flags of %j as %s', (changes, flags) => {
    const hex = toHex(encodeAuthenticatorData({ ...PLAIN, ...changes }));
    expect(hex.slice(0, 74)).toBe(`${HASH}${flags}00000000`);
  });

  it('writes the counter big-endian', () => {
    const hex = toHex(encodeAuthenticatorData({ ...PLAIN, signCount: 0x01020304 }));
    expect(hex).toBe(`${HASH}0101020304`);
  });

  it.each([
    ['backup state without eligibility', { ...PLAIN, backupState: true }],
    ['a credential id of 1024 bytes', attested(1024)],
    [
      'a short AAGUID',
      {
        ...PLAIN,
        attestedCredentialData: {
          aaguid: new Uint8Array(15),
          credentialId: new Uint8Array(16) as Uint8Array as CredentialId,
          credentialPublicKey: fromUncompressedPoint('ES256', POINT),
        },
      },
    ],
  ])('refuses %s', (_, data) => {
    expect(() => encodeAuthenticatorData(data)).toThrow(CodecError);
  });
});

describe('parseAuthenticatorData', () => {
  it('gives back all that was written', () => {
    const flag = fc.boolean();
    const arbitrary = fc.record({
      userPresent: flag,
      userVerified: flag,
      backup: fc.constantFrom([false, false], [true, false], [true, true]),
      signCount: fc.nat(0xffff_ffff),
      idLength: fc.option(fc.integer({ min: 0, max: 1023 })),
      extensions: fc.option(fc.constant(new Map([['credProtect', 2]]))),
    });
    fc.assert(
      fc.property(arbitrary, ({ backup, idLength, ...rest }) => {
        const [backupEligible = false, backupState = false] = backup;
        const base = idLength === null ? PLAIN : attested(idLength);
        const data = { ...base, ...rest, backupEligible, backupState };
        expect(parseAuthenticatorData(encodeAuthenticatorData(data))).toEqual(data);
      }),
    );
  });

  const whole = toHex(encodeAuthenticatorData(attested(32)));
  it.each([
    ['nothing', ''],
    ['36 bytes', `${HASH}01000000`],
    ['bytes left over', `${HASH}010000000000`],
    ['bytes left over after attested data', `${whole}00`],
    ['reserved bit 1', `${HASH}0300000000`],
    ['reserved bit 5', `${HASH}2100000000`],
    ['BS without BE', `${HASH}1100000000`],
    ['AT without data', `${HASH}4100000000`],
    ['attested data cut in the key', whole.slice(0, -2)],
    ['attested data cut in the id', whole.slice(0, 120)],
    ['a credential id longer than the rest', whole.replace('aa0020cc', 'aaffffcc')],
    ['ED without extensions', `${HASH}8100000000`],
    ['extensions that are no map', `${HASH}810000000000`],
    ['extensions that are not canonical', `${HASH}8100000000a2616201616101`],
  ])('refuses %s', (_, hex) => {
    expect(() => parseAuthenticatorData(fromHex(hex))).toThrow(CodecError);
  });

  it('throws nothing but CodecError on noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 30, maxLength: 200 }), (bytes) => {
        try {
          parseAuthenticatorData(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(CodecError);
        }
      }),
    );
  });
});
