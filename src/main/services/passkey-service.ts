// Passkeys: the authenticator's CredentialStore and VaultGate over the open vault.
// SPDX-License-Identifier: MIT

import type { CredentialId } from '../../shared/brand.ts';
import { equalBytes } from '../../shared/bytes.ts';
import { AppError } from '../../shared/errors.ts';
import { assertCoseAlgorithm, COSE_ALGORITHMS } from '../codec/cose.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import type { PasskeyOverview } from '../vault/item-overview.ts';
import type { PasskeyItem } from '../vault/item.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import type { CredentialStore, VaultGate } from '../webauthn/authenticator.ts';
import type { PublicKeyCredentialSource } from '../webauthn/credential-source.ts';

export interface PasskeyPorts {
  /** The open vault; throws `vault/locked`. */
  readonly vault: () => UnlockedVault;
  readonly isUnlocked: () => boolean;
  readonly onChanged: (revision: number) => void;
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
      const vault = this.#ports.vault();
      return (
        passkeysOf(vault)
          .filter((one) => one.rpId === rpId)
          .map((one) => vault.get(one.id))
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
      const vault = this.#ports.vault();
      const isThere = vault
        .overviews()
        .some((one) => one.kind === 'passkey' && equalBytes(one.credentialId, source.id));
      if (isThere) throw new Error('passkey service: a second passkey with one credential id');
      vault.save(toItem(source, vault), owned);
      this.#ports.onChanged(vault.revision);
    });
  }

  openPrivateKey(credentialId: CredentialId): Promise<SecretBytes> {
    return Promise.try(() => {
      const vault = this.#ports.vault();
      const passkey = passkeysOf(vault).find((one) => equalBytes(one.credentialId, credentialId));
      if (!passkey) {
        throw new AppError('vault/item-not-found', 'no passkey with this credential id');
      }
      return vault.openPrivateKey(passkey.id);
    });
  }
}

/** Those that can sign: what lies in the trash cannot. */
function passkeysOf(vault: UnlockedVault): readonly PasskeyOverview[] {
  return vault
    .overviews()
    .filter((one) => one.kind === 'passkey')
    .filter((one) => one.trashedAt === null);
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
    note: '',
    tags: [],
    favourite: false,
    createdAt: source.createdAt,
    modifiedAt: source.createdAt,
    trashedAt: null,
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
