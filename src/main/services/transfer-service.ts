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
    this.#candidate = { token, fileName: name, bytes, importer, result: null };
    const { format, needsPassword } = importer;
    return { token, fileName: name, sizeBytes: bytes.length, format, needsPassword };
  }

  /** Reads every row and says what would happen. Throws `transfer/wrong-password`; zeroes the argument. */
  async preview(token: string, password: Uint8Array | null): Promise<ImportReport> {
    using secret = password === null ? null : SecretBytes.take(password);
    const candidate = this.#find(token);
    if (candidate.result) disposeImport(candidate.result);
    const result = await candidate.importer.read({
      bytes: candidate.bytes,
      password: secret,
      known: knownItems(this.#ports.vault()),
      now: this.#ports.clock.now(),
    });
    if (result === 'wrong-password') {
      throw new TransferError('transfer/wrong-password', 'the export has another password');
    }
    candidate.result = result;
    const { fileName, importer } = candidate;
    return toImportReport(result, { token, fileName, format: importer.format });
  }

  /** Takes what the preview promised, in one transaction: all of it or nothing. */
  commit(token: string): ImportOutcome {
    const { result } = this.#find(token);
    if (!result) throw new TransferError('transfer/preview-gone', 'nothing was previewed');
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
    const vault = this.#ports.vault();
    if (vault.damaged.length > 0) {
      // An export is for keeping: one that silently lacks items would be worse than none.
      throw new AppError('vault/item-damaged', 'damaged items cannot be exported', {
        details: { count: vault.damaged.length },
      });
    }
    const items = vault.overviews().map(({ id }) => vault.get(id));
    const { random, clock } = this.#ports;
    const chunks = writeExport(this.#entries(vault, items), { password, random, clock });
    const { name, sizeBytes } = await this.#ports.files.replace(path, chunks);
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
      throw new TransferError('transfer/preview-gone', 'another file was chosen meanwhile');
    }
    return this.#candidate;
  }

  #giveUp(): void {
    this.#candidate?.bytes.fill(0);
    if (this.#candidate?.result) disposeImport(this.#candidate.result);
    this.#candidate = null;
  }
}

function knownItems(vault: UnlockedVault): KnownItems {
  const logins = new Set<string>();
  const passkeys = new Set<string>();
  for (const { id } of vault.overviews()) {
    const item = vault.get(id);
    if (item.kind === 'login') logins.add(loginFingerprint(item));
    else passkeys.add(toHex(item.credentialId));
  }
  return {
    hasLogin: (fingerprint) => logins.has(fingerprint),
    hasPasskey: (credentialId) => passkeys.has(toHex(credentialId)),
  };
}
