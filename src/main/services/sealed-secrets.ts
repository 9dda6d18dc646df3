// The end of a typed secret's way: what a window sealed to this process is opened here. The key pair is made when the
// process starts and is gone with it, on lock, so that nothing that was sealed before opens ever after.
// SPDX-License-Identifier: MIT

import { toHex } from '../../shared/bytes.ts';
import { AppError } from '../../shared/errors.ts';
import type { Channel } from '../../shared/ipc/requests.ts';
import type { SshKeyDraft, ItemDraft, SealedItemDraft } from '../../shared/model/item.ts';
import type { PresentedSecret, SealedPresentedSecret } from '../../shared/model/keys.ts';
import {
  sealingAad,
  sealingInfo,
  unpadSecret,
  type SealedSecret,
  type SealingKey,
} from '../../shared/sealed-secret.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { newHpkeReceiver, openHpke } from '../crypto/hpke.ts';
import type { RandomSource } from '../crypto/random.ts';

const KEY_ID_BYTES = 16;

export class SealedSecrets {
  readonly #receiver = newHpkeReceiver();
  readonly #keyId: string;

  constructor(random: RandomSource) {
    this.#keyId = toHex(random.bytes(KEY_ID_BYTES));
  }

  /** A fresh copy, which whoever sends it may erase. */
  get key(): SealingKey {
    return { keyId: this.#keyId, publicKey: Uint8Array.from(this.#receiver.publicKey) };
  }

  /**
   * The secret that a window sealed for `channel`; the caller owns the bytes and erases them.
   * Throws `ipc/stale-sealing-key` for another process's, `crypto/authentication-failed` for what was not sealed so.
   */
  open(channel: Channel, { keyId, enc, ciphertext }: SealedSecret): Uint8Array<ArrayBuffer> {
    if (keyId !== this.#keyId) {
      throw new AppError('ipc/stale-sealing-key', 'sealed to the key of another process');
    }
    const [info, aad] = [sealingInfo(channel), sealingAad(keyId)];
    const padded = openHpke(this.#receiver, { enc, info, aad, ciphertext });
    const secret = unpadSecret(padded);
    padded.fill(0);
    if (secret !== null) return secret;
    throw new CryptoError('crypto/authentication-failed', 'a sealed secret of another shape');
  }

  /** All that a request holds, or none: where one of its secrets does not open, those that did are erased. */
  openAll<T>(channel: Channel, take: (request: SealedRequest) => T): T {
    const opened: Uint8Array[] = [];
    const request = new SealedRequest((sealed) => {
      const secret = this.open(channel, sealed);
      opened.push(secret);
      return secret;
    });
    try {
      return take(request);
    } catch (error) {
      for (const secret of opened) secret.fill(0);
      throw error;
    }
  }

  openOrNull(channel: Channel, sealed: SealedSecret | null): Uint8Array<ArrayBuffer> | null {
    return sealed === null ? null : this.open(channel, sealed);
  }

  openPresented(channel: Channel, sealed: SealedPresentedSecret): PresentedSecret {
    return this.openAll(channel, (request) => request.presented(sealed));
  }

  /** The private key that an item is to get, where it is one that was pasted. */
  openDraft(channel: Channel, draft: SealedItemDraft): ItemDraft {
    return this.openAll(channel, (request) => request.draft(draft));
  }
}

/** What one request holds for its channel; see {@link SealedSecrets.openAll}. */
export class SealedRequest {
  readonly #open: (sealed: SealedSecret) => Uint8Array<ArrayBuffer>;

  constructor(open: (sealed: SealedSecret) => Uint8Array<ArrayBuffer>) {
    this.#open = open;
  }

  secret(sealed: SealedSecret): Uint8Array<ArrayBuffer> {
    return this.#open(sealed);
  }

  secretOrNull(sealed: SealedSecret | null): Uint8Array<ArrayBuffer> | null {
    return sealed === null ? null : this.#open(sealed);
  }

  presented(sealed: SealedPresentedSecret): PresentedSecret {
    if (sealed.type === 'recovery') {
      return { type: 'recovery', words: this.#open(sealed.words) };
    }
    return { ...sealed, password: this.#open(sealed.password) };
  }

  draft(draft: SealedItemDraft): ItemDraft {
    return { ...draft, sshKey: this.#sshKey(draft.sshKey) };
  }

  #sshKey(sealed: SealedItemDraft['sshKey']): SshKeyDraft {
    if (sealed.action !== 'import') return sealed;
    return {
      action: 'import',
      key: this.#open(sealed.key),
      passphrase: this.secretOrNull(sealed.passphrase),
    };
  }
}
