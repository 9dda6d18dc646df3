// Transfer: a file is opened, previewed and then taken whole, or given up without a trace. An export is written aside and
// renamed, so that a file of that name is always a whole one. Neither is ever in memory as a whole.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import type {
  ExportOutcome,
  ImportCandidate,
  ImportOutcome,
  ImportReport,
} from '../../shared/model/transfer.ts';
import type { KdfParameters, PasswordKdf } from '../crypto/password-kdf.ts';
import type { RandomSource } from '../crypto/random.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import type { Pace } from '../health/pace.ts';
import { exportFileBytes, writeExport } from '../transfer/encrypted-export.ts';
import { planExport } from '../transfer/export-body.ts';
import {
  disposeImport,
  type Importer,
  type ImportResult,
  toImportReport,
} from '../transfer/importer.ts';
import { recognise, RECOGNITION_BYTES } from '../transfer/importers.ts';
import { TransferError } from '../transfer/transfer-error.ts';
import type { ChosenFile, TransferFiles } from '../transfer/transfer-files.ts';
import { isContentFailure, VaultContent } from '../transfer/vault-content.ts';
import { VaultItems } from '../transfer/vault-items.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import { ImportTaker } from './import-taker.ts';
import type { ItemChanges } from './item-changes.ts';

/** How often an export begins anew because something turned out not to open, or was erased, in the middle of it. */
const MOST_ATTEMPTS = 3;
/** How often long work says how far it is. */
const PROGRESS_BYTES = 4 * 1024 * 1024;

export interface TransferPorts {
  readonly changes: ItemChanges;
  /** The file of the open vault. */
  readonly vaultPath: () => string;
  readonly files: TransferFiles;
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly newPace: () => Pace;
  /** Bytes of a file, read or written. */
  readonly onProgress: (done: number, total: number) => void;
  readonly deriveKey: PasswordKdf;
  /** Cost of the password of an export; the default where absent. */
  readonly exportKdf?: KdfParameters;
}

interface Candidate {
  readonly token: string;
  readonly file: ChosenFile;
  readonly importer: Importer;
  /** What the preview found, and the vault that it was held against. */
  preview: { readonly vault: UnlockedVault; readonly result: ImportResult } | null;
}

export class TransferService {
  readonly #ports: TransferPorts;
  /** One at a time: choosing another file gives up the former. */
  #candidate: Candidate | null = null;

  constructor(ports: TransferPorts) {
    this.#ports = ports;
  }

  /** Looks at the beginning of the file and says what it is. Throws TransferError when it is nothing we know. */
  async open(path: string, token: string): Promise<ImportCandidate> {
    this.#giveUp();
    const file = await this.#ports.files.choose(path, this.#ports.vaultPath());
    const importer = recognise(await file.read(0, RECOGNITION_BYTES), file.name);
    if (importer === null) {
      throw new TransferError('transfer/not-recognised', 'no importer knows this file');
    }
    this.#giveUp();
    this.#candidate = { token, file, importer, preview: null };
    const { format, needsPassword } = importer;
    const { name, sizeBytes } = file;
    return { token, fileName: name, sizeBytes, format, needsPassword };
  }

  /** Reads every row and says what would happen. Throws `transfer/wrong-password`; zeroes the argument. */
  async preview(token: string, password: Uint8Array | null): Promise<ImportReport> {
    using secret = password === null ? null : SecretBytes.take(password);
    const candidate = this.#find(token);
    const { vault } = this.#ports.changes;
    const result = await this.#read(candidate, vault, secret);
    if (candidate.preview !== null) disposeImport(candidate.preview.result);
    candidate.preview = { vault, result };
    const { file, importer } = candidate;
    return toImportReport(result, { token, fileName: file.name, format: importer.format });
  }

  /** Takes what the preview promised: all of it or nothing. Durable when it resolves; can be tried again when not. */
  async commit(token: string): Promise<ImportOutcome> {
    const candidate = this.#find(token);
    const { changes, clock } = this.#ports;
    const { preview } = candidate;
    if (preview === null) throw previewGone();
    if (preview.vault !== changes.vault) throw previewGone();
    // Meanwhile nobody else gives it up.
    this.#candidate = null;
    const onProgress = this.#everyFewBytes();
    try {
      const outcome = await new ImportTaker({ changes, clock, onProgress }, preview.result).take();
      giveUp(candidate);
      return outcome;
    } catch (error) {
      this.#takeBack(candidate);
      throw error;
    }
  }

  discard(token: string): void {
    if (this.#candidate?.token === token) this.#giveUp();
  }

  /** Writes every item, the trash included, under the export's own password; zeroes the argument. */
  async export(path: string, exportPassword: Uint8Array): Promise<ExportOutcome> {
    using password = SecretBytes.take(exportPassword);
    const { vault } = this.#ports.changes;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#write(vault, { path, password, isThorough: attempt > 1 });
      } catch (error) {
        if (attempt === MOST_ATTEMPTS || !isContentFailure(error)) throw error;
      }
    }
  }

  async #write(
    vault: UnlockedVault,
    to: { readonly path: string; readonly password: SecretBytes; readonly isThorough: boolean },
  ): Promise<ExportOutcome> {
    const { random, clock, files, vaultPath, deriveKey: derive, exportKdf } = this.#ports;
    const openVault = vaultPath();
    const breathe = this.#breath();
    const content = await VaultContent.of(vault, breathe);
    if (to.isThorough) await content.readFiles(breathe);
    const plan = await planExport(content, breathe);
    const cost = exportKdf === undefined ? {} : { kdf: exportKdf };
    const options = { password: to.password, random, clock, derive, ...cost };
    const chunks = this.#told(writeExport(plan, content, options), exportFileBytes(plan));
    const { name, sizeBytes } = await files.replace(to.path, chunks, openVault);
    const { counts, files: fileCount } = plan.manifest;
    return {
      ...{ fileName: name, items: plan.ids.length, kinds: counts, files: fileCount, sizeBytes },
      leftOut: content.leftOut,
    };
  }

  async #read(
    candidate: Candidate,
    vault: UnlockedVault,
    password: SecretBytes | null,
  ): Promise<ImportResult> {
    const { file, importer } = candidate;
    if (importer.needsPassword && password === null) throw wrongPassword();
    const told = this.#everyFewBytes();
    const result = await importer
      .read({
        ...{ file, password, known: new VaultItems(vault) },
        deriveKey: this.#ports.deriveKey,
        now: this.#ports.clock.now(),
        breathe: this.#breath(),
        onProgress: (bytes) => {
          // One that was given up is not read to its end.
          if (this.#candidate !== candidate) throw previewGone();
          told(bytes, file.sizeBytes);
        },
      })
      .catch((error: unknown) => {
        if (this.#candidate !== candidate) throw previewGone();
        throw error;
      });
    if (result === 'wrong-password') throw wrongPassword();
    if (this.#candidate === candidate) return result;
    disposeImport(result);
    throw previewGone();
  }

  async *#told(chunks: AsyncIterable<Uint8Array>, total: number): AsyncIterable<Uint8Array> {
    const told = this.#everyFewBytes();
    let done = 0;
    for await (const chunk of chunks) {
      yield chunk;
      done += chunk.length;
      told(done, total);
    }
  }

  #everyFewBytes(): (done: number, total: number) => void {
    let next = 0;
    return (done, total) => {
      if (done < next && done < total) return;
      next = done + PROGRESS_BYTES;
      this.#ports.onProgress(done, total);
    };
  }

  #breath(): () => Promise<void> {
    const pace = this.#ports.newPace();
    return () => pace.breathe();
  }

  #find(token: string): Candidate {
    if (this.#candidate?.token !== token) throw previewGone();
    return this.#candidate;
  }

  /** Unless another file was chosen meanwhile. */
  #takeBack(candidate: Candidate): void {
    if (this.#candidate === null) this.#candidate = candidate;
    else giveUp(candidate);
  }

  #giveUp(): void {
    const candidate = this.#candidate;
    this.#candidate = null;
    if (candidate !== null) giveUp(candidate);
  }
}

function giveUp({ preview }: Candidate): void {
  if (preview !== null) disposeImport(preview.result);
}

function wrongPassword(): TransferError {
  return new TransferError('transfer/wrong-password', 'the export has another password');
}

function previewGone(): TransferError {
  return new TransferError('transfer/preview-gone', 'another file was chosen meanwhile');
}
