// The vault's own objects (meta, manifest, documents) to sealed objects and back, under K_meta.
// SPDX-License-Identifier: MIT

import type { Aead } from '../crypto/aead.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import type { MetaKey } from '../crypto/keys.ts';
import type { RandomSource } from '../crypto/random.ts';
import { encodeAad, type ObjectType } from './aad.ts';
import type { Revision } from './sealed-item.ts';
import type { ObjectRole, SealedObject, UnknownObject } from './vault-store.ts';

const OBJECT_SCHEMA = 1;
const TYPES: Readonly<Record<ObjectRole, ObjectType>> = {
  meta: 'meta',
  manifest: 'manifest',
  slotNames: 'document',
  savedSearches: 'document',
  generatorHistory: 'document',
};

export interface ObjectSealerContext {
  readonly aead: Aead;
  readonly key: MetaKey;
  readonly vaultId: Uint8Array;
  readonly epoch: number;
  readonly random: RandomSource;
}

/** Does not own the key it is given. */
export class ObjectSealer {
  readonly #context: ObjectSealerContext;

  constructor(context: ObjectSealerContext) {
    this.#context = context;
  }

  /** Seals and erases `plaintext`, which is padded already where its length would tell something. */
  seal(role: ObjectRole, revision: Revision, plaintext: Uint8Array): SealedObject {
    const { aead, key, epoch, random } = this.#context;
    const aad = this.#encodeAad(role, revision, epoch);
    const sealed = aead.seal(key, { plaintext, aad, random });
    plaintext.fill(0);
    return { role, revision, epoch, sealed };
  }

  /** Throws `crypto/authentication-failed`. */
  open({ role, revision, epoch, sealed }: SealedObject | UnknownObject): Uint8Array {
    const { aead, key } = this.#context;
    return aead.open(key, { sealed, aad: this.#encodeAad(role, revision, epoch) });
  }

  /** Whether a writer that had the vault's keys has sealed it, in this role and revision. Says nothing of what is in it. */
  isAuthentic(object: SealedObject | UnknownObject): boolean {
    try {
      this.open(object).fill(0);
      return true;
    } catch (error) {
      if (error instanceof CryptoError) return false;
      throw error;
    }
  }

  #encodeAad(
    role: ObjectRole | number,
    revision: Revision,
    epoch: number,
  ): Uint8Array<ArrayBuffer> {
    const { vaultId } = this.#context;
    const bound = { vaultId, epoch, revision, schema: OBJECT_SCHEMA };
    // Whatever a later version brings is a document, so that this one can tell it from what was planted.
    const objectType = typeof role === 'number' ? 'document' : TYPES[role];
    return encodeAad({ ...bound, objectType, itemId: null, role });
  }
}
