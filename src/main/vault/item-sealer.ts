// ItemSealer: items to sealed items and back, under the keys of one unlocked vault. Which key lies under which, and
// which associated data goes with it, is written here and nowhere else.
// SPDX-License-Identifier: MIT

import type { DeviceId, ItemId } from '../../shared/brand.ts';
import { concatBytes, joinBytes } from '../../shared/bytes.ts';
import type { Aead } from '../crypto/aead.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
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
import { encodeCredential } from './credential-binding.ts';
import { FixedWidthReader, id16, u32, u64 } from './fixed-width.ts';
import { type DecodedItem, decodeItem, encodeItem, ITEM_SCHEMA } from './item-codec.ts';
import { encodeKeyNote, type ItemKeyNote, mayHold, parseKeyNote } from './item-key-note.ts';
import type { Item, PasskeyItem } from './item.ts';
import {
  type KeyRef,
  refOf,
  type Revision,
  type SealedBody,
  type SealedItem,
  type SealedItemKeys,
} from './sealed-item.ts';
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

/** An item's key, and the epoch it was made in: that of everything sealed under it. */
export interface OpenedItemKey extends Disposable {
  readonly key: ItemKey;
  readonly madeIn: number;
  /** Whether it was made in the present epoch: only then anything new may lie under it. */
  readonly isInUse: boolean;
  /** False for what was sealed under a key of a former epoch after that epoch had ended. */
  readonly mayHold: (sealed: Uint8Array) => boolean;
}

/** A revision as it is to be stored. */
export interface SealedRevision {
  readonly body: SealedBody;
  /** Where the revision comes with keys of its own. */
  readonly newKeys: SealedItemKeys | null;
  /** Whether it carries a private key along that was found not to open. */
  readonly isDamaged: boolean;
}

/** Does not own the keys it is given; every use after they are disposed throws. */
export class ItemSealer {
  readonly #context: SealerContext;

  constructor(context: SealerContext) {
    this.#context = context;
  }

  /**
   * First revision of an item, or one that follows what does not open: under keys made for it, of a version that the item
   * has not had. `privateKey` (PKCS#8) is borrowed.
   */
  sealNew(
    item: Item,
    revision: Revision,
    privateKey: SecretBytes | null,
    version = 1,
  ): SealedRevision {
    const sealed = this.#sealUnderNewKeys(item, { version, revision, privateKey });
    return { ...sealed, isDamaged: false };
  }

  /**
   * A later revision. Under the keys of the former, the private key carried along unopened; in a new epoch under fresh
   * ones, since whoever knew the old vault key may know the old item key.
   */
  sealAgain(
    item: Item,
    revision: Revision,
    former: SealedItem,
    rules: {
      /** Throws where `item` may not follow what the former revision holds. */
      readonly assertAllowed: (former: Item, item: Item) => void;
      /** A key version that the item has not had. */
      readonly nextVersion: () => number;
      /** Whether it is known that something of the item does not open: only then the private key is tried here. */
      readonly wasDamaged: boolean;
    },
  ): SealedRevision {
    using opened = this.#openItemKey(former.keys);
    const decoded = this.#openBody(former, opened);
    rules.assertAllowed(decoded.item, item);
    if (!opened.isInUse) {
      using privateKey = item.kind === 'passkey' ? this.#privateKeyOrNull(former) : null;
      const { sealedPrivateKey } = decoded;
      const keys = { privateKey, damagedPrivateKey: sealedPrivateKey };
      const version = rules.nextVersion();
      const sealed = this.#sealUnderNewKeys(item, { version, revision, ...keys });
      return { ...sealed, isDamaged: item.kind === 'passkey' && privateKey === null };
    }
    const isDamaged = rules.wasDamaged && item.kind === 'passkey' && !this.#holdsPrivateKey(former);
    const body = this.#sealBody(item, {
      itemKey: opened.key,
      ref: refOf(former.keys),
      revision,
      sealedPrivateKey: decoded.sealedPrivateKey,
    });
    return { body, newKeys: null, isDamaged };
  }

  /**
   * The same keys for a vault of another root key and epoch. `digests` are those of all that lies under them, asked for
   * with the key itself; keys of an epoch before this one keep those that they came with. A passkey key that does not open stays as it is: the item must
   * not be lost with it. Throws `vault/item-damaged` where the item key does not open.
   */
  rewrap(
    keys: SealedItemKeys,
    next: ItemSealer,
    digests: (key: OpenedItemKey) => readonly Uint8Array[],
  ): SealedItemKeys {
    using opened = this.#openItemKey(keys);
    using passkeyKey = this.#passkeyKeyOrNull(keys);
    const { id, version, deviceId } = keys;
    const { madeIn, isInUse } = opened;
    const sealedBefore = isInUse ? joinBytes(digests(opened)) : opened.note.sealedBefore;
    const named = { id, version, deviceId, note: { madeIn, sealedBefore } };
    if (passkeyKey !== null) return next.#sealKeys(named, opened.key, passkeyKey);
    using placeholder = randomPasskeyKey(this.#context.random);
    return { ...next.#sealKeys(named, opened.key, placeholder), passkeyKey: keys.passkeyKey };
  }

  /** The item's key, for what else lies under it; the caller disposes it. Throws `vault/item-damaged`. */
  openKey(keys: SealedItemKeys): OpenedItemKey {
    return this.#openItemKey(keys);
  }

  /** Whether a body verifies under a key of its item, whatever is in it. */
  verifies(sealed: SealedBody, key: OpenedItemKey): boolean {
    try {
      this.#unsealBody(sealed, key).fill(0);
      return true;
    } catch (error) {
      if (error instanceof VaultError) return false;
      throw error;
    }
  }

  /** All open methods throw `vault/item-damaged` for what does not verify. */
  openItem(sealed: SealedItem): Item {
    using opened = this.#openItemKey(sealed.keys);
    return this.#openBody(sealed, opened).item;
  }

  /** PKCS#8 of a passkey's private key; the caller disposes it. */
  openPrivateKey(sealed: SealedItem): SecretBytes {
    using opened = this.#openItemKey(sealed.keys);
    const { item, sealedPrivateKey } = this.#openBody(sealed, opened);
    if (item.kind !== 'passkey') throw new Error('openPrivateKey: only passkeys have private keys');
    if (sealedPrivateKey === null) throw damaged('private-key');
    return verifying('private-key', () => this.#unsealPrivateKey(item, sealed, sealedPrivateKey));
  }

  #sealUnderNewKeys(
    item: Item,
    input: {
      readonly version: number;
      readonly revision: Revision;
      readonly privateKey: SecretBytes | null;
      /**
       * That of a passkey as it was found, where it does not open: it goes on as it is, as damaged as it was, since
       * neither the rest of the item nor an act on many must be lost with it.
       */
      readonly damagedPrivateKey?: Uint8Array | null;
    },
  ): Omit<SealedRevision, 'isDamaged'> {
    const { version, revision, privateKey, damagedPrivateKey = null } = input;
    const { random, deviceId, epoch } = this.#context;
    using itemKey = randomItemKey(random);
    using passkeyKey = randomPasskeyKey(random);
    const note = { madeIn: epoch, sealedBefore: new Uint8Array(0) };
    const named = { id: item.id, version, deviceId, note };
    const newKeys = this.#sealKeys(named, itemKey, passkeyKey);
    const sealedPrivateKey =
      privateKey === null || item.kind !== 'passkey'
        ? damagedPrivateKey
        : this.#sealPrivateKey(item, { passkeyKey, privateKey, revision });
    const ref = refOf(newKeys);
    const body = this.#sealBody(item, { itemKey, ref, revision, sealedPrivateKey });
    return { body, newKeys };
  }

  #sealKeys(
    named: {
      readonly id: ItemId;
      readonly version: number;
      readonly deviceId: DeviceId;
      readonly note: ItemKeyNote;
    },
    itemKey: ItemKey,
    passkeyKey: PasskeyKey,
  ): SealedItemKeys {
    const { aead, keys, random, epoch } = this.#context;
    const { id, version, deviceId } = named;
    const note = encodeKeyNote(named.note);
    const binding = { epoch, revision: { lamport: version, deviceId }, schema: KEY_SCHEMA };
    const bind = (role: Role) => this.#encodeAad(id, { ...binding, role });
    return {
      ...{ id, version, deviceId, epoch },
      itemKey: wrapKey(aead, {
        ...{ key: itemKey, under: keys.wrap, aad: bind('itemKey'), note, random },
      }),
      passkeyKey: wrapKey(aead, {
        ...{ key: passkeyKey, under: keys.passkey, aad: bind('passkeyKey'), random },
      }),
    };
  }

  #sealBody(
    item: Item,
    input: {
      readonly itemKey: ItemKey;
      readonly ref: KeyRef;
      readonly revision: Revision;
      readonly sealedPrivateKey: Uint8Array | null;
    },
  ): SealedBody {
    const { itemKey, ref, revision, sealedPrivateKey } = input;
    const { aead, random, epoch } = this.#context;
    const schema = ITEM_SCHEMA;
    const plaintext = encodeItem(item, sealedPrivateKey);
    const aad = this.#encodeAad(item.id, { role: 'body', epoch, revision, schema });
    const body = aead.seal(itemKey, { plaintext, aad, random });
    plaintext.fill(0);
    return { id: item.id, revision, schema, ...ref, body };
  }

  #openItemKey(sealed: SealedItemKeys): OpenedItemKey & { readonly note: ItemKeyNote } {
    const { aead, keys, epoch } = this.#context;
    const aad = this.#encodeAad(sealed.id, this.#bindKeys(sealed, 'itemKey'));
    return verifying('item-key', () => {
      const opened = unwrapKey(aead, { sealed: sealed.itemKey, under: keys.wrap, aad });
      const { key } = opened;
      try {
        const note = parseKeyNote(opened.note, epoch);
        const isInUse = note.madeIn === epoch;
        return {
          ...{ key, note, isInUse, madeIn: note.madeIn },
          mayHold: (bytes) => mayHold(note, bytes, isInUse),
          [Symbol.dispose]() {
            key.dispose();
          },
        };
      } catch (error) {
        key.dispose();
        throw error;
      }
    });
  }

  #openBody(sealed: SealedBody, opened: OpenedItemKey): DecodedItem {
    const { id, schema, body } = sealed;
    const plaintext = this.#unsealBody(sealed, opened);
    try {
      if (!opened.mayHold(body)) throw damaged('former-key');
      return decodeItem(id, schema, plaintext);
    } finally {
      plaintext.fill(0);
    }
  }

  #unsealBody({ id, revision, schema, body }: SealedBody, opened: OpenedItemKey): Uint8Array {
    const aad = this.#encodeAad(id, { role: 'body', epoch: opened.madeIn, revision, schema });
    return verifying('body', () => this.#context.aead.open(opened.key, { sealed: body, aad }));
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
    const { aead } = this.#context;
    using passkeyKey = this.#unwrapPasskeyKey(sealed.keys);
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

  #unwrapPasskeyKey(sealed: SealedItemKeys): PasskeyKey {
    const { aead, keys } = this.#context;
    const aad = this.#encodeAad(sealed.id, this.#bindKeys(sealed, 'passkeyKey'));
    const { key, note } = unwrapKey(aead, { sealed: sealed.passkeyKey, under: keys.passkey, aad });
    if (note.length > 0) throw new TypeError('passkey key: expected nothing after it');
    return key;
  }

  #passkeyKeyOrNull(sealed: SealedItemKeys): PasskeyKey | null {
    try {
      return this.#unwrapPasskeyKey(sealed);
    } catch (error) {
      if (error instanceof CryptoError) return null;
      throw error;
    }
  }

  /** Null where it does not open. */
  #privateKeyOrNull(sealed: SealedItem): SecretBytes | null {
    try {
      return this.openPrivateKey(sealed);
    } catch (error) {
      if (error instanceof VaultError && error.code === 'vault/item-damaged') return null;
      throw error;
    }
  }

  #holdsPrivateKey(sealed: SealedItem): boolean {
    using privateKey = this.#privateKeyOrNull(sealed);
    return privateKey !== null;
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
