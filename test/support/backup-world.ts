// A vault world with backups: made a day apart, looked at, and brought to another password.
// SPDX-License-Identifier: MIT

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toUtf8 } from '../../src/shared/bytes.ts';
import type { ItemId } from '../../src/shared/brand.ts';
import type { BackupState } from '../../src/shared/model/backup.ts';
import { CheckedWorld, DAY_MS } from './checked-world.ts';
import { draftOf } from './item-drafts.ts';
import { NEXT_PASSWORD, password } from './presented-secrets.ts';

export class BackupWorld extends CheckedWorld {
  static async withLogin(): Promise<BackupWorld> {
    const world = new BackupWorld();
    await world.make();
    await world.addLogin('One');
    return world;
  }

  async addLogin(title: string): Promise<ItemId> {
    return (await this.call('items:save', draftOf('login', { title }))).id;
  }

  backupPath(name: string): string {
    return join(this.folder, 'Test.backups', name);
  }

  /** A day later; returns its path. */
  async makeBackup(): Promise<string> {
    const before = existsSync(this.backupPath('.')) ? this.backupNames() : [];
    this.clock.turn(DAY_MS);
    await this.call('backups:make', {});
    const name = this.backupNames().find((one) => !before.includes(one));
    if (name === undefined) throw new Error('fixture: no new backup');
    return this.backupPath(name);
  }

  /** Newest first. */
  async backupStates(): Promise<readonly BackupState[]> {
    return (await this.call('backups:list', {})).map(({ state }) => state);
  }

  async changePassword(): Promise<void> {
    const next = toUtf8(NEXT_PASSWORD);
    await this.call('keys:change-password', { present: password(), password: next });
  }
}
