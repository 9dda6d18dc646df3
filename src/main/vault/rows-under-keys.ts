// RowsUnderKeys: what lies under each pair of keys of an item, as a re-key writes it down: digests of bodies and of heads
// of files. They are walked beside the rows of keys, and each row is counted once. docs/vault-format.md, "Keys of an item".
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { type AttachmentContext, AttachmentSealer } from './attachment-sealer.ts';
import { digestSealed } from './item-key-note.ts';
import type { ItemSealer, OpenedItemKey } from './item-sealer.ts';
import type { ManifestRow } from './manifest.ts';
import { allAttachments, allBodies, attachmentsOf, bodiesOf, RowsByItem } from './scan-rows.ts';
import type { SealedAttachment } from './sealed-attachment.ts';
import { isNamedBy, type KeyRef, type SealedBody, type SealedItemKeys } from './sealed-item.ts';
import { VaultError } from './vault-error.ts';
import type { VaultStore } from './vault-store.ts';

/**
 * As many of an item as a person may well have made are written down as they are found: 16 KiB of digests. Where there are
 * more, each has to open: rows can be planted at will, and too many of them would make the keys too large to be written.
 */
const MOST_UNOPENED = 1024;

interface Source extends AttachmentContext {
  readonly store: VaultStore;
  readonly items: ItemSealer;
}

interface Kept {
  readonly id: ItemId;
  readonly ref: KeyRef;
  readonly digest: Uint8Array;
}

export class RowsUnderKeys {
  readonly #source: Source;
  readonly #bodies: RowsByItem<SealedBody, Kept>;
  readonly #files: RowsByItem<SealedAttachment, Kept>;

  /** `count` hears of every body and every head, those of items without keys among them. */
  constructor(source: Source, count: (row: ManifestRow) => void) {
    this.#source = source;
    const { store } = source;
    const most = MOST_UNOPENED + 1;
    const keepBody = (row: SealedBody): Kept => {
      count({ of: 'body', row });
      return { id: row.id, ref: refIn(row), digest: digestSealed(row.body) };
    };
    const keepFile = (row: SealedAttachment): Kept => {
      count({ of: 'attachment', row });
      return { id: row.itemId, ref: refIn(row), digest: digestSealed(row.sealed) };
    };
    this.#bodies = new RowsByItem(allBodies(store), keepBody, most);
    this.#files = new RowsByItem(allAttachments(store), keepFile, most);
  }

  /** Of what names `keys`, which `key` is of; items are asked for in the order of their ids. */
  digests(keys: SealedItemKeys, key: OpenedItemKey): readonly Uint8Array[] {
    const bodies = this.#bodies.of(keys.id);
    const files = this.#files.of(keys.id);
    const own = (rows: readonly Kept[]): readonly Uint8Array[] =>
      rows.filter(({ ref }) => isNamedBy(keys, ref)).map(({ digest }) => digest);
    return [
      ...(bodies.length > MOST_UNOPENED ? this.#openedBodies(keys, key) : own(bodies)),
      ...(files.length > MOST_UNOPENED ? this.#openedFiles(keys, key) : own(files)),
    ];
  }

  /** Reads on to the last row. */
  skipRest(): void {
    this.#bodies.skipRest();
    this.#files.skipRest();
  }

  *#openedBodies(keys: SealedItemKeys, key: OpenedItemKey): Iterable<Uint8Array> {
    const { store, items } = this.#source;
    for (const row of bodiesOf(store, keys.id)) {
      if (isNamedBy(keys, row) && items.verifies(row, key)) yield digestSealed(row.body);
    }
  }

  *#openedFiles(keys: SealedItemKeys, key: OpenedItemKey): Iterable<Uint8Array> {
    for (const row of attachmentsOf(this.#source.store, keys.id)) {
      if (isNamedBy(keys, row) && this.#opens(row, key)) yield digestSealed(row.sealed);
    }
  }

  #opens(row: SealedAttachment, itemKey: OpenedItemKey): boolean {
    const { itemId, id } = row;
    using sealer = new AttachmentSealer(this.#source, { itemId, id, itemKey });
    try {
      sealer.openHead(row);
      return true;
    } catch (error) {
      if (error instanceof VaultError) return false;
      throw error;
    }
  }
}

/** Without the row's bytes. */
function refIn({ keyVersion, keyDevice }: KeyRef): KeyRef {
  return { keyVersion, keyDevice };
}
