// The software authenticator: the two operations of WebAuthn Level 3, section 6.3, bound to the vault's ports.
// Passkeys made here are discoverable, ES256 so far, and meant to be synced.
// SPDX-License-Identifier: MIT

import { fromHex } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { COSE_ALGORITHMS } from '../codec/cose.ts';
import type { RandomSource } from '../crypto/random.ts';
import type {
  Authenticator,
  CredentialStore,
  GetAssertionRequest,
  GetAssertionResponse,
  MakeCredentialRequest,
  MakeCredentialResponse,
  VaultGate,
} from './authenticator.ts';
import type { AuthorizationGestures } from './authorization-gestures.ts';
import { getAssertion } from './get-assertion.ts';
import { makeCredential } from './make-credential.ts';

/** b8dea619-e4be-4519-9cf3-7d425811e8c0: a random UUID, Latchkey's own for ever. */
export const LATCHKEY_AAGUID: Uint8Array = fromHex('b8dea619e4be45199cf37d425811e8c0');

export interface SoftwareAuthenticatorPorts {
  readonly store: CredentialStore;
  readonly gate: VaultGate;
  readonly random: RandomSource;
  readonly clock: Clock;
}

export class SoftwareAuthenticator implements Authenticator {
  readonly aaguid = LATCHKEY_AAGUID;
  readonly attachment = 'platform';
  readonly transports = ['internal'];
  readonly algorithms = Object.values(COSE_ALGORITHMS).map(({ identifier }) => identifier);
  readonly storesDiscoverableCredentials = true;
  readonly verifiesUsers = true;
  readonly #ports: SoftwareAuthenticatorPorts;

  constructor(ports: SoftwareAuthenticatorPorts) {
    this.#ports = ports;
  }

  makeCredential(
    request: MakeCredentialRequest,
    gestures: AuthorizationGestures,
  ): Promise<MakeCredentialResponse> {
    return makeCredential({ ...this.#ports, aaguid: this.aaguid }, request, gestures);
  }

  getAssertion(
    request: GetAssertionRequest,
    gestures: AuthorizationGestures,
  ): Promise<GetAssertionResponse> {
    return getAssertion(this.#ports, request, gestures);
  }
}
