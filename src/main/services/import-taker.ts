// Stores what a preview promised: all items in one transaction, then the files that belong to them. All of it or nothing,
// but for what a person erases meanwhile; and where the program is ended in the middle, the items that still lack files
// say so by a tag.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { Clock } from '../../shared/clock.ts';
import { isAppError } from '../../shared/errors.ts';
import type { ImportOutcome } from '../../shared/model/transfer.ts';
import { countKinds, type ImportedEntry, type ImportResult, withId } from '../transfer/importer.ts';
import { TransferError } from '../transfer/transfer-error.ts';
import type { Attachment, Item } from '../vault/item.ts';
import type { AttachmentWriter } from '../vault/vault-attachments.ts';
import type { ItemToSave, UnlockedVault } from '../vault/unlocked-vault.ts';
import { VaultError } from '../vault/vault-error.ts';
import type { ItemChanges } from './item-changes.ts';
import { markUnfinished, unmarkUnfinished } from './unfinished-mark.ts';

export interface ImportTakerPorts {
  readonly changes: ItemChanges;
  readonly clock: Clock;
  /** Bytes of files. */
  readonly onProgress: (done: number, total: number) => void;
}

/** So many files of an item come in with one revision of it; each of them holds up to 1 MiB until then. */
const FILES_A_REVISION = 16;

/** A file that is written, and not named by its item yet. */
interface TakenFile {
  readonly attachment: Attachment;
  readonly writer: AttachmentWriter;
}

export class ImportTaker {
  readonly #ports: ImportTakerPorts;
  readonly #vault: UnlockedVault;
  readonly #result: ImportResult;
  /** What the records of the file are called in the vault. */
  readonly #ids: ReadonlyMap<number, ItemId>;
  readonly #totalBytes: number;
  #doneBytes = 0;

  constructor(ports: ImportTakerPorts, result: ImportResult) {
    this.#ports = ports;
    this.#vault = ports.changes.vault;
    this.#result = result;
    this.#ids = new Map(result.entries.map(({ number }) => [number, this.#vault.newItemId()]));
    this.#totalBytes = result.entries.reduce((sum, { item }) => sum + totalBytes(item), 0);
  }

  /**
   * Durable when it resolves; counts what is still there then. When it rejects, nothing of the import is in the vault, or
   * what is left bears the tag.
   */
  async take(): Promise<ImportOutcome> {
    const { entries, skipped } = this.#result;
    this.#ports.changes.save(entries.map((entry) => this.#toSave(entry)));
    await this.#takeFiles();
    const stayed = entries.filter(({ number }) => this.#isThere(this.#idOf(number)));
    const kinds = countKinds(stayed.map(({ item }) => item.kind));
    const files = stayed.reduce((sum, { item }) => sum + item.attachments.length, 0);
    return { imported: stayed.length, kinds, files, skipped: skipped.length };
  }

  async #takeFiles(): Promise<void> {
    try {
      for (const { number, item } of this.#result.entries) {
        const before = this.#doneBytes;
        await this.#takeFilesOf(this.#idOf(number), item);
        // Also those of an item that was erased in the middle of them.
        this.#doneBytes = before + totalBytes(item);
      }
    } catch (error) {
      this.#takeBack(error);
      throw error;
    }
  }

  /** As long as the item is there: one that a person erases meanwhile takes nothing else of the import along. */
  async #takeFilesOf(id: ItemId, { attachments, tags }: ImportedEntry['item']): Promise<void> {
    for (let at = 0; at < attachments.length; at += FILES_A_REVISION) {
      this.#assertSameVault();
      if (!this.#isThere(id)) return;
      const some = attachments.slice(at, at + FILES_A_REVISION);
      const isLast = at + some.length === attachments.length;
      try {
        await this.#takeSome(id, some, isLast ? tags : null);
      } catch (error) {
        if (this.#ports.changes.vault !== this.#vault || this.#isThere(id)) throw error;
        return;
      }
    }
  }

  #isThere(id: ItemId): boolean {
    return this.#vault.has(id) || this.#vault.damaged.has(id);
  }

  /** Throws `transfer/partly-imported` where not even that can be done: what is left bears the tag then. */
  #takeBack(cause: unknown): void {
    this.#assertSameVault();
    try {
      this.#ports.changes.erase([...this.#ids.values()]);
    } catch (error) {
      // A vault that was closed meanwhile can be told nothing of it.
      if (!isAppError(error) || error.code === 'vault/locked') throw error;
      throw new TransferError('transfer/partly-imported', 'the import could not be taken back', {
        cause,
        details: { items: this.#result.entries.length },
      });
    }
  }

  /** Files of one item, which names them all in one revision. */
  async #takeSome(
    id: ItemId,
    attachments: readonly Attachment[],
    tags: readonly string[] | null,
  ): Promise<void> {
    const taken: TakenFile[] = [];
    try {
      for (const attachment of attachments) {
        this.#assertSameVault();
        const writer = this.#vault.beginAttachment(id);
        taken.push({ attachment, writer });
        await this.#write(attachment, writer);
      }
      this.#assertSameVault();
      this.#name(id, taken, tags);
    } catch (error) {
      for (const { writer } of taken) writer.abort();
      throw error;
    }
  }

  async #write(attachment: Attachment, writer: AttachmentWriter): Promise<void> {
    for await (const piece of this.#result.files?.read(attachment.id) ?? []) {
      this.#assertSameVault();
      writer.write(piece);
      this.#doneBytes += piece.length;
      this.#ports.onProgress(this.#doneBytes, this.#totalBytes);
    }
  }

  /** The item as it is by now: a person may have changed it meanwhile. `tags` once it is complete; null before. */
  #name(id: ItemId, taken: readonly TakenFile[], tags: readonly string[] | null): void {
    const heads = taken.map(({ writer }) => writer.finish());
    const added = taken.map(({ attachment: { name, addedAt }, writer }) => ({
      ...{ id: writer.id, name, sizeBytes: writer.sizeBytes, addedAt },
    }));
    const item = this.#vault.get(id);
    const attachments = [...item.attachments, ...added];
    const own = tags === null ? item.tags : unmarkUnfinished(item.tags, tags);
    this.#ports.changes.saveWithAttachment({ ...item, attachments, tags: own }, ...heads);
  }

  #toSave({ number, item, privateKey, belongsTo }: ImportedEntry): ItemToSave {
    const isWaiting = item.attachments.length > 0;
    const tags = isWaiting ? markUnfinished(item.tags) : item.tags;
    const stored: Item = { ...withId(item, this.#idOf(number)), attachments: [], tags };
    if (stored.kind !== 'passkey' || privateKey === null) return { item: stored };
    return { item: { ...stored, loginId: this.#loginFor(belongsTo) }, privateKey };
  }

  /** One that comes with it, or the one that the vault has already in its place. */
  #loginFor(number: number | null): ItemId | null {
    if (number === null) return null;
    const taken = this.#ids.get(number);
    if (taken !== undefined) return taken;
    const present = this.#result.present.get(number);
    if (present === undefined) return null;
    return this.#vault.overview(present)?.kind === 'login' ? present : null;
  }

  #idOf(number: number): ItemId {
    const id = this.#ids.get(number);
    if (id === undefined) throw new Error('import: a record without an id');
    return id;
  }

  /** What was previewed for one vault is never written into another. */
  #assertSameVault(): void {
    if (this.#ports.changes.vault === this.#vault) return;
    throw new VaultError('vault/locked', 'import: its vault was closed meanwhile');
  }
}

function totalBytes({ attachments }: ImportedEntry['item']): number {
  return attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
