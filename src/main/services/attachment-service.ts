// Attachments: files into the vault and out of it, as streams; a look at small ones inside the window.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { joinBytes } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { AppError, isAppError } from '../../shared/errors.ts';
import {
  type AttachmentAdded,
  type AttachmentPreview,
  type AttachmentsSaved,
  PREVIEW_LIMITS,
} from '../../shared/model/attachment.ts';
import type { WorkStage } from '../../shared/ipc/events.ts';
import { FIELD_LIMITS, LIST_LIMITS } from '../../shared/model/field-limits.ts';
import { fileNameProblem, toFileName } from '../../shared/model/file-name.ts';
import type { AttachmentDetail, ChangeReceipt } from '../../shared/model/item.ts';
import type { TransferFiles } from '../transfer/transfer-files.ts';
import type { Attachment, Item } from '../vault/item.ts';
import type { AttachmentReader } from '../vault/vault-attachments.ts';
import { imageTypeOf } from './image-type.ts';
import type { ItemChanges } from './item-changes.ts';

/** How often a long transfer says how far it is. */
const PROGRESS_BYTES = 4 * 1024 * 1024;

export interface AttachmentPorts {
  readonly changes: ItemChanges;
  readonly files: TransferFiles;
  /** The file of the open vault: never read as an attachment, never replaced by one. */
  readonly vaultPath: () => string;
  readonly clock: Clock;
  /** In bytes. */
  readonly onProgress: (stage: WorkStage, done: number, total: number) => void;
}

export class AttachmentService {
  readonly #ports: AttachmentPorts;
  #cancel = new AbortController();

  constructor(ports: AttachmentPorts) {
    this.#ports = ports;
  }

  /** Durable when it resolves; nothing is left of one that failed or was cancelled. */
  async add(id: ItemId, path: string): Promise<AttachmentAdded> {
    const { changes, files, clock } = this.#ports;
    assertRoom(changes.vault.get(id));
    const signal = this.#begin();
    const { name, sizeBytes, chunks } = await files.stream(path, this.#ports.vaultPath());
    const writer = changes.vault.beginAttachment(id);
    try {
      const told = this.#progress('sealing', sizeBytes);
      for await (const chunk of chunks) {
        throwIfCancelled(signal);
        writer.write(chunk);
        told(writer.sizeBytes);
      }
      this.#ports.onProgress('writing', sizeBytes, sizeBytes);
      const head = writer.finish();
      const fresh = changes.vault.get(id);
      assertRoom(fresh);
      const attachment = {
        ...{ id: writer.id, sizeBytes: writer.sizeBytes, addedAt: clock.now() },
        name: name.slice(0, FIELD_LIMITS.fileName),
      };
      const item = { ...fresh, attachments: [...fresh.attachments, attachment] };
      return { ...changes.saveWithAttachment(item, head), attachment };
    } catch (error) {
      writer.abort();
      throw error;
    }
  }

  /** Writes aside and renames, so that a file of that name is always a whole one. */
  async saveAs(
    id: ItemId,
    attachment: string,
    path: string,
  ): Promise<{ readonly fileName: string }> {
    const signal = this.#begin();
    using reader = this.#read(id, attachment);
    const told = this.#progress('reading', reader.head.sizeBytes);
    const chunks = outgoing(reader, signal, told);
    const { name } = await this.#ports.files.replace(path, chunks, this.#ports.vaultPath());
    return { fileName: name };
  }

  /** Files that are damaged are left out; none takes the place of a file that lies there. */
  async saveAll(id: ItemId, folder: string): Promise<AttachmentsSaved> {
    const { changes, files } = this.#ports;
    const { attachments } = changes.vault.get(id);
    const signal = this.#begin();
    const total = attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const told = this.#progress('reading', total);
    const saved: string[] = [];
    let done = 0;
    for (const { id: attachment, name, sizeBytes } of attachments) {
      const before = done;
      const toldOfAll = (bytes: number): void => told(before + bytes);
      try {
        using reader = this.#read(id, attachment);
        const chunks = outgoing(reader, signal, toldOfAll);
        saved.push((await files.create(folder, toFileName(name), chunks)).name);
      } catch (error) {
        if (!isDamage(error)) throw error;
      }
      done += sizeBytes;
    }
    const folderName = files.nameOf(folder);
    return { folderName, saved, damaged: attachments.length - saved.length };
  }

  preview(id: ItemId, attachment: string): AttachmentPreview {
    using reader = this.#read(id, attachment);
    const { sizeBytes } = reader.head;
    const first = takeFirst(reader, 16);
    const mediaType = imageTypeOf(first);
    if (mediaType !== null) {
      if (sizeBytes > PREVIEW_LIMITS.imageBytes) return { is: 'none', reason: 'size' };
      return { is: 'image', mediaType, bytes: takeFirst(reader, sizeBytes) };
    }
    const head = takeFirst(reader, PREVIEW_LIMITS.textBytes);
    const text = asText(head, sizeBytes > head.length);
    if (text === null) return { is: 'none', reason: 'type' };
    return { is: 'text', text, isCut: sizeBytes > head.length };
  }

  /** The file stays for as long as the trash keeps things, so that this can be taken back. */
  remove(id: ItemId, attachment: string): ChangeReceipt {
    return this.#revise(id, (all) => all.filter((one) => one.id !== attachment));
  }

  /** Throws `ipc/invalid-input` for a name that a file cannot have everywhere. */
  rename(id: ItemId, attachment: string, name: string): ChangeReceipt {
    const problem = fileNameProblem(name);
    if (problem !== null) {
      throw new AppError('ipc/invalid-input', 'no name for a file', { details: { problem } });
    }
    this.#find(id, attachment);
    return this.#revise(id, (all) =>
      all.map((one) => (one.id === attachment ? { ...one, name } : one)),
    );
  }

  cancel(): void {
    this.#cancel.abort();
  }

  /** What a dialog offers as the name to save under. Throws `vault/attachment-not-found`. */
  nameOf(id: ItemId, attachment: string): string {
    return toFileName(this.#find(id, attachment).name);
  }

  #begin(): AbortSignal {
    this.#cancel = new AbortController();
    return this.#cancel.signal;
  }

  #progress(stage: WorkStage, total: number): (done: number) => void {
    let next = 0;
    return (done) => {
      if (done < next) return;
      next = done + PROGRESS_BYTES;
      this.#ports.onProgress(stage, Math.min(done, total), total);
    };
  }

  #read(id: ItemId, attachment: string): AttachmentReader {
    return this.#ports.changes.vault.attachments.read(id, this.#find(id, attachment).id);
  }

  #find(id: ItemId, attachment: string): AttachmentDetail {
    const found = this.#ports.changes.vault
      .get(id)
      .attachments.find((one) => one.id === attachment);
    if (found !== undefined) return found;
    throw new AppError('vault/attachment-not-found', 'the item has no such file');
  }

  #revise(
    id: ItemId,
    change: (all: readonly Attachment[]) => readonly Attachment[],
  ): ChangeReceipt {
    const { changes, clock } = this.#ports;
    const item = changes.vault.get(id);
    const revised = { ...item, attachments: change(item.attachments), modifiedAt: clock.now() };
    return changes.save([{ item: revised }]);
  }
}

async function* outgoing(
  reader: AttachmentReader,
  signal: AbortSignal,
  told: (done: number) => void,
): AsyncIterable<Uint8Array> {
  let done = 0;
  for (const chunk of reader.chunks()) {
    throwIfCancelled(signal);
    yield await Promise.resolve(chunk);
    done += chunk.length;
    chunk.fill(0);
    told(done);
  }
}

/** The first `length` bytes, or fewer where the file has no more. A whole file is read to its end, which proves it. */
function takeFirst(reader: AttachmentReader, length: number): Uint8Array {
  const isPart = length < reader.head.sizeBytes;
  const parts: Uint8Array[] = [];
  let taken = 0;
  for (const chunk of reader.chunks()) {
    parts.push(chunk.subarray(0, length - taken));
    taken += chunk.length;
    if (isPart && taken >= length) break;
  }
  return joinBytes(parts);
}

/** Null for what is no text in UTF-8. A cut may fall into the middle of a character. */
function asText(bytes: Uint8Array, isCut: boolean): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return null;
  }
}

function isDamage(error: unknown): boolean {
  return (
    isAppError(error) &&
    (error.code === 'vault/attachment-damaged' || error.code === 'vault/attachment-not-found')
  );
}

function assertRoom({ attachments }: Item): void {
  if (attachments.length < LIST_LIMITS.attachments) return;
  throw new AppError('vault/too-large', 'the item has as many files as it may have', {
    details: { most: LIST_LIMITS.attachments },
  });
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('ipc/cancelled', 'stopped by the person');
}
