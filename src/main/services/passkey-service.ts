// Passkeys: the authenticator's CredentialStore and VaultGate over the open vault.
// SPDX-License-Identifier: MIT

import type { CredentialId } from '../../shared/brand.ts';
import { AppError } from '../../shared/errors.ts';
import { assertCoseAlgorithm, COSE_ALGORITHMS } from '../codec/cose.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import { NOTHING_MORE, type PasskeyItem } from '../vault/item.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import type { CredentialStore, VaultGate } from '../webauthn/authenticator.ts';
import type { PublicKeyCredentialSource } from '../webauthn/credential-source.ts';
import type { ItemChanges } from './item-changes.ts';
import type { PasskeyTable } from './passkey-table.ts';

export interface PasskeyPorts {
  readonly changes: ItemChanges;
  readonly isUnlocked: () => boolean;
}

export class PasskeyService implements CredentialStore, VaultGate {
  readonly #ports: PasskeyPorts;

  constructor(ports: PasskeyPorts) {
    this.#ports = ports;
  }

  isUnlocked(): boolean {
    return this.#ports.isUnlocked();
  }

  findByRpId(rpId: string): Promise<readonly PublicKeyCredentialSource[]> {
    return Promise.try(() => {
      const vault = this.#ports.changes.vault;
      return (
        this.#passkeys
          .ofRpId(rpId)
          .map((id) => vault.get(id))
          .filter((item) => item.kind === 'passkey')
          // One of an algorithm that we cannot sign with must not hide the others of its site.
          .filter(({ algorithm }) => algorithm in COSE_ALGORITHMS)
          .map(toSource)
          .sort((a, b) => b.createdAt - a.createdAt)
      );
    });
  }

  save(source: PublicKeyCredentialSource, privateKey: SecretBytes): Promise<void> {
    return Promise.try(() => {
      using owned = privateKey;
      const vault = this.#ports.changes.vault;
      if (this.#passkeys.byCredential(source.id))
        throw new Error('passkey service: a second passkey with one credential id');
      this.#ports.changes.save([{ item: toItem(source, vault), privateKey: owned }]);
    });
  }

  openPrivateKey(credentialId: CredentialId): Promise<SecretBytes> {
    return Promise.try(() => {
      const vault = this.#ports.changes.vault;
      const passkey = this.#passkeys.byCredential(credentialId);
      // What lies in the trash cannot sign.
      if (passkey?.isTrashed !== false) {
        throw new AppError('vault/item-not-found', 'no passkey with this credential id');
      }
      return vault.openPrivateKey(passkey.id);
    });
  }

  get #passkeys(): PasskeyTable {
    return this.#ports.changes.index.passkeys;
  }
}

function toSource(item: PasskeyItem): PublicKeyCredentialSource {
  const { rpId, userHandle, backupEligible, backupState, signCount, createdAt } = item;
  const { rpName, userName, userDisplayName } = item;
  assertCoseAlgorithm(item.algorithm);
  return {
    type: 'public-key',
    id: item.credentialId as CredentialId,
    rpId,
    userHandle,
    algorithm: item.algorithm,
    backupEligible,
    backupState,
    signCount,
    otherUI: { rpName, userName, userDisplayName },
    createdAt,
  };
}

function toItem(source: PublicKeyCredentialSource, vault: UnlockedVault): PasskeyItem {
  const { rpId, userHandle, algorithm, backupEligible, backupState, signCount } = source;
  const { rpName, userName, userDisplayName } = source.otherUI;
  return {
    kind: 'passkey',
    id: vault.newItemId(),
    title: rpName === '' ? rpId : rpName,
    ...NOTHING_MORE,
    fields: {},
    loginId: null,
    createdAt: source.createdAt,
    modifiedAt: source.createdAt,
    rpId,
    rpName,
    userHandle,
    userName,
    userDisplayName,
    credentialId: source.id,
    algorithm,
    backupEligible,
    backupState,
    signCount,
  };
}
