// Backups: whole copies of the vault file beside it, as encrypted as the file, made by themselves once a day. What differs
// is shown before anything is brought back, and what is brought back is a new revision: nothing is lost by it.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { equalBytes } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { AppError, type ErrorCode, isAppError } from '../../shared/errors.ts';
import type { BackupComparison, BackupInfo, BackupState } from '../../shared/model/backup.ts';
import type { ChangeReceipt } from '../../shared/model/item.ts';
import { type Pace, systemPace } from '../health/pace.ts';
import type { SecretBytes } from '../crypto/secret-bytes.ts';
import type { Item } from '../vault/item.ts';
import { sameRevision } from '../vault/sealed-item.ts';
import type { ItemToSave, UnlockedVault } from '../vault/unlocked-vault.ts';
import type { BackupFile, BackupFiles } from '../vault/backup-files.ts';
import type { VaultCopy } from '../vault/vault-copy.ts';
import { parseHeader } from '../vault/vault-header.ts';
import { VaultError } from '../vault/vault-error.ts';
import type { VaultStore } from '../vault/vault-store.ts';
import { ActQueue } from './act-queue.ts';
import type { ItemChanges } from './item-changes.ts';
import { differencesBetween } from './item-differences.ts';
import { toSummary } from './item-index.ts';
import { allOpenWhole, filesThatOpen } from './opens-whole.ts';
import { Turns } from './turns.ts';
import { placeOf } from '../vault/item-overview.ts';

const KEPT_BACKUPS = 10;
const ROWS_A_STEP = 64;
/** Says nothing of the backup itself. */
const DISK_TROUBLE: readonly ErrorCode[] = [
  'vault/disk-failed',
  'vault/write-failed',
  'vault/in-use',
];
/** Where a file stands by its header; `none` for what is no backup of this vault. */
type Age = 'present' | 'behind' | 'former-epoch' | 'none';
const STATES: Readonly<Record<Age, BackupState>> = {
  ...{ present: 'ready', behind: 'unchecked', 'former-epoch': 'unreadable', none: 'unreadable' },
};
const DAY_MS = 24 * 60 * 60 * 1_000;

export interface BackupPorts {
  readonly changes: ItemChanges;
  readonly files: BackupFiles;
  readonly vaultPath: () => string;
  readonly openStore: (path: string) => VaultStore;
  readonly clock: Clock;
  /** One per piece of work; that of this process unless a test hands in another. */
  readonly newPace?: () => Pace;
}

export class BackupService {
  readonly #ports: BackupPorts;
  /** One draft at a time: what lies there before is of nobody that still writes. */
  readonly #queue = new ActQueue();
  /** All of which opened: it is not tried each time. */
  readonly #whole = new WeakSet<UnlockedVault>();

  constructor(ports: BackupPorts) {
    this.#ports = ports;
  }

  list(): readonly BackupInfo[] {
    const { files, vaultPath } = this.#ports;
    return files.list(vaultPath()).map((file) => this.#toInfo(file));
  }

  /**
   * A new one now; the oldest beyond ten goes, of those that are ready: nothing that cannot be read is given up. While
   * something of the vault does not open, the ten oldest stay as well, since one of them may be the only whole one; while
   * its rows are known to be wrong, all of them.
   */
  make(): Promise<BackupInfo> {
    return this.#inTurn((vault) => this.#make(vault));
  }

  async #make(vault: UnlockedVault): Promise<BackupInfo> {
    const { files, clock } = this.#ports;
    const vaultPath = this.#ports.vaultPath();
    files.clearDrafts(vaultPath);
    const draft = files.draftFor(vaultPath);
    const { revision } = vault;
    try {
      await vault.copyTo(draft);
    } catch (error) {
      files.remove(draft);
      throw error;
    }
    const madeAt = clock.now();
    files.publish(vaultPath, draft, { madeAt, revision });
    const all = files.list(vaultPath);
    const made = all.find((file) => isOf(file, { madeAt, revision }));
    if (made === undefined) throw new Error('backups: the one just made is not there');
    await this.#rotate(vault, all, madeAt);
    return this.#toInfo(made);
  }

  /**
   * Makes one where no backup that is ready has what the vault has now, or is less than a day old. For a vault that is
   * known to be intact. A time that has not come yet is that of a clock that ran ahead: it keeps none from being made.
   */
  async makeDaily(): Promise<void> {
    const { files, vaultPath, clock } = this.#ports;
    await this.#inTurn(async (vault) => {
      const { revision } = vault;
      const now = clock.now();
      const isCovered = files
        .list(vaultPath())
        .filter((file) => file.revision === revision || isWithinDay(file.madeAt, now))
        .some((file) => this.#stateOf(file) === 'ready');
      if (!isCovered && revision > 0) await this.#make(vault);
    });
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
   * those of a former one, whose keys are gone, are removed once there is a new one: but not while anything of the vault is
   * damaged, accepted or not, since what does not open here may be whole there and nowhere else. Once all of it opens,
   * `mend` removes them. What cannot be read, or does not open, stays as it is and is shown so. A file that the disk or
   * another program keeps from being looked at keeps no other from its turn. Throws `keys/backups-behind` when all have had
   * theirs: the change of the ways in stands, whatever becomes of the backups.
   */
  async follow({ isNewEpoch }: { readonly isNewEpoch: boolean }): Promise<void> {
    const turns = new Turns();
    try {
      await this.#follow(isNewEpoch, turns);
      turns.end();
    } catch (cause) {
      throw new VaultError('keys/backups-behind', 'backups: not all follow the keys', { cause });
    }
  }

  /**
   * What `follow` could not do because the program was ended in between, or a file could not be looked at then: brings
   * every backup to the present ways in. For a vault that is known to be intact.
   */
  async mend(): Promise<void> {
    const { files, vaultPath } = this.#ports;
    const turns = new Turns();
    await this.#inTurn(() => {
      turns.take(() => {
        files.clearDrafts(vaultPath());
      });
    });
    await this.#follow(true, turns);
    turns.end();
  }

  /** Throws `vault/locked` where the vault is another one when the turn has come. */
  async #inTurn<T>(act: (vault: UnlockedVault) => T | Promise<T>): Promise<T> {
    const { changes } = this.#ports;
    const { vault } = changes;
    return await this.#queue.run(() => {
      if (changes.vault === vault) return act(vault);
      throw new VaultError('vault/locked', 'backups: the vault was closed meanwhile');
    });
  }

  async #follow(isNewEpoch: boolean, turns: Turns): Promise<void> {
    const { files, vaultPath } = this.#ports;
    const former: BackupFile[] = [];
    for (const file of files.list(vaultPath())) {
      turns.take(() => {
        const age = this.#ageOf(file);
        if (age === 'behind') this.#adopt(file);
        if (age === 'former-epoch') former.push(file);
      });
    }
    if (!isNewEpoch || former.length === 0 || !(await this.#replace())) return;
    for (const { path } of former) {
      turns.take(() => {
        files.remove(path);
      });
    }
  }

  /** Sees to it that there is a backup of the present epoch; whether the former ones may go for it. */
  async #replace(): Promise<boolean> {
    const { changes, files, vaultPath } = this.#ports;
    const { vault } = changes;
    const ready = files.list(vaultPath()).filter((file) => this.#stateOf(file) === 'ready');
    if (ready.length === 0) await this.make();
    const isWhole = await this.#isWhole(vault);
    // Only where it goes for others: where the former ones stay for long, each unlocking comes by here.
    const isBehind = ready.length > 0 && ready.every((one) => one.revision !== vault.revision);
    if (isWhole && isBehind) await this.make();
    return isWhole;
  }

  /**
   * Whether every item opens, by trying: that the rows are those that should be there says nothing of it once a person has
   * accepted damage. Reads all rows first where that has not been done. Throws `vault/locked` where the vault is closed in
   * between.
   */
  async #isWhole(vault: UnlockedVault): Promise<boolean> {
    const { newPace = systemPace } = this.#ports;
    const pace = newPace();
    const isIntact = (): boolean => vault.integrity === 'intact';
    while (!vault.checkRows(ROWS_A_STEP)) await pace.breathe();
    return isIntact() && (await this.#opens(vault)) && isIntact();
  }

  /** Whether every item opens. What is found not to is marked in the list. */
  async #opens(vault: UnlockedVault): Promise<boolean> {
    const { changes, newPace = systemPace } = this.#ports;
    const known = vault.damaged.size;
    if (known > 0) return false;
    const isWhole = await allOpenWhole(vault, newPace());
    if (vault.damaged.size > known) changes.refresh(vault.damaged);
    return isWhole;
  }

  async #rotate(vault: UnlockedVault, all: readonly BackupFile[], now: number): Promise<void> {
    const tooMany = this.#inOrder(all, now).slice(KEPT_BACKUPS);
    if (tooMany.length === 0 || vault.integrity === 'not-intact') return;
    if (!this.#whole.has(vault) && (await this.#opens(vault))) this.#whole.add(vault);
    const isWhole = this.#whole.has(vault) && vault.damaged.size === 0;
    for (const { path } of isWhole ? tooMany : tooMany.slice(0, -KEPT_BACKUPS)) {
      try {
        this.#ports.files.remove(path);
      } catch (error) {
        // The new one is made all the same; this one's turn comes again with the next.
        if (!isAppError(error)) throw error;
      }
    }
  }

  /**
   * The ready ones, newest first, where there are too many. Those of a time that has not come yet are taken for the oldest,
   * so that none that is made now is pushed out by them.
   */
  #inOrder(all: readonly BackupFile[], now: number): readonly BackupFile[] {
    if (all.length <= KEPT_BACKUPS) return [];
    const ready = all.filter((file) => this.#stateOf(file) === 'ready');
    const early = ready.filter(({ madeAt }) => madeAt > now);
    return [...ready.filter(({ madeAt }) => madeAt <= now), ...early];
  }

  /** One that does not open with the vault's own keys stays: it may be the only one that has what somebody looks for. */
  #adopt({ key }: BackupFile): void {
    try {
      using copy = this.#open(key);
      copy.adoptHeader();
    } catch (error) {
      if (!isAppError(error) || DISK_TROUBLE.includes(error.code)) throw error;
    }
  }

  #toInfo(file: BackupFile): BackupInfo {
    const { key, madeAt, sizeBytes } = file;
    return { key, madeAt, sizeBytes, state: this.#stateOf(file) };
  }

  #stateOf(file: BackupFile): BackupState {
    try {
      return STATES[this.#ageOf(file)];
    } catch (error) {
      if (isAppError(error)) return 'unavailable';
      throw error;
    }
  }

  /** By its header. Throws what says nothing of the backup itself. */
  #ageOf(file: BackupFile): Age {
    const { vault } = this.#ports.changes;
    const bytes = this.#headerOf(file);
    if (bytes === null) return 'none';
    if (vault.access.isOwnHeader(bytes)) return 'present';
    const { vaultId, epoch } = parseHeader(bytes);
    if (!equalBytes(vaultId, vault.vaultId) || epoch > vault.access.epoch) return 'none';
    return epoch < vault.access.epoch ? 'former-epoch' : 'behind';
  }

  /** Null for what cannot be read as a vault. */
  #headerOf({ path }: BackupFile): Uint8Array | null {
    try {
      const store = this.#ports.openStore(path);
      try {
        const header = store.loadHeader();
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
    const privateKey = privateKeyOrNull(copy, vault, item.id);
    if (privateKey === null) return { item, [Symbol.dispose]: () => undefined };
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

/** Names of backups have whole seconds. */
function isOf(
  file: BackupFile,
  { madeAt, revision }: { readonly madeAt: number; readonly revision: number },
): boolean {
  const sinceMs = madeAt - file.madeAt;
  return file.revision === revision && sinceMs >= 0 && sinceMs < 1_000;
}

function isWithinDay(madeAt: number, now: number): boolean {
  return madeAt <= now && now - madeAt < DAY_MS;
}

/** Null where it opens neither there nor here, and the rest of the passkey does: that is brought back all the same. */
function privateKeyOrNull(copy: VaultCopy, vault: UnlockedVault, id: ItemId): SecretBytes | null {
  try {
    return copy.openPrivateKey(id);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'vault/item-damaged' || !vault.has(id)) throw error;
    vault.get(id);
    return null;
  }
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
