// Duplicates: logins that are the same, and logins of one account with different passwords. Passwords are compared by a
// keyed digest of this run; none is kept.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { toHex, toUtf8 } from '../../shared/bytes.ts';
import type { DuplicateGroup } from '../../shared/model/item.ts';
import { hmacSha256 } from '../crypto/digest.ts';
import type { RandomSource } from '../crypto/random.ts';
import { fieldValue } from '../vault/item.ts';
import { placeOf } from '../vault/item-overview.ts';
import { VaultError } from '../vault/vault-error.ts';
import type { ItemChanges } from './item-changes.ts';
import type { Pace } from '../health/pace.ts';

export interface DuplicatePorts {
  readonly changes: ItemChanges;
  readonly random: RandomSource;
  readonly newPace: () => Pace;
}

export class DuplicateService {
  readonly #ports: DuplicatePorts;

  constructor(ports: DuplicatePorts) {
    this.#ports = ports;
  }

  /** Of logins that are neither in the trash nor archived. Opens those alone that share a site and a user name. */
  async find(): Promise<readonly DuplicateGroup[]> {
    const { changes, random } = this.#ports;
    const pace = this.#ports.newPace();
    const accounts = new Map<string, ItemId[]>();
    for (const one of changes.vault.overviews('login')) {
      if (one.trashedAt !== null || one.archivedAt !== null) continue;
      const place = placeOf(one).replace(/^www\./, '');
      if (place === '' && one.subtitle === '') continue;
      const account = JSON.stringify([place, one.subtitle.trim().toLowerCase()]);
      accounts.set(account, [...(accounts.get(account) ?? []), one.id]);
      await pace.breathe();
    }
    const key = random.bytes(32);
    const groups: DuplicateGroup[] = [];
    for (const ids of accounts.values()) {
      if (ids.length < 2) continue;
      groups.push(...this.#groupsOf(ids, key));
      await pace.breathe();
    }
    key.fill(0);
    return groups;
  }

  #groupsOf(ids: readonly ItemId[], key: Uint8Array): readonly DuplicateGroup[] {
    const { index } = this.#ports.changes;
    const byPassword = new Map<string, ItemId[]>();
    for (const id of ids) {
      const digest = this.#digest(id, key);
      if (digest !== null) byPassword.set(digest, [...(byPassword.get(digest) ?? []), id]);
    }
    const summaries = (some: readonly ItemId[]) => some.flatMap((id) => index.summary(id) ?? []);
    const same = [...byPassword.values()].filter(({ length }) => length > 1);
    const groups = same.map((some) => ({ reason: 'same' as const, items: summaries(some) }));
    const different = [...byPassword.values()].flatMap(([first]) => first ?? []);
    if (different.length < 2) return groups;
    return [...groups, { reason: 'same-account', items: summaries(different) }];
  }

  #digest(id: ItemId, key: Uint8Array): string | null {
    try {
      const password = fieldValue(this.#ports.changes.vault.get(id), 'password');
      return toHex(hmacSha256(key, toUtf8(password)));
    } catch (error) {
      if (error instanceof VaultError && error.code === 'vault/item-damaged') return null;
      throw error;
    }
  }
}
