// Random ceremonies, verified by SimpleWebAuthn's server, which shares no code with ours.
// SPDX-License-Identifier: MIT

import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { describe, expect, it } from 'vitest';
import { LATCHKEY_AAGUID } from '../../../src/main/webauthn/software-authenticator.ts';
import { toBase64Url, toHex } from '../../../src/shared/bytes.ts';
import { CeremonyWorld } from '../../support/ceremony-world.ts';
import { flipInPlace } from '../../support/flipped-bits.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { approve } from '../../support/scripted-consent.ts';

interface Site {
  readonly origin: string;
  readonly rpID: string;
}

const CEREMONIES = 200;
const SITES: readonly [Site, ...Site[]] = [
  { origin: 'https://bank.example', rpID: 'bank.example' },
  { origin: 'https://login.bank.example:8443', rpID: 'bank.example' },
  { origin: 'http://localhost:5173', rpID: 'localhost' },
  { origin: 'http://login.bank.localhost:5173', rpID: 'bank.localhost' },
  { origin: 'https://xn--bcher-kva.example', rpID: 'xn--bcher-kva.example' },
];
const REQUIREMENTS = ['required', 'preferred', 'discouraged'] as const;

describe('ceremonies under SimpleWebAuthn', () => {
  it(`verifies ${CEREMONIES} random registrations, each with an authentication`, async () => {
    const random = seededRandom('simplewebauthn');
    const pick = <T>(values: readonly [T, ...T[]]): T =>
      values[(random.bytes(1)[0] ?? 0) % values.length] ?? values[0];
    const world = new CeremonyWorld('simplewebauthn/world');
    let verified = 0;
    for (let index = 0; index < CEREMONIES; index += 1) {
      const { origin, rpID } = pick(SITES);
      const userVerification = pick(REQUIREMENTS);
      const requireUserVerification = userVerification === 'required';
      const isLocked = pick([true, false]);
      const userID = random.bytes(1 + ((random.bytes(1)[0] ?? 0) % 64));

      if (isLocked) world.store.lock();
      const options = await generateRegistrationOptions({
        rpName: `Site ${index} “ü”`,
        rpID,
        userName: `user-${index}@example.org`,
        userID,
        attestationType: pick(['none', 'direct', 'enterprise']),
        authenticatorSelection: {
          userVerification,
          residentKey: pick(['required', 'preferred', 'discouraged']),
        },
      });
      const created = await world.create(options, origin);
      const registration = await verifyRegistrationResponse({
        response: created as unknown as RegistrationResponseJSON,
        expectedChallenge: options.challenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification,
      });
      if (!registration.verified) throw new Error('registration not verified');
      const { registrationInfo } = registration;
      expect(registrationInfo).toMatchObject({
        fmt: 'none',
        credentialDeviceType: 'multiDevice',
        credentialBackedUp: false,
        userVerified: isLocked || userVerification !== 'discouraged',
      });
      expect(registrationInfo.aaguid.replaceAll('-', '')).toBe(toHex(LATCHKEY_AAGUID));

      const isNamed = pick([true, false]);
      world.consent.script = (shown) =>
        approve(shown, { credentialId: shown.prompt.kind === 'get' ? created.id : null });
      const request = await generateAuthenticationOptions({
        rpID,
        userVerification,
        ...(isNamed ? { allowCredentials: [{ id: created.id }] } : {}),
      });
      const got = await world.get(request, origin);
      expect(got.response.userHandle).toBe(toBase64Url(userID));
      const authentication = await verifyAuthenticationResponse({
        response: got,
        expectedChallenge: request.challenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
        credential: registrationInfo.credential,
        requireUserVerification,
      });
      expect(authentication).toMatchObject({
        verified: true,
        authenticationInfo: { newCounter: 0 },
      });
      world.consent.script = (shown) => {
        if (shown.prompt.kind === 'unlock') world.store.unlock();
        return approve(shown);
      };
      verified += 1;
    }
    expect(verified).toBe(CEREMONIES);
    expect(world.store.sources.length).toBe(CEREMONIES);
  });

  it('is refused by it when one byte of the assertion changes', async () => {
    const world = new CeremonyWorld('tampered');
    const options = await generateRegistrationOptions({
      rpName: 'x',
      rpID: 'bank.example',
      userName: 'x',
    });
    const created = await world.create(options, 'https://bank.example');
    const { registrationInfo } = await verifyRegistrationResponse({
      response: created as unknown as RegistrationResponseJSON,
      expectedChallenge: options.challenge,
      expectedOrigin: 'https://bank.example',
      expectedRPID: 'bank.example',
    });
    if (registrationInfo === undefined) throw new Error('registration not verified');
    const request = await generateAuthenticationOptions({ rpID: 'bank.example' });
    const got = await world.get(request, 'https://bank.example');
    const data = Buffer.from(got.response.authenticatorData, 'base64url');
    flipInPlace(data, 36);
    const tampered = {
      ...got,
      response: { ...got.response, authenticatorData: data.toString('base64url') },
    };
    const result = await verifyAuthenticationResponse({
      response: tampered,
      expectedChallenge: request.challenge,
      expectedOrigin: 'https://bank.example',
      expectedRPID: 'bank.example',
      credential: registrationInfo.credential,
    });
    expect(result.verified).toBe(false);
  });
});
