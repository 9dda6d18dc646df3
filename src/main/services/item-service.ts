// Items: listed and searched without secrets, read one at a time, revealed and copied one field at a time.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { Clock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type {
  BulkReceipt,
  ChangeReceipt,
  FieldRef,
  ItemCounts,
  ItemDetail,
  ItemDraft,
  ItemPage,
  ItemQuery,
  ItemSummary,
  ListQuery,
  RevisionRef,
  UndoReceipt,
} from '../../shared/model/item.ts';
import type { PresentedSecret, QrCode } from '../../shared/model/keys.ts';
import { toQrCode } from '../codec/qr.ts';
import { currentCode } from '../one-time-codes/current-code.ts';
import type { Item } from '../vault/item.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import { damageOf } from './damage-of.ts';
import type { ItemChanges } from './item-changes.ts';
import { fieldText, toDetail } from './item-detail.ts';
import { itemFromDraft, revisedByDraft, tidyTags } from './item-draft.ts';
import { parseRevisionRef } from './revision-ref.ts';
import type { SshKeyService } from './ssh-key-service.ts';
import { toWifiText } from './wifi-text.ts';

/** How long a revealed secret stays on the screen. */
export const REVEAL_MS = 30_000;

export interface ItemPorts {
  readonly changes: ItemChanges;
  readonly sshKeys: SshKeyService;
  readonly clock: Clock;
  /** Puts a secret on the clipboard and says after how long it leaves it. */
  readonly copySecret: (text: string) => Promise<{ readonly clearAfterMs: number }>;
  /** Throws `vault/wrong-password` for a secret that opens no slot of the vault; zeroes it. */
  readonly verify: (present: PresentedSecret) => Promise<void>;
}

export class ItemService {
  readonly #ports: ItemPorts;

  constructor(ports: ItemPorts) {
    this.#ports = ports;
  }

  /** One page of a section, filtered and sorted. */
  list(query: ItemQuery): ItemPage {
    return this.#ports.changes.index.query(query);
  }

  place(id: ItemId, query: ListQuery): { readonly index: number | null } {
    return { index: this.#ports.changes.index.placeOf(id, query) };
  }

  count(): ItemCounts {
    return this.#ports.changes.index.count();
  }

  /** In the order asked for; what is gone is left out. */
  summaries(ids: readonly ItemId[]): readonly ItemSummary[] {
    const { index } = this.#ports.changes;
    return ids.flatMap((id) => index.summary(id) ?? []);
  }

  /** Throws `vault/item-not-found`, `vault/item-damaged`. What is found not to open the list then says too. */
  get(id: ItemId): ItemDetail {
    const { damaged } = this.#vault;
    const wasKnown = damaged.has(id);
    try {
      const item = this.#vault.get(id);
      // Nothing else of a passkey tells whether it can sign.
      if (item.kind === 'passkey') this.#vault.probe(id);
      return this.detailOf(item);
    } finally {
      if (!wasKnown && damaged.has(id)) this.#ports.changes.refresh([id]);
    }
  }

  /** An item, of any revision, as a window may see it. */
  detailOf(item: Item): ItemDetail {
    const { index } = this.#ports.changes;
    const passkeys = index.passkeys.of(item.id).flatMap((id) => index.summary(id) ?? []);
    const vault = this.#vault;
    const revisions = vault.history(item.id).length;
    return toDetail(item, { passkeys, revisions, damage: damageOf(vault, item.id) });
  }

  /** Makes or changes an item; durable when it returns. Erases key and passphrase of an imported SSH key. */
  async save(draft: ItemDraft): Promise<ChangeReceipt & { readonly id: ItemId }> {
    const derived = await this.#ports.sshKeys.derive(draft);
    const vault = this.#vault;
    const context = {
      now: this.#ports.clock.now(),
      newShortId: () => vault.newId(8),
      derived,
    };
    const item =
      draft.id === null
        ? itemFromDraft(draft, vault.newItemId(), context)
        : revisedByDraft(draft, vault.get(draft.id), context);
    this.#assertLogin(item);
    return { ...this.#ports.changes.save([{ item }]), id: item.id };
  }

  setFavourite(ids: readonly ItemId[], favourite: boolean): BulkReceipt {
    return this.#ports.changes.revise(ids, (item) => ({ ...item, favourite }));
  }

  setArchived(ids: readonly ItemId[], archived: boolean): BulkReceipt {
    const archivedAt = archived ? this.#ports.clock.now() : null;
    return this.#ports.changes.revise(ids, (item) => ({ ...item, archivedAt }));
  }

  tag(ids: readonly ItemId[], add: readonly string[], remove: readonly string[]): BulkReceipt {
    return this.#ports.changes.revise(ids, (item) => {
      const kept = item.tags.filter((tag) => !remove.includes(tag));
      return { ...item, tags: tidyTags([...kept, ...add]) };
    });
  }

  /** A login takes its passkeys along. */
  trash(ids: readonly ItemId[]): BulkReceipt {
    const trashedAt = this.#ports.clock.now();
    return this.#ports.changes.revise(this.#withPasskeys(ids), (item) => ({ ...item, trashedAt }));
  }

  /** And brings back those that went with it. */
  restore(ids: readonly ItemId[]): BulkReceipt {
    const all = this.#withTrashedPasskeys(ids);
    return this.#ports.changes.revise(all, (item) => ({ ...item, trashedAt: null }));
  }

  undo(change: number): Promise<UndoReceipt> {
    return this.#ports.changes.undo(change, this.#ports.clock.now());
  }

  /** For good. Throws `vault/wrong-password`; items that are not in the trash are left alone. */
  async erase(ids: readonly ItemId[], present: PresentedSecret): Promise<void> {
    await this.#ports.verify(present);
    const vault = this.#vault;
    const trashed = ids.filter((id) => {
      const overview = vault.overview(id);
      return overview?.trashedAt !== null || vault.damaged.has(id);
    });
    this.#ports.changes.erase(trashed);
    vault.scrub();
  }

  reveal(
    id: ItemId,
    field: FieldRef,
    revision: RevisionRef | null,
  ): { readonly value: string; readonly hideAfterMs: number } {
    const vault = this.#vault;
    const item =
      revision === null ? vault.get(id) : vault.getRevision(id, parseRevisionRef(revision));
    return { value: this.#textOf(item, field), hideAfterMs: REVEAL_MS };
  }

  async copy(id: ItemId, field: FieldRef): Promise<{ readonly clearAfterMs: number }> {
    return this.#ports.copySecret(this.#textOf(this.#vault.get(id), field));
  }

  /** What a phone's camera joins the network by. Throws `ipc/invalid-input` for another kind of item. */
  wifiQr(id: ItemId): QrCode {
    const item = this.#vault.get(id);
    if (item.kind !== 'wifi') throw new AppError('ipc/invalid-input', 'not a Wi-Fi network');
    return toQrCode(toWifiText(item.fields));
  }

  get #vault(): UnlockedVault {
    return this.#ports.changes.vault;
  }

  #textOf(item: Item, field: FieldRef): string {
    if (field !== 'one-time-code') return fieldText(item, field);
    if (item.oneTimeCode === null) return '';
    return currentCode(item.oneTimeCode, this.#ports.clock.now()).code;
  }

  #withPasskeys(ids: readonly ItemId[]): readonly ItemId[] {
    const { index } = this.#ports.changes;
    return ids.flatMap((id) => [id, ...index.passkeys.of(id)]);
  }

  /** Those of one moment went together. */
  #withTrashedPasskeys(ids: readonly ItemId[]): readonly ItemId[] {
    const vault = this.#vault;
    const moments = new Map(ids.map((id) => [id, vault.overview(id)?.trashedAt ?? null]));
    const passkeys = Array.from(vault.overviews('passkey'))
      .filter(({ trashedAt, passkey }) => {
        const loginId = passkey?.loginId ?? null;
        return loginId !== null && trashedAt !== null && moments.get(loginId) === trashedAt;
      })
      .map(({ id }) => id);
    return [...ids, ...passkeys];
  }

  #assertLogin(item: Item): void {
    if (item.kind !== 'passkey' || item.loginId === null) return;
    if (this.#vault.overview(item.loginId)?.kind === 'login') return;
    throw new AppError('ipc/invalid-input', 'a passkey belongs to a login');
  }
}
