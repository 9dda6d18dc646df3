// What a passkey's private key is bound to besides its item: the credential that it is for. docs/vault-format.md,
// "Private keys".
// SPDX-License-Identifier: MIT

import { concatBytes, equalBytes, toUtf8 } from '../../shared/bytes.ts';
import { sha256 } from '../crypto/digest.ts';
import { u16, u8 } from './fixed-width.ts';
import type { Item } from './item.ts';

/**
 * What a private key is for; empty for an item that is no passkey. SHA-256 of the RP ID, the credential id with its
 * length (u16) before it, SHA-256 of the user handle, the algorithm's name with its length (u8) before it.
 */
export function encodeCredential(item: Item): Uint8Array<ArrayBuffer> {
  if (item.kind !== 'passkey') return new Uint8Array(0);
  const algorithm = toUtf8(item.algorithm);
  return concatBytes(
    sha256(toUtf8(item.rpId)),
    u16(item.credentialId.length),
    item.credentialId,
    sha256(item.userHandle),
    u8(algorithm.length),
    algorithm,
  );
}

/**
 * Throws where `item` may not follow `former`. A passkey's credential is fixed when it is made: another one could not use
 * the private key that is sealed for it.
 */
export function assertSameCredential(former: Item, item: Item): void {
  const isSame =
    former.kind === 'passkey' && item.kind === 'passkey'
      ? former.rpId === item.rpId &&
        former.algorithm === item.algorithm &&
        former.backupEligible === item.backupEligible &&
        equalBytes(former.credentialId, item.credentialId) &&
        equalBytes(former.userHandle, item.userHandle)
      : former.kind === item.kind;
  if (!isSame) throw new Error('save: an item keeps its kind, and a passkey its credential');
}
