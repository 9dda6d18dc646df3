// A vault of the simplest kind behind the item channels: enough to hold the window against, typed by the table.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../../src/shared/brand.ts';
import type { VaultApi } from '../../../src/shared/ipc/window-api.ts';
import type { ItemSection, ItemSummary, LoginDetail } from '../../../src/shared/model/item.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/model/vault.ts';
import { ok, refuse } from './fake-connection.ts';

export function idOf(number: number): ItemId {
  return number.toString(16).padStart(32, '0') as ItemId;
}

export class MemoryItems {
  revision = 1;
  readonly logins: LoginDetail[] = [];
  readonly copied: string[] = [];
  readonly onChange: () => void;

  constructor(titles: readonly string[], onChange: () => void = () => undefined) {
    this.onChange = onChange;
    for (const title of titles) this.add(title);
  }

  add(title: string): LoginDetail {
    const id = idOf(this.logins.length + 1);
    const at = 1_700_000_000_000 + this.logins.length;
    const login: LoginDetail = {
      ...{ kind: 'login', id, title, note: '', tags: [], favourite: false, trashedAt: null },
      ...{ createdAt: at, modifiedAt: at, username: `${title}@user`, hasPassword: true },
      urls: [`https://${title.toLowerCase()}.example`],
    };
    this.logins.push(login);
    return login;
  }

  change(id: ItemId, part: Partial<LoginDetail>): void {
    const index = this.logins.findIndex((login) => login.id === id);
    const login = this.logins[index];
    if (!login) throw new Error('no such item');
    this.logins[index] = { ...login, ...part };
    this.revision += 1;
    this.onChange();
  }

  list(section: ItemSection, text: string): readonly LoginDetail[] {
    return this.logins
      .filter((login) => (login.trashedAt !== null) === (section.in === 'trash'))
      .filter((login) => login.title.toLowerCase().includes(text.toLowerCase()))
      .sort((a, b) => a.title.localeCompare(b.title, 'en', { numeric: true }));
  }

  answers(): Partial<VaultApi<'main'>> {
    return {
      'items:list': ({ section, text, offset, limit }) => {
        const found = this.list(section, text);
        const items = found.slice(offset, offset + limit).map(toSummary);
        return ok({ revision: this.revision, total: found.length, items });
      },
      'items:get': ({ id }) => {
        const login = this.logins.find((one) => one.id === id);
        return login ? ok(login) : refuse('vault/item-not-found');
      },
      'items:count': () => {
        const all = this.list({ in: 'all' }, '').length;
        const trash = this.logins.length - all;
        return ok({
          all,
          favourites: 0,
          trash,
          logins: all,
          passkeys: 0,
          tags: [],
          damaged: 0,
          isIntact: true,
        });
      },
      'items:trash': ({ ids }) => {
        for (const id of ids) this.change(id, { trashedAt: 1 });
        return ok(null);
      },
      'items:restore': ({ ids }) => {
        for (const id of ids) this.change(id, { trashedAt: null });
        return ok(null);
      },
      'items:copy-field': ({ id, field }) => {
        this.copied.push(`${field} of ${this.logins.find((one) => one.id === id)?.title ?? '?'}`);
        return ok({ clearAfterMs: 30_000 });
      },
      'items:reveal-field': () => ok({ value: 'kT7#', hideAfterMs: 30_000 }),
      'vault:status': () => ok({ isUnlocked: true, name: 'Personal' }),
      'settings:get': () => ok(DEFAULT_SETTINGS),
      'test-site:status': () => ok({ isRunning: false, urls: [], recent: [] }),
    };
  }
}

function toSummary(login: LoginDetail): ItemSummary {
  const { id, kind, title, username, favourite, modifiedAt, trashedAt } = login;
  return { id, kind, title, subtitle: username, host: '', favourite, modifiedAt, trashedAt };
}
