// Upkeep: what an open vault does by itself, in small turns: empty the trash of what has lain in it long enough, hold every
// row against the manifest, make the daily backup. Nothing of it keeps a person from anything.
// SPDX-License-Identifier: MIT

import type { Clock } from '../../shared/clock.ts';
import { isAppError } from '../../shared/errors.ts';
import type { IntegrityState } from '../../shared/model/item.ts';
import type { PinsState, UnlockNotice } from '../../shared/model/keys.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import type { BackupService } from './backup-service.ts';
import type { ItemChanges } from './item-changes.ts';
import type { Pace } from '../health/pace.ts';

/** How long the trash keeps things. */
export const TRASH_MS = 30 * 24 * 60 * 60 * 1_000;
const ROWS_A_STEP = 64;

export interface UpkeepPorts {
  readonly changes: ItemChanges;
  readonly backups: BackupService;
  readonly isOpen: (vault: UnlockedVault) => boolean;
  readonly isCostRaised: () => boolean;
  readonly clock: Clock;
  readonly newPace: () => Pace;
  readonly onChecked: (integrity: IntegrityState) => void;
  readonly reportBug: (bug: unknown) => void;
}

export class UpkeepService {
  readonly #ports: UpkeepPorts;
  #trashEmptied = 0;
  #pins: PinsState = 'sound';
  #tidied = Promise.withResolvers<undefined>();
  /** For tests and for whoever must not lock in the middle of it. */
  settled: Promise<void> = Promise.resolve();

  constructor(ports: UpkeepPorts) {
    this.#ports = ports;
  }

  /** Begins with a vault that has just been opened, once whoever opened it has had the answer. */
  begin(vault: UnlockedVault): void {
    this.#trashEmptied = 0;
    this.#pins = vault.pins;
    this.#tidied = Promise.withResolvers();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#ports.clock.after(0, () => {
      resolve(undefined);
    });
    this.settled = promise.then(() => this.#run(vault));
  }

  /** What unlocking did besides opening. */
  async notice(): Promise<UnlockNotice> {
    await this.#tidied.promise;
    const isCostRaised = this.#ports.isCostRaised();
    return { isCostRaised, trashEmptied: this.#trashEmptied, pins: this.#pins };
  }

  /** Resolves when the list of the open vault can be asked without waiting; throws `vault/locked`. */
  prepared(): Promise<void> {
    return this.#ports.changes.prepare(this.#ports.newPace());
  }

  async #run(vault: UnlockedVault): Promise<void> {
    try {
      await this.prepared();
      // Of a vault that is known to be damaged nothing is thrown away: an older revision may stand in for a newer one.
      if (vault.integrity !== 'not-intact') await this.#attempt(() => this.#tidy(vault));
      this.#tidied.resolve(undefined);
      await this.#check(vault);
      if (vault.integrity === 'intact') {
        await this.#attempt(() => this.#ports.backups.mend());
        await this.#attempt(() => this.#ports.backups.makeDaily());
      }
    } catch (error) {
      // The vault was closed in the middle of it.
      if (this.#ports.isOpen(vault)) this.#ports.reportBug(error);
    } finally {
      this.#tidied.resolve(undefined);
    }
  }

  /** A full or read-only disk must not keep anyone from reading. */
  async #attempt(action: () => Promise<void> | void): Promise<void> {
    await Promise.resolve();
    try {
      await action();
    } catch (error) {
      if (!isAppError(error)) throw error;
    }
  }

  #tidy(vault: UnlockedVault): void {
    vault.dropStrayChunks();
    const before = this.#ports.clock.now() - TRASH_MS;
    const old = this.#ports.changes.index.trashed().filter((id) => {
      const trashedAt = vault.overview(id)?.trashedAt ?? null;
      return trashedAt !== null && trashedAt < before;
    });
    if (old.length > 0) this.#ports.changes.erase(old);
    this.#trashEmptied = old.length;
    this.#dropRemovedFiles(vault, before);
  }

  /** Files that no present revision names, of items that have not been touched for as long as the trash keeps things. */
  #dropRemovedFiles(vault: UnlockedVault, before: number): void {
    const removed = [...vault.attachments.all()].filter(({ itemId, id }) => {
      const overview = vault.overview(itemId);
      if (overview === null || overview.modifiedAt >= before) return false;
      return !vault.get(itemId).attachments.some((one) => one.id === id);
    });
    vault.attachments.remove(removed);
  }

  async #check(vault: UnlockedVault): Promise<void> {
    const { isOpen, onChecked } = this.#ports;
    const pace = this.#ports.newPace();
    while (isOpen(vault) && !vault.checkRows(ROWS_A_STEP)) await pace.breathe();
    if (!isOpen(vault)) return;
    if (vault.integrity === 'not-intact') await this.#probe(vault);
    if (isOpen(vault)) onChecked(vault.integrity);
  }

  /** Which items it is that do not open. */
  async #probe(vault: UnlockedVault): Promise<void> {
    const { isOpen, changes } = this.#ports;
    const pace = this.#ports.newPace();
    for (const { id } of Array.from(vault.overviews())) {
      if (!isOpen(vault)) return;
      vault.probe(id);
      await pace.breathe();
    }
    changes.refresh(vault.damaged);
  }
}
