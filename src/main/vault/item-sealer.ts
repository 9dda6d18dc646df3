// ItemSealer: items to sealed items and back, under the keys of one unlocked vault. Which key lies under which, and
// which associated data goes with it, is written here and nowhere else.
// SPDX-License-Identifier: MIT

import type { DeviceId, ItemId } from '../../shared/brand.ts';
import { concatBytes, toUtf8 } from '../../shared/bytes.ts';
import type { Aead } from '../crypto/aead.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { sha256 } from '../crypto/digest.ts';
import {
  type ItemKey,
  type PasskeyKey,
  randomItemKey,
  randomPasskeyKey,
  unwrapKey,
  type VaultKeys,
  wrapKey,
} from '../crypto/keys.ts';
import { pad, unpad } from '../crypto/padding.ts';
import type { RandomSource } from '../crypto/random.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import { encodeAad, type Role } from './aad.ts';
import { FixedWidthReader, id16, u16, u32, u64, u8 } from './fixed-width.ts';
import {
  type DecodedItem,
  decodeItem,
  decodeOverview,
  encodeItem,
  ITEM_SCHEMA,
} from './item-codec.ts';
import type { ItemOverview } from './item-overview.ts';
import type { Item, PasskeyItem } from './item.ts';
import type { Revision, SealedItem, SealedItemKeys } from './sealed-item.ts';
import { VaultError } from './vault-error.ts';

const KEY_SCHEMA = 1;
/** Revision and epoch that a private key was sealed in, before its ciphertext. */
const PRIVATE_KEY_HEAD_BYTES = 8 + 16 + 4;

interface SealerContext {
  readonly aead: Aead;
  readonly keys: VaultKeys;
  readonly vaultId: Uint8Array;
  readonly epoch: number;
  readonly deviceId: DeviceId;
  readonly random: RandomSource;
}

/** What a key or body of an item is bound to besides the item. */
interface Binding {
  readonly role: Role;
  readonly epoch: number;
  readonly revision: Revision;
  readonly schema: number;
  readonly extra?: Uint8Array;
}

interface OpenedItemKey extends Disposable {
  readonly key: ItemKey;
  readonly bodyEpoch: number;
}

/** Does not own the keys it is given; every use after they are disposed throws. */
export class ItemSealer {
  readonly #context: SealerContext;

  constructor(context: SealerContext) {
    this.#context = context;
  }

  /** First revision of an item: under keys made for it. `privateKey` (PKCS#8) is borrowed. */
  sealNew(item: Item, revision: Revision, privateKey: SecretBytes | null): SealedItem {
    using itemKey = randomItemKey(this.#context.random);
    using passkeyKey = randomPasskeyKey(this.#context.random);
    const keys = this.#sealKeys(item, itemKey, passkeyKey);
    const sealedPrivateKey =
      privateKey === null || item.kind !== 'passkey'
        ? null
        : this.#sealPrivateKey(item, { passkeyKey, privateKey, revision });
    return this.#sealBody(item, { itemKey, keys, revision, sealedPrivateKey });
  }

  /** A later revision under the keys of the former, its private key carried along unopened. */
  sealAgain(item: Item, revision: Revision, former: SealedItem): SealedItem {
    using opened = this.#openItemKey(former);
    const { sealedPrivateKey } = this.#openBody(former, opened, decodeItem);
    const { key: itemKey } = opened;
    return this.#sealBody(item, { itemKey, keys: former.keys, revision, sealedPrivateKey });
  }

  openOverview(sealed: SealedItem): ItemOverview {
    using opened = this.#openItemKey(sealed);
    return this.#openBody(sealed, opened, decodeOverview);
  }

  /** All open methods throw `vault/item-damaged` for what does not verify. */
  openItem(sealed: SealedItem): Item {
    using opened = this.#openItemKey(sealed);
    return this.#openBody(sealed, opened, decodeItem).item;
  }

  /** PKCS#8 of a passkey's private key; the caller disposes it. */
  openPrivateKey(sealed: SealedItem): SecretBytes {
    using opened = this.#openItemKey(sealed);
    const { item, sealedPrivateKey }: DecodedItem = this.#openBody(sealed, opened, decodeItem);
    if (item.kind !== 'passkey') throw new Error('openPrivateKey: only passkeys have private keys');
    if (sealedPrivateKey === null) throw damaged('private-key');
    return verifying('private-key', () => this.#unsealPrivateKey(item, sealed, sealedPrivateKey));
  }

  #sealKeys(item: Item, itemKey: ItemKey, passkeyKey: PasskeyKey): SealedItemKeys {
    const { aead, keys, random, epoch, deviceId } = this.#context;
    const version = 1;
    const revision = { lamport: version, deviceId };
    const binding = { epoch, revision, schema: KEY_SCHEMA };
    return {
      version,
      deviceId,
      epoch,
      itemKey: wrapKey(aead, {
        key: itemKey,
        under: keys.wrap,
        aad: this.#encodeAad(item.id, { ...binding, role: 'itemKey' }),
        note: u32(epoch),
        random,
      }),
      passkeyKey: wrapKey(aead, {
        key: passkeyKey,
        under: keys.passkey,
        aad: this.#encodeAad(item.id, {
          ...binding,
          role: 'passkeyKey',
          extra: encodeCredential(item),
        }),
        random,
      }),
    };
  }

  #sealBody(
    item: Item,
    input: {
      readonly itemKey: ItemKey;
      readonly keys: SealedItemKeys;
      readonly revision: Revision;
      readonly sealedPrivateKey: Uint8Array | null;
    },
  ): SealedItem {
    const { itemKey, keys, revision, sealedPrivateKey } = input;
    const { aead, random, epoch } = this.#context;
    const schema = ITEM_SCHEMA;
    const plaintext = encodeItem(item, sealedPrivateKey);
    const aad = this.#encodeAad(item.id, { role: 'body', epoch, revision, schema });
    const body = aead.seal(itemKey, { plaintext, aad, random });
    plaintext.fill(0);
    return { id: item.id, revision, schema, body, keys };
  }

  #openItemKey(sealed: SealedItem): OpenedItemKey {
    const { aead, keys } = this.#context;
    const aad = this.#encodeAad(sealed.id, this.#bindKeys(sealed.keys, 'itemKey'));
    return verifying('item-key', () => {
      const input = { sealed: sealed.keys.itemKey, under: keys.wrap, aad };
      const { key, note } = unwrapKey(aead, input);
      const bodyEpoch = new FixedWidthReader(note).u32();
      return {
        key,
        bodyEpoch,
        [Symbol.dispose]() {
          key.dispose();
        },
      };
    });
  }

  #openBody<T>(
    sealed: SealedItem,
    opened: OpenedItemKey,
    decode: (id: ItemId, schema: number, plaintext: Uint8Array) => T,
  ): T {
    const { id, revision, schema, body } = sealed;
    const aad = this.#encodeAad(id, { role: 'body', epoch: opened.bodyEpoch, revision, schema });
    const plaintext = verifying('body', () =>
      this.#context.aead.open(opened.key, { sealed: body, aad }),
    );
    try {
      return decode(id, schema, plaintext);
    } finally {
      plaintext.fill(0);
    }
  }

  /** `lamport u64 ‖ deviceId(16) ‖ epoch u32 ‖ nonce(24) ‖ sealed, padded PKCS#8`. */
  #sealPrivateKey(
    item: PasskeyItem,
    input: {
      readonly passkeyKey: PasskeyKey;
      readonly privateKey: SecretBytes;
      readonly revision: Revision;
    },
  ): Uint8Array<ArrayBuffer> {
    const { passkeyKey, privateKey, revision } = input;
    const { aead, random, epoch } = this.#context;
    const plaintext = privateKey.use(pad);
    const aad = this.#encodeAad(item.id, bindPrivateKey(item, revision, epoch));
    const sealed = aead.seal(passkeyKey, { plaintext, aad, random });
    plaintext.fill(0);
    return concatBytes(u64(revision.lamport), id16(revision.deviceId), u32(epoch), sealed);
  }

  #unsealPrivateKey(
    item: PasskeyItem,
    sealed: SealedItem,
    sealedPrivateKey: Uint8Array,
  ): SecretBytes {
    const { aead, keys } = this.#context;
    const binding = this.#bindKeys(sealed.keys, 'passkeyKey');
    const { key } = unwrapKey(aead, {
      sealed: sealed.keys.passkeyKey,
      under: keys.passkey,
      aad: this.#encodeAad(item.id, { ...binding, extra: encodeCredential(item) }),
    });
    using passkeyKey = key;
    const head = new FixedWidthReader(sealedPrivateKey.subarray(0, PRIVATE_KEY_HEAD_BYTES));
    const revision = { lamport: head.u64(), deviceId: head.id16() as DeviceId };
    const plaintext = aead.open(passkeyKey, {
      sealed: sealedPrivateKey.subarray(PRIVATE_KEY_HEAD_BYTES),
      aad: this.#encodeAad(item.id, bindPrivateKey(item, revision, head.u32())),
    });
    const privateKey = SecretBytes.take(unpad(plaintext));
    plaintext.fill(0);
    return privateKey;
  }

  #bindKeys(keys: SealedItemKeys, role: 'itemKey' | 'passkeyKey'): Binding {
    const revision = { lamport: keys.version, deviceId: keys.deviceId };
    return { role, epoch: keys.epoch, revision, schema: KEY_SCHEMA };
  }

  #encodeAad(itemId: ItemId, binding: Binding): Uint8Array<ArrayBuffer> {
    const { vaultId } = this.#context;
    return encodeAad({ vaultId, objectType: 'item', itemId, ...binding });
  }
}

function bindPrivateKey(item: PasskeyItem, revision: Revision, epoch: number): Binding {
  const extra = encodeCredential(item);
  return { role: 'passkeyPrivateKey', epoch, revision, schema: KEY_SCHEMA, extra };
}

/**
 * What a private key is for; empty for an item that is no passkey. SHA-256 of the RP ID, the credential id with its
 * length (u16) before it, SHA-256 of the user handle, the algorithm's name with its length (u8) before it.
 */
function encodeCredential(item: Item): Uint8Array<ArrayBuffer> {
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

function verifying<T>(step: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof CryptoError || error instanceof TypeError) throw damaged(step, error);
    throw error;
  }
}

function damaged(step: string, cause?: unknown): VaultError {
  return new VaultError('vault/item-damaged', `item: its ${step} does not open`, {
    cause,
    details: { step },
  });
}
