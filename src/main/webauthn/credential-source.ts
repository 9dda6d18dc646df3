// PublicKeyCredentialSource (WebAuthn Level 3, section 4) without its private key, credential descriptors
// (section 5.8.3), and looking up the one by the other (section 6.3.1).
// SPDX-License-Identifier: MIT

import type { CredentialId } from '../../shared/brand.ts';
import { equalBytes } from '../../shared/bytes.ts';
import type { CoseAlgorithmName } from '../codec/cose.ts';

/** A passkey as the authenticator knows it. The private key stays in the store, under the same id. */
export interface PublicKeyCredentialSource {
  readonly type: 'public-key';
  readonly id: CredentialId;
  readonly rpId: string;
  /** 1 to 64 bytes, the relying party's own; not meant for people. */
  readonly userHandle: Uint8Array;
  readonly algorithm: CoseAlgorithmName;
  /** Fixed when the credential is made; says what it can become, not what it is. */
  readonly backupEligible: boolean;
  readonly backupState: boolean;
  /** Zero for ever in synced passkeys. */
  readonly signCount: number;
  readonly otherUI: {
    readonly rpName: string;
    readonly userName: string;
    readonly userDisplayName: string;
  };
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface PublicKeyCredentialDescriptor {
  readonly type: 'public-key';
  readonly id: CredentialId;
}

/** Those of `sources` that a descriptor names, in the order of `sources`. */
export function findDescribed(
  sources: readonly PublicKeyCredentialSource[],
  descriptors: readonly PublicKeyCredentialDescriptor[],
): readonly PublicKeyCredentialSource[] {
  return sources.filter((source) => descriptors.some(({ id }) => equalBytes(id, source.id)));
}
