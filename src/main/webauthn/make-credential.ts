// authenticatorMakeCredential (WebAuthn Level 3, section 6.3.2), step by step, over the ports of authenticator.ts.
// SPDX-License-Identifier: MIT

import type { CredentialId } from '../../shared/brand.ts';
import type { Clock } from '../../shared/clock.ts';
import { fromUncompressedPoint, toAlgorithmName, type CoseAlgorithmName } from '../codec/cose.ts';
import type { RandomSource } from '../crypto/random.ts';
import { generateSigningKey } from '../crypto/signing-key.ts';
import { encodeAttestationObject } from './attestation-object.ts';
import { encodeAuthenticatorData, hashRpId } from './authenticator-data.ts';
import type {
  CredentialStore,
  MakeCredentialRequest,
  MakeCredentialResponse,
  VaultGate,
} from './authenticator.ts';
import type { AuthorizationGestures, StageContent } from './authorization-gestures.ts';
import { findDescribed, type PublicKeyCredentialSource } from './credential-source.ts';
import type { PublicKeyCredentialParameters } from './options-json.ts';
import { offerUnlock } from './unlock-stage.ts';
import { WebAuthnError } from './webauthn-error.ts';

export interface MakeCredentialPorts {
  readonly store: CredentialStore;
  readonly gate: VaultGate;
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly aaguid: Uint8Array;
}

const CREDENTIAL_ID_BYTES = 32;

export async function makeCredential(
  ports: MakeCredentialPorts,
  request: MakeCredentialRequest,
  gestures: AuthorizationGestures,
): Promise<MakeCredentialResponse> {
  // 1. Are the parameters well-formed and of the correct length?
  assertWellFormed(request);
  // 2. Is at least one combination of type and algorithm supported?
  const algorithm = chooseAlgorithm(request.credTypesAndPubKeyAlgs);
  await offerUnlock(ports.gate, gestures, {
    operation: 'create',
    rpId: request.rpEntity.id,
    hash: request.hash,
  });
  const existing = await ports.store.findByRpId(request.rpEntity.id);
  // 3. Excluded credentials: only a person's acknowledgement makes the answer differ from a refusal.
  if (findDescribed(existing, request.excludeCredentialDescriptorList).length > 0) {
    await noticeAlreadyRegistered(request, gestures);
  }
  // 4. and 5. Discoverable credentials and user verification are always possible here.
  // 6. Collect an authorization gesture; it includes user verification where that is required.
  const describe = (): StageContent => toStageContent(request, algorithm, existing.length);
  const gesture = await gestures.collect(describe(), {
    asksPassword: request.requireUserVerification && !gestures.userVerified,
  });
  gestures.assertApproved(describe(), gesture);
  // 7. to 14.
  return createCredential(ports, request, { algorithm, userVerified: gestures.userVerified });
}

/** Step 7 onwards: nothing here waits for a person, and nothing is kept when it fails. */
async function createCredential(
  ports: MakeCredentialPorts,
  request: MakeCredentialRequest,
  decided: { algorithm: CoseAlgorithmName; userVerified: boolean },
): Promise<MakeCredentialResponse> {
  // 7.1. A new pair of keys.
  const { privateKey, publicKey } = generateSigningKey(decided.algorithm, ports.random);
  const coseKey = fromUncompressedPoint(decided.algorithm, publicKey);
  // 7.2. to 7.4. Always a client-side discoverable credential, under a new random id.
  // Deviation: a credential of the same account is not replaced, the new one is kept beside it.
  const source = toCredentialSource(ports, request, decided.algorithm);
  await ports.store.save(source, privateKey);
  // 9. No authenticator extensions. 10. No signature counter: constant at zero.
  // 11. to 13. Attested credential data inside authenticator data.
  const authData = encodeAuthenticatorData({
    rpIdHash: hashRpId(source.rpId),
    userPresent: true,
    userVerified: decided.userVerified,
    backupEligible: source.backupEligible,
    backupState: source.backupState,
    signCount: source.signCount,
    attestedCredentialData: {
      aaguid: ports.aaguid,
      credentialId: source.id,
      credentialPublicKey: coseKey,
    },
    extensions: null,
  });
  // 12. and 14. Deviation: whatever conveyance is asked for, the statement is `none`.
  return {
    attestationObject: encodeAttestationObject({ fmt: 'none', authData }),
    isDiscoverable: true,
  };
}

function toCredentialSource(
  ports: MakeCredentialPorts,
  request: MakeCredentialRequest,
  algorithm: CoseAlgorithmName,
): PublicKeyCredentialSource {
  return {
    type: 'public-key',
    id: ports.random.bytes(CREDENTIAL_ID_BYTES) as Uint8Array as CredentialId,
    rpId: request.rpEntity.id,
    userHandle: Uint8Array.from(request.userEntity.id),
    algorithm,
    // Synced passkeys: eligible for ever; backed up only once a remote has confirmed that it holds them.
    backupEligible: true,
    backupState: false,
    signCount: 0,
    otherUI: {
      rpName: request.rpEntity.name,
      userName: request.userEntity.name,
      userDisplayName: request.userEntity.displayName,
    },
    createdAt: ports.clock.now(),
  };
}

/** Step 3: always throws, one of the two answers that the standard knows. */
async function noticeAlreadyRegistered(
  request: MakeCredentialRequest,
  gestures: AuthorizationGestures,
): Promise<never> {
  const content = {
    kind: 'already-registered',
    rpId: request.rpEntity.id,
    hash: request.hash,
  } as const;
  const gesture = await gestures.collect(content, { asksPassword: false });
  gestures.assertApproved(content, gesture);
  throw new WebAuthnError('already-registered');
}

function assertWellFormed(request: MakeCredentialRequest): void {
  const { id } = request.userEntity;
  const isWellFormed =
    request.hash.length === 32 &&
    request.rpEntity.id !== '' &&
    id.length >= 1 &&
    id.length <= 64 &&
    request.credTypesAndPubKeyAlgs.length > 0;
  if (!isWellFormed) throw new WebAuthnError('malformed-request');
}

/** The first in the relying party's order that we support. */
function chooseAlgorithm(parameters: readonly PublicKeyCredentialParameters[]): CoseAlgorithmName {
  for (const { alg } of parameters) {
    const name = toAlgorithmName(alg);
    if (name !== null) return name;
  }
  throw new WebAuthnError('no-common-algorithm');
}

function toStageContent(
  request: MakeCredentialRequest,
  algorithm: CoseAlgorithmName,
  existing: number,
): StageContent {
  return {
    kind: 'create',
    rpId: request.rpEntity.id,
    hash: request.hash,
    rpName: request.rpEntity.name,
    userName: request.userEntity.name,
    userDisplayName: request.userEntity.displayName,
    algorithm,
    existing,
  };
}
