// Items: listed and searched without secrets, read one at a time, revealed and copied one field at a time.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import { toBase64Url } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { AppError, assertNever } from '../../shared/errors.ts';
import type {
  ItemCounts,
  ItemDetail,
  ItemDraft,
  ItemField,
  ItemPage,
  ItemQuery,
} from '../../shared/model/item.ts';
import type { Item, LoginItem, PasskeyItem } from '../vault/item.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import { ItemIndex } from './item-index.ts';

/** How long a revealed secret stays on the screen. */
export const REVEAL_MS = 30_000;

export interface ItemPorts {
  /** The open vault; throws `vault/locked`. */
  readonly vault: () => UnlockedVault;
  readonly clock: Clock;
  /** Puts a secret on the clipboard and says after how long it leaves it. */
  readonly copySecret: (text: string) => Promise<{ readonly clearAfterMs: number }>;
  readonly onChanged: (revision: number) => void;
}

export class ItemService {
  readonly #ports: ItemPorts;
  readonly #index = new ItemIndex();

  constructor(ports: ItemPorts) {
    this.#ports = ports;
  }

  /** One page of a section, filtered and sorted. */
  list(query: ItemQuery): ItemPage {
    return this.#index.query(this.#ports.vault(), query);
  }

  count(): ItemCounts {
    return this.#index.count(this.#ports.vault());
  }

  /** Throws `vault/item-not-found`, `vault/item-damaged`. */
  get(id: ItemId): ItemDetail {
    return toDetail(this.#ports.vault().get(id));
  }

  /** Makes or changes an item; durable when it returns. */
  save(draft: ItemDraft): { readonly id: ItemId } {
    const vault = this.#ports.vault();
    const item = draft.kind === 'login' ? this.#login(draft) : this.#passkey(draft);
    vault.save(item);
    this.#changed();
    return { id: item.id };
  }

  setFavourite(id: ItemId, favourite: boolean): void {
    const vault = this.#ports.vault();
    vault.save({ ...vault.get(id), favourite });
    this.#changed();
  }

  trash(ids: readonly ItemId[]): void {
    this.#setTrashedAt(ids, this.#ports.clock.now());
  }

  restore(ids: readonly ItemId[]): void {
    this.#setTrashedAt(ids, null);
  }

  reveal(id: ItemId, field: ItemField): { readonly value: string; readonly hideAfterMs: number } {
    return { value: fieldOf(this.#ports.vault().get(id), field), hideAfterMs: REVEAL_MS };
  }

  async copy(id: ItemId, field: ItemField): Promise<{ readonly clearAfterMs: number }> {
    return this.#ports.copySecret(fieldOf(this.#ports.vault().get(id), field));
  }

  #login(draft: Extract<ItemDraft, { kind: 'login' }>): LoginItem {
    const { id, password, ...written } = draft;
    const now = this.#ports.clock.now();
    const vault = this.#ports.vault();
    if (id === null) {
      const fresh = { id: vault.newItemId(), createdAt: now, modifiedAt: now, trashedAt: null };
      return { ...written, ...fresh, password: password ?? '' };
    }
    const former = vault.get(id);
    if (former.kind !== 'login') throw wrongKind();
    return { ...former, ...written, password: password ?? former.password, modifiedAt: now };
  }

  #passkey(draft: Extract<ItemDraft, { kind: 'passkey' }>): PasskeyItem {
    const former = this.#ports.vault().get(draft.id);
    if (former.kind !== 'passkey') throw wrongKind();
    const { title, note, tags, favourite } = draft;
    return { ...former, title, note, tags, favourite, modifiedAt: this.#ports.clock.now() };
  }

  #setTrashedAt(ids: readonly ItemId[], trashedAt: number | null): void {
    const vault = this.#ports.vault();
    const items = [...new Set(ids)].map((id) => vault.get(id));
    vault.saveAll(items.map((item) => ({ item: { ...item, trashedAt } })));
    this.#changed();
  }

  #changed(): void {
    this.#ports.onChanged(this.#ports.vault().revision);
  }
}

function wrongKind(): AppError {
  return new AppError('ipc/invalid-input', 'a draft of another kind than the item');
}

function toDetail(item: Item): ItemDetail {
  const { id, title, note, tags, favourite, createdAt, modifiedAt, trashedAt } = item;
  const base = { id, title, note, tags, favourite, createdAt, modifiedAt, trashedAt };
  if (item.kind === 'login') {
    const { kind, username, urls, password } = item;
    return { ...base, kind, username, urls, hasPassword: password !== '' };
  }
  const { kind, rpId, rpName, userName, userDisplayName, algorithm } = item;
  const { backupEligible, backupState } = item;
  const credentialId = toBase64Url(item.credentialId);
  const account = { rpId, rpName, userName, userDisplayName, credentialId, algorithm };
  return { ...base, kind, ...account, backupEligible, backupState };
}

/** The text of one field; empty where the kind of item has no such field. */
function fieldOf(item: Item, field: ItemField): string {
  const isLogin = item.kind === 'login';
  switch (field) {
    case 'note':
      return item.note;
    case 'username':
      return isLogin ? item.username : item.userName;
    case 'password':
      return isLogin ? item.password : '';
    case 'url':
      return isLogin ? (item.urls[0] ?? '') : '';
    case 'rp-id':
      return isLogin ? '' : item.rpId;
    default:
      return assertNever(field, 'every field is listed');
  }
}
