// Parsers of the webauthn room: what a page or an authenticator says.
// SPDX-License-Identifier: MIT

import { toBase64Url } from '../../../../src/shared/bytes.ts';
import { encodeCoseKey } from '../../../../src/main/codec/cose.ts';
import {
  encodeAttestationObject,
  parseAttestationObject,
} from '../../../../src/main/webauthn/attestation-object.ts';
import {
  encodeAuthenticatorData,
  hashRpId,
  parseAuthenticatorData,
} from '../../../../src/main/webauthn/authenticator-data.ts';
import {
  parseCreationOptions,
  parseRequestOptions,
} from '../../../../src/main/webauthn/options-json.ts';
import { Dice } from '../../dice.ts';
import { bytesTarget, type FuzzTarget, jsonTarget } from '../fuzz-target.ts';

const dice = new Dice('fuzz seeds: webauthn');
const key = { kty: 'EC2', algorithm: 'ES256', x: dice.bytes(32), y: dice.bytes(32) } as const;

const attested = encodeAuthenticatorData({
  rpIdHash: hashRpId('login.example'),
  userPresent: true,
  userVerified: true,
  backupEligible: true,
  backupState: false,
  signCount: 0,
  attestedCredentialData: {
    aaguid: dice.bytes(16),
    credentialId: dice.bytes(32) as never,
    credentialPublicKey: key,
  },
  extensions: new Map([['credProtect', 3]]),
});

const creation = {
  rp: { id: 'login.example', name: 'Example' },
  user: { id: toBase64Url(dice.bytes(16)), name: 'ida', displayName: 'Ida Example' },
  challenge: toBase64Url(dice.bytes(32)),
  pubKeyCredParams: [
    { type: 'public-key', alg: -7 },
    { type: 'public-key', alg: -257 },
  ],
  timeout: 60_000,
  excludeCredentials: [
    { type: 'public-key', id: toBase64Url(dice.bytes(32)), transports: ['usb'] },
  ],
  authenticatorSelection: {
    residentKey: 'required',
    requireResidentKey: true,
    userVerification: 'required',
  },
  extensions: { credProps: true },
};

const request = {
  challenge: toBase64Url(dice.bytes(32)),
  timeout: 60_000,
  rpId: 'login.example',
  allowCredentials: [{ type: 'public-key', id: toBase64Url(dice.bytes(32)) }],
  userVerification: 'preferred',
};

export const webauthnTargets: readonly FuzzTarget[] = [
  bytesTarget({
    name: 'authenticator data',
    seeds: [attested, attested.subarray(0, 37)],
    tokens: [encodeCoseKey(key)],
    parse: parseAuthenticatorData,
  }),
  bytesTarget({
    name: 'attestation object',
    seeds: [encodeAttestationObject({ fmt: 'none', authData: attested })],
    parse: parseAttestationObject,
  }),
  jsonTarget({ name: 'creation options JSON', seeds: [creation], parse: parseCreationOptions }),
  jsonTarget({ name: 'request options JSON', seeds: [request], parse: parseRequestOptions }),
];
