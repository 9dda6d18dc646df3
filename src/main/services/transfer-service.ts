// Transfer: a file is opened, previewed and then taken whole in one transaction, or given up without a trace.
// An export is written aside and renamed, so that a file of that name is always a whole one.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { toHex } from '../../shared/bytes.ts';
import type {
  ExportOutcome,
  ImportCandidate,
  ImportOutcome,
  ImportReport,
} from '../../shared/model/transfer.ts';
import type { RandomSource } from '../crypto/random.ts';
import { SecretBytes } from '../crypto/secret-bytes.ts';
import { MAX_EXPORT_BYTES, writeExport } from '../transfer/encrypted-export.ts';
import {
  disposeImport,
  toImportReport,
  type ImportResult,
  type Importer,
  type KnownItems,
} from '../transfer/importer.ts';
import { recognise, RECOGNITION_BYTES } from '../transfer/importers.ts';
import { loginFingerprint } from '../transfer/login-fingerprint.ts';
import { TransferError } from '../transfer/transfer-error.ts';
import type { TransferFiles } from '../transfer/transfer-files.ts';
import type { Item } from '../vault/item.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';

export interface TransferPorts {
  readonly vault: () => UnlockedVault;
  /** The file of the open vault. */
  readonly vaultPath: () => string;
  readonly files: TransferFiles;
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly onChanged: (revision: number) => void;
  readonly onProgress: (done: number, total: number) => void;
}

interface Candidate {
  readonly token: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly importer: Importer;
  result: ImportResult | null;
  /** Previews under way. */
  readers: number;
}

export class TransferService {
  readonly #ports: TransferPorts;
  /** One at a time: choosing another file gives up the former. */
  #candidate: Candidate | null = null;

  constructor(ports: TransferPorts) {
    this.#ports = ports;
  }

  /** Reads the file and says what it is. Throws TransferError when it is nothing we know. */
  async open(path: string, token: string): Promise<ImportCandidate> {
    this.#giveUp();
    const { name, bytes } = await this.#ports.files.read(path, MAX_EXPORT_BYTES);
    const importer = recognise(bytes.subarray(0, RECOGNITION_BYTES), name);
    if (!importer)
      throw new TransferError('transfer/not-recognised', 'no importer knows this file');
    this.#candidate = { token, fileName: name, bytes, importer, result: null, readers: 0 };
    const { format, needsPassword } = importer;
    return { token, fileName: name, sizeBytes: bytes.length, format, needsPassword };
  }

  /** Reads every row and says what would happen. Throws `transfer/wrong-password`; zeroes the argument. */
  async preview(token: string, password: Uint8Array | null): Promise<ImportReport> {
    using secret = password === null ? null : SecretBytes.take(password);
    const candidate = this.#find(token);
    const result = await this.#read(candidate, secret);
    if (candidate.result) disposeImport(candidate.result);
    candidate.result = result;
    const { fileName, importer } = candidate;
    return toImportReport(result, { token, fileName, format: importer.format });
  }

  async #read(candidate: Candidate, password: SecretBytes | null): Promise<ImportResult> {
    if (candidate.importer.needsPassword && password === null) throw wrongPassword();
    candidate.readers += 1;
    const result = await candidate.importer
      .read({
        bytes: candidate.bytes,
        password,
        known: knownItems(this.#ports.vault()),
        now: this.#ports.clock.now(),
      })
      .finally(() => {
        candidate.readers -= 1;
        if (this.#candidate !== candidate) eraseWhenUnread(candidate);
      });
    if (result === 'wrong-password') throw wrongPassword();
    if (this.#candidate === candidate) return result;
    disposeImport(result);
    throw previewGone();
  }

  /** Takes what the preview promised, in one transaction: all of it or nothing. */
  commit(token: string): ImportOutcome {
    const { result } = this.#find(token);
    if (!result) throw previewGone();
    const vault = this.#ports.vault();
    const logins = result.logins.map((item) => ({ item: { ...item, id: vault.newItemId() } }));
    const passkeys = result.passkeys.map(({ item, privateKey }) => ({
      item: { ...item, id: vault.newItemId() },
      privateKey,
    }));
    vault.saveAll([...logins, ...passkeys]);
    const outcome = {
      imported: logins.length + passkeys.length,
      skipped: result.skipped.length,
    };
    this.#giveUp();
    this.#ports.onChanged(vault.revision);
    return outcome;
  }

  discard(token: string): void {
    if (this.#candidate?.token === token) this.#giveUp();
  }

  /** Writes every item, the trash included, under the export's own password; zeroes the argument. */
  async export(path: string, exportPassword: Uint8Array): Promise<ExportOutcome> {
    using password = SecretBytes.take(exportPassword);
    const { vault: openVault, vaultPath: openPath } = this.#ports;
    const [vault, vaultPath] = [openVault(), openPath()];
    if (vault.damaged.length > 0) {
      // An export is for keeping: one that silently lacks items would be worse than none.
      throw new AppError('vault/item-damaged', 'damaged items cannot be exported', {
        details: { count: vault.damaged.length },
      });
    }
    const items = vault.overviews().map(({ id }) => vault.get(id));
    const { random, clock } = this.#ports;
    const chunks = writeExport(this.#entries(vault, items), { password, random, clock });
    const { name, sizeBytes } = await this.#ports.files.replace(path, chunks, vaultPath);
    const passkeys = items.filter((item) => item.kind === 'passkey').length;
    return { fileName: name, items: items.length, passkeys, sizeBytes };
  }

  *#entries(
    vault: UnlockedVault,
    items: readonly Item[],
  ): Iterable<{ item: Item; privateKey: SecretBytes | null }> {
    for (const [index, item] of items.entries()) {
      using privateKey = item.kind === 'passkey' ? vault.openPrivateKey(item.id) : null;
      yield { item, privateKey };
      if (index % 100 === 0) this.#ports.onProgress(index, items.length);
    }
  }

  #find(token: string): Candidate {
    if (this.#candidate?.token !== token) {
      throw previewGone();
    }
    return this.#candidate;
  }

  #giveUp(): void {
    const candidate = this.#candidate;
    this.#candidate = null;
    if (!candidate) return;
    eraseWhenUnread(candidate);
    if (candidate.result) disposeImport(candidate.result);
  }
}

/** A reader that is still at it would take the zeroes for damage. */
function eraseWhenUnread(candidate: Candidate): void {
  if (candidate.readers === 0) candidate.bytes.fill(0);
}

function wrongPassword(): TransferError {
  return new TransferError('transfer/wrong-password', 'the export has another password');
}

function previewGone(): TransferError {
  return new TransferError('transfer/preview-gone', 'another file was chosen meanwhile');
}

/** What lies in the trash is not what a person means by "there already": a login comes in again, beside it. */
function knownItems(vault: UnlockedVault): KnownItems {
  const logins = new Set<string>();
  const passkeys = new Set<string>();
  for (const { id } of vault.overviews()) {
    const item = vault.get(id);
    if (item.kind === 'login') {
      if (item.trashedAt === null) logins.add(loginFingerprint(item));
      continue;
    }
    passkeys.add(toHex(item.credentialId));
  }
  return {
    hasLogin: (fingerprint) => logins.has(fingerprint),
    hasPasskey: (credentialId) => passkeys.has(toHex(credentialId)),
  };
}
