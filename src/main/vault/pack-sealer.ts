// Packs to sealed packs and back.
// SPDX-License-Identifier: MIT

import type { Aead } from '../crypto/aead.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import type { PackKey } from '../crypto/keys.ts';
import { pad, unpad } from '../crypto/padding.ts';
import type { RandomSource } from '../crypto/random.ts';
import { encodeAad } from './aad.ts';
import { u32 } from './fixed-width.ts';
import type { Revision } from './sealed-item.ts';

const PACK_SCHEMA = 1;

/** One row of packs as it lies in a store. */
export interface SealedPack {
  /** From 0; says nothing but the order in which packs came to be. */
  readonly number: number;
  readonly revision: Revision;
  readonly epoch: number;
  readonly sealed: Uint8Array;
}

export interface PackSealerContext {
  readonly aead: Aead;
  readonly key: PackKey;
  readonly vaultId: Uint8Array;
  readonly epoch: number;
  readonly random: RandomSource;
}

/** Does not own the key it is given. */
export class PackSealer {
  readonly #context: PackSealerContext;

  constructor(context: PackSealerContext) {
    this.#context = context;
  }

  seal(number: number, revision: Revision, content: Uint8Array): SealedPack {
    const { aead, key, epoch, random } = this.#context;
    const plaintext = pad(content);
    const aad = this.#encodeAad(number, revision, epoch);
    const sealed = aead.seal(key, { plaintext, aad, random });
    plaintext.fill(0);
    return { number, revision, epoch, sealed };
  }

  /** The content of a pack; null for one that is not what this vault sealed under this number and revision. */
  open(pack: SealedPack): Uint8Array | null {
    const { aead, key, epoch } = this.#context;
    if (pack.epoch !== epoch) return null;
    try {
      const aad = this.#encodeAad(pack.number, pack.revision, epoch);
      return unpad(aead.open(key, { sealed: pack.sealed, aad }));
    } catch (error) {
      if (error instanceof CryptoError || error instanceof TypeError) return null;
      throw error;
    }
  }

  #encodeAad(number: number, revision: Revision, epoch: number): Uint8Array<ArrayBuffer> {
    const { vaultId } = this.#context;
    return encodeAad({
      ...{ vaultId, epoch, revision, schema: PACK_SCHEMA, extra: u32(number) },
      ...{ objectType: 'pack', itemId: null, role: 'pack' },
    });
  }
}
