// VaultCopy: a backup of the open vault, opened with the keys of the open vault: it has the same root key, so it needs no
// secret. Read item by item; and its header can be made that of the open vault, so that a password that was given up does
// not open the copies either.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { equalBytes } from '../../shared/bytes.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import type { AttachmentContext } from './attachment-sealer.ts';
import type { ItemOverview } from './item-overview.ts';
import type { Item } from './item.ts';
import { loadOverviews, remakePack } from './load-overviews.ts';
import { encodeManifest, hashHeader, parseManifest } from './manifest.ts';
import type { OverviewTable } from './overview-table.ts';
import type { Revision, SealedItem } from './sealed-item.ts';
import { type AttachmentReader, openAttachment } from './vault-attachments.ts';
import { VaultError } from './vault-error.ts';
import { assertHeaderMac, parseHeader } from './vault-header.ts';
import type { VaultState } from './vault-state.ts';
import type { VaultStore } from './vault-store.ts';

/** What the open vault lends to its copies. */
export interface CopyKeys {
  readonly state: VaultState;
  readonly context: AttachmentContext;
}

export class VaultCopy implements Disposable {
  readonly store: VaultStore;
  readonly #state: VaultState;
  readonly #table: OverviewTable;
  readonly #context: AttachmentContext;

  private constructor({ state, context }: CopyKeys, store: VaultStore, table: OverviewTable) {
    this.#state = state;
    this.#context = context;
    this.store = store;
    this.#table = table;
    table.mend = (number) => {
      table.apply(remakePack(store, state.epoch.items, table, number).plan);
    };
  }

  /**
   * Owns the store once it returns. Throws `vault/header-damaged` for what is no copy of this vault, and
   * `vault/wrong-password` for one of another epoch: its keys are gone.
   */
  static open(keys: CopyKeys, store: VaultStore): VaultCopy {
    const { state } = keys;
    const header = parseHeader(store.loadHeader());
    const own = state.ring.header;
    if (!equalBytes(header.vaultId, own.vaultId)) {
      throw new VaultError('vault/header-damaged', 'vault copy: of another vault', {
        details: { step: 'vault-id' },
      });
    }
    if (header.epoch !== own.epoch) {
      throw new VaultError('vault/wrong-password', 'vault copy: of another epoch', {
        details: { epoch: header.epoch },
      });
    }
    assertHeaderMac(header, state.epoch.keys.header);
    const { table } = loadOverviews(store.loadPacks(), state.epoch.packs, () => undefined);
    return new VaultCopy(keys, store, table);
  }

  overviews(): Iterable<ItemOverview> {
    return this.#table.overviews();
  }

  has(id: ItemId): boolean {
    return this.#table.has(id);
  }

  /** Null where there is no such item. */
  revisionOf(id: ItemId): Revision | null {
    return this.#table.revisionOf(id);
  }

  overview(id: ItemId): ItemOverview | null {
    return this.#table.overview(id);
  }

  /** Throws `vault/item-not-found`, `vault/item-damaged`. */
  get(id: ItemId): Item {
    return this.#state.epoch.items.openItem(this.#load(id));
  }

  /** PKCS#8 of a passkey's private key: the caller disposes it. */
  openPrivateKey(id: ItemId): SecretBytes {
    return this.#state.epoch.items.openPrivateKey(this.#load(id));
  }

  /** Throws `vault/attachment-not-found`, `vault/attachment-damaged`. Dispose it when read. */
  openAttachment(itemId: ItemId, id: string): AttachmentReader {
    const source = { store: this.store, items: this.#state.epoch.items, context: this.#context };
    return openAttachment(source, itemId, id);
  }

  /** Puts the open vault's header in the place of the copy's own. Nothing of the former is left when it returns. */
  adoptHeader(): void {
    const { ring, epoch, deviceId } = this.#state;
    const header = ring.encode(epoch.keys.header);
    const sealed = this.store.loadContents().objects.find(({ role }) => role === 'manifest');
    if (sealed === undefined) throw new VaultError('vault/corrupt', 'vault copy: no manifest');
    const manifest = {
      ...parseManifest(epoch.objects.open(sealed)),
      headerHash: hashHeader(header),
    };
    const revision = { lamport: sealed.revision.lamport + 1, deviceId };
    const objects = [epoch.objects.seal('manifest', revision, encodeManifest(manifest))];
    this.store.commit({ header, objects });
    this.store.scrub();
  }

  #load(id: ItemId): SealedItem {
    const revision = this.#table.revisionOf(id);
    const sealed = revision === null ? null : this.store.loadItem(id, revision);
    if (sealed !== null) return sealed;
    throw new VaultError('vault/item-not-found', 'vault copy: no such item');
  }

  close(): void {
    this.#table.clear();
    this.store.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
