// What can be done to items, each with its message and, where it takes something away, the way back.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ItemDetail, ItemDraft, ItemField } from '../../shared/model/item.ts';
import type { Api } from '../api.ts';
import type { View } from '../main/view.ts';
import type { Store } from '../store.ts';
import type { Toasts } from '../ui/toasts.ts';
import type { ItemPages } from './item-pages.ts';
import type { OpenItem } from './open-item.ts';
import type { Revealer } from './revealer.ts';
import { shownTitle } from './shown-title.ts';

type ItemApi = Pick<
  Api<'main'>,
  | 'items:copy-field'
  | 'items:save'
  | 'items:set-favourite'
  | 'items:trash'
  | 'items:restore'
  | 'clipboard:copy-secret'
>;

export interface ItemActionParts {
  readonly api: ItemApi;
  readonly view: Store<View>;
  readonly pages: ItemPages;
  readonly openItem: OpenItem;
  readonly revealer: Revealer;
  readonly toasts: Toasts;
  readonly report: (error: unknown) => void;
}

const FIELD_NAMES: Readonly<Record<ItemField, string>> = {
  username: 'User name',
  password: 'Password',
  url: 'Website',
  note: 'Note',
  'rp-id': 'Site name',
};

export class ItemActions {
  readonly #parts: ItemActionParts;
  /** The way back from the last thing that took something away. */
  #undo: (() => void) | null = null;

  constructor(parts: ItemActionParts) {
    this.#parts = parts;
  }

  get canUndo(): boolean {
    return this.#undo !== null;
  }

  undo(): void {
    const undo = this.#undo;
    this.#undo = null;
    undo?.();
  }

  select(id: ItemId | null): void {
    const { view } = this.#parts;
    if (view.get().selectedId === id && view.get().mode === 'show') return;
    view.update((state) => ({ ...state, selectedId: id, mode: 'show' }));
  }

  copy(item: ItemDetail, field: ItemField): void {
    const { api, toasts } = this.#parts;
    this.#attempt(async () => {
      const { clearAfterMs } = await api['items:copy-field']({ id: item.id, field });
      toasts.show({ text: toCopiedText(FIELD_NAMES[field], clearAfterMs), tone: 'good' });
    });
  }

  /** For a value that is in sight already and belongs to no item yet. */
  copyText(name: string, text: string): void {
    const { api, toasts } = this.#parts;
    this.#attempt(async () => {
      const { clearAfterMs } = await api['clipboard:copy-secret']({ text });
      toasts.show({ text: toCopiedText(name, clearAfterMs), tone: 'good' });
    });
  }

  toggleReveal(item: ItemDetail): void {
    const { revealer } = this.#parts;
    if (revealer.state.get()?.id === item.id) revealer.hide();
    else this.#attempt(() => revealer.reveal(item.id, 'password'));
  }

  setFavourite(item: ItemDetail, favourite: boolean): void {
    const { api, openItem } = this.#parts;
    this.#attempt(async () => {
      await api['items:set-favourite']({ id: item.id, favourite });
      openItem.refresh();
    });
  }

  /** Resolves once saved; rejects so that the form can say why it was not. */
  async save(draft: ItemDraft): Promise<void> {
    const { api, view, openItem, toasts } = this.#parts;
    const { id } = await api['items:save'](draft);
    view.update((state) => ({ ...state, selectedId: id, mode: 'show' }));
    openItem.refresh();
    toasts.show({
      text: draft.id === null ? `“${draft.title}” was added.` : 'Saved.',
      tone: 'good',
    });
  }

  trash(item: ItemDetail): void {
    const { api, toasts } = this.#parts;
    this.#attempt(async () => {
      const next = this.#neighbourOf(item.id);
      await api['items:trash']({ ids: [item.id] });
      this.select(next);
      const putBack = (): void => {
        this.#undo = null;
        this.#restore(item.id);
      };
      this.#undo = putBack;
      toasts.show({
        text: `“${shownTitle(item)}” is in the trash.`,
        action: { label: 'Undo', run: putBack },
      });
    });
  }

  restore(item: ItemDetail): void {
    const { toasts } = this.#parts;
    const next = this.#neighbourOf(item.id);
    this.#restore(item.id, next, () => {
      toasts.show({ text: `“${shownTitle(item)}” is back.`, tone: 'good' });
    });
  }

  #restore(id: ItemId, next: ItemId | null = id, done: () => void = () => undefined): void {
    const { api, openItem } = this.#parts;
    this.#attempt(async () => {
      await api['items:restore']({ ids: [id] });
      this.select(next);
      openItem.refresh();
      done();
    });
  }

  /** The row that takes the place of `id` when it goes: the next one, or the one before at the end. */
  #neighbourOf(id: ItemId): ItemId | null {
    const { pages } = this.#parts;
    const index = pages.indexOf(id);
    if (index < 0) return null;
    return (pages.rowAt(index + 1) ?? pages.rowAt(index - 1))?.id ?? null;
  }

  #attempt(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      this.#parts.report(error);
    });
  }
}

function toCopiedText(name: string, clearAfterMs: number): string {
  return `${name} copied; it leaves the clipboard in ${Math.round(clearAfterMs / 1000)} s.`;
}
