// authenticatorGetAssertion (WebAuthn Level 3, section 6.3.3), step by step, over the ports of authenticator.ts.
// SPDX-License-Identifier: MIT

import { concatBytes, toBase64Url } from '../../shared/bytes.ts';
import { signMessage } from '../crypto/signing-key.ts';
import { encodeAuthenticatorData, hashRpId } from './authenticator-data.ts';
import type {
  CredentialStore,
  GetAssertionRequest,
  GetAssertionResponse,
  VaultGate,
} from './authenticator.ts';
import type { AuthorizationGestures, StageContent } from './authorization-gestures.ts';
import { findDescribed, type PublicKeyCredentialSource } from './credential-source.ts';
import { offerUnlock } from './unlock-stage.ts';
import { WebAuthnError } from './webauthn-error.ts';

export interface GetAssertionPorts {
  readonly store: CredentialStore;
  readonly gate: VaultGate;
}

export async function getAssertion(
  ports: GetAssertionPorts,
  request: GetAssertionRequest,
  gestures: AuthorizationGestures,
): Promise<GetAssertionResponse> {
  // 1. Are the parameters well-formed and of the correct length?
  if (request.hash.length !== 32 || request.rpId === '') {
    throw new WebAuthnError('malformed-request');
  }
  await offerUnlock(ports.gate, gestures, {
    operation: 'get',
    rpId: request.rpId,
    hash: request.hash,
  });
  // 2. to 5. The sources of this RP ID that the relying party accepts.
  const credentialOptions = await findCredentialOptions(ports.store, request);
  // 6. None: the person sees it and the caller learns it only then, by the same error as a refusal.
  if (credentialOptions.length === 0) {
    await gestures.collect(
      { kind: 'no-passkey', rpId: request.rpId, hash: request.hash },
      { asksPassword: false },
    );
    throw new WebAuthnError('no-passkey');
  }
  // 7. Prompt the user to select, and collect an authorization gesture.
  const describe = (): StageContent => toStageContent(request, credentialOptions);
  const gesture = await gestures.collect(describe(), {
    asksPassword: request.requireUserVerification && !gestures.userVerified,
  });
  const selected = credentialOptions.find(({ id }) => toBase64Url(id) === gesture.credentialId);
  if (selected === undefined) throw new WebAuthnError('approval-mismatch');
  gestures.assertApproved(describe(), gesture);
  // 8. to 13.
  return signAssertion(ports.store, request, { selected, userVerified: gestures.userVerified });
}

async function findCredentialOptions(
  store: CredentialStore,
  request: GetAssertionRequest,
): Promise<readonly PublicKeyCredentialSource[]> {
  const sources = (await store.findByRpId(request.rpId)).filter(
    ({ rpId }) => rpId === request.rpId,
  );
  return request.allowCredentialDescriptorList === null
    ? sources
    : findDescribed(sources, request.allowCredentialDescriptorList);
}

async function signAssertion(
  store: CredentialStore,
  request: GetAssertionRequest,
  decided: { selected: PublicKeyCredentialSource; userVerified: boolean },
): Promise<GetAssertionResponse> {
  const { selected, userVerified } = decided;
  // 8. No authenticator extensions. 9. No signature counter: what is stored stays as it is.
  // 10. Authenticator data without attested credential data.
  const authenticatorData = encodeAuthenticatorData({
    rpIdHash: hashRpId(selected.rpId),
    userPresent: true,
    userVerified,
    backupEligible: selected.backupEligible,
    backupState: selected.backupState,
    signCount: selected.signCount,
    attestedCredentialData: null,
    extensions: null,
  });
  // 11. The assertion signature over authenticatorData ‖ hash, and never over anything else.
  using privateKey = await store.openPrivateKey(selected.id);
  const message = concatBytes(authenticatorData, request.hash);
  const signature = signMessage(selected.algorithm, privateKey, message);
  // 13. The user handle is always known: every credential here is discoverable.
  return {
    credentialId: selected.id,
    authenticatorData,
    signature,
    userHandle: selected.userHandle,
  };
}

function toStageContent(
  request: GetAssertionRequest,
  sources: readonly PublicKeyCredentialSource[],
): StageContent {
  return {
    kind: 'get',
    rpId: request.rpId,
    hash: request.hash,
    accounts: sources.map((source) => ({
      credentialId: toBase64Url(source.id),
      userName: source.otherUI.userName,
      userDisplayName: source.otherUI.userDisplayName,
      createdAt: source.createdAt,
    })),
  };
}
