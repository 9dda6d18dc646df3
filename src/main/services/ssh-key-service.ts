// SSH keys of drafts: made here, or read from what was pasted, and written into the fields of the item.
// SPDX-License-Identifier: MIT

import type { ItemDraft, SshKeyChoice } from '../../shared/model/item.ts';
import type { RandomSource } from '../crypto/random.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import { generateSshKey } from '../ssh/generate-ssh-key.ts';
import { parseSshPrivateKey } from '../ssh/parse-ssh-private-key.ts';
import type { SshKey } from '../ssh/ssh-key.ts';

const CHOICES = {
  ed25519: { type: 'ed25519' },
  'rsa-3072': { type: 'rsa', bits: 3072 },
  'rsa-4096': { type: 'rsa', bits: 4096 },
} as const satisfies Record<SshKeyChoice, object>;

export class SshKeyService {
  readonly #random: RandomSource;

  constructor(random: RandomSource) {
    this.#random = random;
  }

  /** The derived fields of a draft; none where it keeps its key. Erases what was imported. Throws SshKeyError. */
  async derive({ kind, sshKey }: ItemDraft): Promise<Readonly<Record<string, string>>> {
    if (kind !== 'ssh-key') {
      if (sshKey.action === 'import') erase(sshKey.key, sshKey.passphrase);
      return {};
    }
    switch (sshKey.action) {
      case 'keep':
        return {};
      case 'generate':
        return toFields(await generateSshKey(CHOICES[sshKey.type], sshKey.comment, this.#random));
      case 'import':
        return toFields(await this.#import(sshKey.key, sshKey.passphrase));
    }
  }

  async #import(key: Uint8Array, passphrase: Uint8Array | null): Promise<SshKey> {
    using secret = passphrase === null ? null : SecretBytes.take(passphrase);
    try {
      return await parseSshPrivateKey(key, secret, { random: this.#random });
    } finally {
      key.fill(0);
    }
  }
}

function erase(...secrets: readonly (Uint8Array | null)[]): void {
  for (const secret of secrets) secret?.fill(0);
}

function toFields({ privateKey, publicKey, fingerprint, keyType, bits }: SshKey) {
  const type = keyType === 'ssh-rsa' ? `RSA, ${bits} bits` : keyType;
  return { privateKey, publicKey, fingerprint, keyType: type };
}
