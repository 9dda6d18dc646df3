// Stores what a preview promised: all items in one transaction, then the files that belong to them. All of it or nothing;
// and where the program is ended in the middle, the items that still lack files say so by a tag.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { Clock } from '../../shared/clock.ts';
import { isAppError } from '../../shared/errors.ts';
import { type ImportOutcome, UNFINISHED_TAG } from '../../shared/model/transfer.ts';
import { countKinds, type ImportedEntry, type ImportResult, withId } from '../transfer/importer.ts';
import { TransferError } from '../transfer/transfer-error.ts';
import type { Attachment, Item } from '../vault/item.ts';
import type { AttachmentWriter } from '../vault/vault-attachments.ts';
import type { ItemToSave, UnlockedVault } from '../vault/unlocked-vault.ts';
import { VaultError } from '../vault/vault-error.ts';
import type { ItemChanges } from './item-changes.ts';

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
    const files = result.entries.flatMap(({ item }) => item.attachments);
    this.#totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  /** Durable when it resolves. When it rejects, nothing of the import is in the vault, or what is left bears the tag. */
  async take(): Promise<ImportOutcome> {
    const { entries, skipped } = this.#result;
    this.#ports.changes.save(entries.map((entry) => this.#toSave(entry)));
    const files = await this.#takeFiles();
    const kinds = countKinds(entries.map(({ item }) => item.kind));
    return { imported: entries.length, kinds, files, skipped: skipped.length };
  }

  async #takeFiles(): Promise<number> {
    let files = 0;
    try {
      for (const { number, item } of this.#result.entries) {
        for (let at = 0; at < item.attachments.length; at += FILES_A_REVISION) {
          const some = item.attachments.slice(at, at + FILES_A_REVISION);
          files += some.length;
          const isLast = at + some.length === item.attachments.length;
          await this.#takeSome(this.#idOf(number), some, isLast ? item.tags : null);
        }
      }
    } catch (error) {
      this.#takeBack(error);
      throw error;
    }
    return files;
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
    const own = tags === null ? item.tags : withoutMark(item.tags, tags);
    this.#ports.changes.saveWithAttachment({ ...item, attachments, tags: own }, ...heads);
  }

  #toSave({ number, item, privateKey, belongsTo }: ImportedEntry): ItemToSave {
    const isWaiting = item.attachments.length > 0;
    const tags = isWaiting ? [...new Set([...item.tags, UNFINISHED_TAG])] : item.tags;
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

/** Of the tags that are there now, without the mark that only this import has set. */
function withoutMark(now: readonly string[], own: readonly string[]): readonly string[] {
  return own.includes(UNFINISHED_TAG) ? now : now.filter((tag) => tag !== UNFINISHED_TAG);
}
