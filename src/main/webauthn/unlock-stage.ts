// The stage before all others where the vault is locked: it is offered to be unlocked, not skipped. The password
// given here verifies the user of this very request.
// SPDX-License-Identifier: MIT

import type { ClientDataHash } from '../../shared/brand.ts';
import type { VaultGate } from './authenticator.ts';
import type { AuthorizationGestures } from './authorization-gestures.ts';
import { WebAuthnError } from './webauthn-error.ts';

/** Resolves with the vault open; throws `WebAuthnError` otherwise. Tells nothing of what the vault holds. */
export async function offerUnlock(
  gate: VaultGate,
  gestures: AuthorizationGestures,
  request: { operation: 'create' | 'get'; rpId: string; hash: ClientDataHash },
): Promise<void> {
  if (gate.isUnlocked()) return;
  await gestures.collect({ kind: 'unlock', ...request }, { asksPassword: true });
  if (!gate.isUnlocked()) throw new WebAuthnError('vault-locked');
}
