// Backups: whole copies of the vault file beside it, as encrypted as the file, made by themselves once a day. What differs
// is shown before anything is brought back, and what is brought back is a new revision: nothing is lost by it.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { Clock } from '../../shared/clock.ts';
import { AppError, type ErrorCode, isAppError } from '../../shared/errors.ts';
import type { BackupComparison, BackupInfo } from '../../shared/model/backup.ts';
import type { ChangeReceipt } from '../../shared/model/item.ts';
import type { Item } from '../vault/item.ts';
import { sameRevision } from '../vault/sealed-item.ts';
import type { ItemToSave, UnlockedVault } from '../vault/unlocked-vault.ts';
import type { BackupFile, BackupFiles } from '../vault/backup-files.ts';
import type { VaultCopy } from '../vault/vault-copy.ts';
import { parseHeader } from '../vault/vault-header.ts';
import type { VaultStore } from '../vault/vault-store.ts';
import type { ItemChanges } from './item-changes.ts';
import { differencesBetween } from './item-differences.ts';
import { toSummary } from './item-index.ts';
import { placeOf } from '../vault/item-overview.ts';

const KEPT_BACKUPS = 10;
/** Says nothing of the backup itself. */
const DISK_TROUBLE: readonly ErrorCode[] = [
  'vault/disk-failed',
  'vault/write-failed',
  'vault/in-use',
];
const DAY_MS = 24 * 60 * 60 * 1_000;

export interface BackupPorts {
  readonly changes: ItemChanges;
  readonly files: BackupFiles;
  readonly vaultPath: () => string;
  readonly openStore: (path: string) => VaultStore;
  readonly clock: Clock;
}

export class BackupService {
  readonly #ports: BackupPorts;

  constructor(ports: BackupPorts) {
    this.#ports = ports;
  }

  list(): readonly BackupInfo[] {
    const { files, vaultPath } = this.#ports;
    return files.list(vaultPath()).map(toInfo);
  }

  /** A new one now; the oldest beyond ten goes. */
  async make(): Promise<BackupInfo> {
    const { changes, files, clock } = this.#ports;
    const { vault } = changes;
    const vaultPath = this.#ports.vaultPath();
    const draft = files.draftFor(vaultPath);
    const { revision } = vault;
    try {
      await vault.copyTo(draft);
    } catch (error) {
      files.remove(draft);
      throw error;
    }
    files.publish(vaultPath, draft, { madeAt: clock.now(), revision });
    const all = files.list(vaultPath);
    for (const { path } of all.slice(KEPT_BACKUPS)) files.remove(path);
    const [newest] = all;
    if (newest === undefined) throw new Error('backups: the one just made is not there');
    return toInfo(newest);
  }

  /** Makes one where the last is a day old and the vault has changed since. For a vault that is known to be intact. */
  async makeDaily(): Promise<void> {
    const [newest] = this.#ports.files.list(this.#ports.vaultPath());
    const { vault } = this.#ports.changes;
    const isDue =
      newest === undefined ||
      (newest.revision !== vault.revision && this.#ports.clock.now() - newest.madeAt >= DAY_MS);
    if (isDue && vault.revision > 0) await this.make();
  }

  compare(key: string): BackupComparison {
    const { vault } = this.#ports.changes;
    using copy = this.#open(key);
    const there = [...copy.overviews()];
    const different = there.flatMap((overview) => {
      if (!vault.has(overview.id)) return [];
      const changed = whatChanged(copy, vault, overview.id);
      const host = placeOf(overview);
      return changed.length === 0 ? [] : [{ ...toSummary(overview, { host }), changed }];
    });
    const onlyThere = there.filter(({ id }) => !vault.has(id));
    const onlyHere = Array.from(vault.overviews()).filter(({ id }) => !copy.has(id));
    return {
      key,
      total: there.length,
      same: there.length - different.length - onlyThere.length,
      onlyThere: onlyThere.map((one) => toSummary(one, { host: placeOf(one) })),
      onlyHere: onlyHere.map((one) => toSummary(one, { host: placeOf(one) })),
      different,
    };
  }

  /**
   * Durable when it returns. Files that are not in the vault any more, or do not open there, come along; an item that does
   * not open there is begun anew.
   */
  restore(key: string, ids: readonly ItemId[]): ChangeReceipt {
    const { changes } = this.#ports;
    using copy = this.#open(key);
    const chosen = ids.filter((id) => copy.has(id));
    const missing: { readonly item: Item; readonly attachment: Item['attachments'][number] }[] = [];
    const entries = chosen.map((id): ItemToSave & Disposable => {
      const item = copy.get(id);
      const here = filesThatOpen(changes.vault, id);
      for (const attachment of item.attachments.filter((one) => !here.has(one.id))) {
        missing.push({ item, attachment });
      }
      const attachments = item.attachments.filter((one) => here.has(one.id));
      return this.#entry(copy, { ...item, trashedAt: null, attachments });
    });
    try {
      const receipt = changes.save(entries);
      for (const { item, attachment } of missing) this.#bringFile(copy, item.id, attachment);
      return receipt;
    } finally {
      for (const entry of entries) entry[Symbol.dispose]();
    }
  }

  /**
   * After a change of the ways in: no backup opens by what was given up. Those of the present epoch take the new header;
   * those of a former one, whose keys are gone, are removed once a new one is made: but not while the vault is damaged,
   * since what does not open here may be whole there and nowhere else. Once it is intact, `mend` removes them.
   */
  async follow({ isNewEpoch }: { readonly isNewEpoch: boolean }): Promise<void> {
    const { files, changes, vaultPath } = this.#ports;
    const former = files.list(vaultPath());
    if (isNewEpoch) {
      if (former.length > 0) await this.make();
      if (changes.vault.integrity === 'not-intact') return;
      for (const { path } of former) files.remove(path);
      return;
    }
    for (const file of former) this.#adopt(file);
  }

  /**
   * What `follow` could not do because the program was ended in between: brings every backup to the present ways in. For a
   * vault that is known to be intact.
   */
  async mend(): Promise<void> {
    const { files, changes, vaultPath } = this.#ports;
    files.clearDrafts(vaultPath());
    const behind = files.list(vaultPath()).filter((file) => !this.#isUpToDate(file));
    if (behind.length === 0) return;
    const { epoch } = changes.vault.access;
    const isNewEpoch = behind.some((file) => (this.#epochOf(file) ?? epoch) !== epoch);
    await this.follow({ isNewEpoch });
  }

  /** One that does not open with the vault's own keys is of no use to anyone but whoever has the old password. */
  #adopt({ key, path }: BackupFile): void {
    try {
      using copy = this.#open(key);
      copy.adoptHeader();
    } catch (error) {
      if (!isAppError(error) || DISK_TROUBLE.includes(error.code)) throw error;
      this.#ports.files.remove(path);
    }
  }

  #isUpToDate(file: BackupFile): boolean {
    const header = this.#headerOf(file);
    return header !== null && this.#ports.changes.vault.access.isOwnHeader(header);
  }

  #epochOf(file: BackupFile): number | null {
    const header = this.#headerOf(file);
    return header === null ? null : parseHeader(header).epoch;
  }

  /** Null for what cannot be read as a vault. */
  #headerOf({ path }: BackupFile): Uint8Array | null {
    try {
      const store = this.#ports.openStore(path);
      try {
        const { header } = store.loadContents();
        parseHeader(header);
        return header;
      } finally {
        store.close();
      }
    } catch (error) {
      if (isAppError(error) && !DISK_TROUBLE.includes(error.code)) return null;
      throw error;
    }
  }

  #entry(copy: VaultCopy, item: Item): ItemToSave & Disposable {
    const { vault } = this.#ports.changes;
    const isKnown = vault.has(item.id) || vault.damaged.has(item.id);
    const opensHere = isKnown && vault.opens(item.id);
    const entry = isKnown && !opensHere ? ({ item, replacesDamaged: true } as const) : { item };
    if (opensHere || item.kind !== 'passkey') {
      return { ...entry, [Symbol.dispose]: () => undefined };
    }
    const privateKey = copy.openPrivateKey(item.id);
    return { ...entry, privateKey, [Symbol.dispose]: () => privateKey.dispose() };
  }

  #bringFile(copy: VaultCopy, id: ItemId, attachment: Item['attachments'][number]): void {
    const { changes } = this.#ports;
    using reader = copy.openAttachment(id, attachment.id);
    const writer = changes.vault.beginAttachment(id);
    try {
      for (const chunk of reader.chunks()) writer.write(chunk);
      const head = writer.finish();
      const item = changes.vault.get(id);
      const brought = { ...attachment, id: writer.id };
      changes.saveWithAttachment({ ...item, attachments: [...item.attachments, brought] }, head);
    } catch (error) {
      writer.abort();
      throw error;
    }
  }

  #open(key: string): VaultCopy {
    const { changes, files, vaultPath, openStore } = this.#ports;
    const file = files.list(vaultPath()).find((one) => one.key === key);
    if (file === undefined)
      throw new AppError('vault/not-found', 'the backup is not there any more');
    const store = openStore(file.path);
    try {
      return changes.vault.openCopy(store);
    } catch (error) {
      store.close();
      throw error;
    }
  }
}

/** Files of an item of which the head opens. */
function filesThatOpen(vault: UnlockedVault, id: ItemId): ReadonlySet<string> {
  const here = vault.attachments.rows(id).filter((row) => {
    try {
      vault.attachments.read(id, row.id)[Symbol.dispose]();
      return true;
    } catch (error) {
      if (isAppError(error)) return false;
      throw error;
    }
  });
  return new Set(here.map((row) => row.id));
}

/** Labels of what differs; one revision has one content, where it opens. */
function whatChanged(copy: VaultCopy, vault: UnlockedVault, id: ItemId): readonly string[] {
  if (vault.damaged.has(id)) return ['Damaged'];
  const revision = copy.revisionOf(id);
  if (revision !== null && sameRevision(revision, vault.revisionOf(id))) return [];
  try {
    const differences = differencesBetween(copy.get(id), vault.get(id));
    return [...new Set(differences.map(({ label }) => label))];
  } catch (error) {
    if (isAppError(error) && error.code === 'vault/item-damaged') return ['Damaged'];
    throw error;
  }
}

function toInfo({ key, madeAt, sizeBytes }: BackupFile): BackupInfo {
  return { key, madeAt, sizeBytes };
}
