// Who is there? Asked again before an act that cannot be taken back: any secret that opens the vault answers it.
// SPDX-License-Identifier: MIT

import { AppError } from '../../shared/errors.ts';
import type { PresentedSecret } from '../../shared/model/keys.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import type { PresentedSecrets } from './presented-secrets.ts';

export interface SecretCheckPorts {
  /** The open vault; throws `vault/locked`. */
  readonly vault: () => UnlockedVault;
  readonly secrets: PresentedSecrets;
}

export class SecretCheck {
  readonly #ports: SecretCheckPorts;

  constructor(ports: SecretCheckPorts) {
    this.#ports = ports;
  }

  /** Throws `vault/wrong-password` for a secret that opens no slot of the open vault; takes ownership of its bytes. */
  async verify(present: PresentedSecret): Promise<void> {
    using secret = this.#ports.secrets.take(present);
    if (await this.#ports.vault().access.verify(secret)) return;
    throw new AppError('vault/wrong-password', 'the secret opens no slot of this vault', {
      details: { type: present.type },
    });
  }
}
