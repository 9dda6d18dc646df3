// What can be done to items, each with its message and, where it changes something at a stroke, the way back.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type {
  ChangeReceipt,
  FieldRef,
  ItemDetail,
  ItemDraft,
  ItemSection,
  UndoReceipt,
} from '../../shared/model/item.ts';
import type { Api } from '../api.ts';
import { formatAmount, formatCount } from '../format.ts';
import type { View } from '../main/view.ts';
import type { Store } from '../store.ts';
import type { Toasts } from '../ui/toasts.ts';
import { fieldLabel } from './field-labels.ts';
import type { ItemPages } from './item-pages.ts';
import type { OpenItem } from './open-item.ts';
import { revealedOf, type Revealer } from './revealer.ts';
import { shownTitle } from './shown-title.ts';

type ItemApi = Pick<
  Api<'main'>,
  | 'items:copy-field'
  | 'items:save'
  | 'items:set-favourite'
  | 'items:set-archived'
  | 'items:trash'
  | 'items:restore'
  | 'items:undo'
  | 'items:advance-code'
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

/** What `undoable` says and does once a change is made; where nothing is named, the choice stays as it is. */
export interface DoneChange {
  readonly text: string;
  /** Chosen now. */
  readonly select?: ItemId | null;
  /** Chosen again when it is taken back. */
  readonly selectOnUndo?: ItemId | null;
  /** Runs once something of it was taken back. */
  readonly onUndone?: () => void;
}

export class ItemActions {
  readonly #parts: ItemActionParts;
  /** The way back from the last change. */
  #undo: (() => void) | null = null;
  /** Takes the message away that offers it. */
  #closeOffer: () => void = () => undefined;

  constructor(parts: ItemActionParts) {
    this.#parts = parts;
  }

  get canUndo(): boolean {
    return this.#undo !== null;
  }

  undo(): void {
    this.#undo?.();
  }

  /** What was erased has no way back. */
  forgetUndo(): void {
    this.#undo = null;
    this.#closeOffer();
  }

  /**
   * Keeps the way back from the last change, for once, and says what was done; nothing where `text` is null. `takeBack`
   * gives the words for having gone it, where there are better ones.
   */
  offerUndo(text: string | null, takeBack: () => Promise<unknown>): void {
    const { toasts } = this.#parts;
    let isTaken = false;
    let close: () => void = () => undefined;
    const run = (): void => {
      if (isTaken) return;
      isTaken = true;
      if (this.#undo === run) this.#undo = null;
      close();
      this.#attempt(async () => {
        const words = await takeBack();
        toasts.show({ text: typeof words === 'string' ? words : 'Undone.' });
      });
    };
    this.#undo = run;
    if (text !== null) close = toasts.show({ text, action: { label: 'Undo', run } });
    this.#closeOffer = close;
  }

  /**
   * Makes a change that `items:undo` takes back, and offers that. `change` gives null where it was called off. Says
   * whether it was made; a failure is reported.
   */
  async undoable<Receipt extends ChangeReceipt>(
    change: () => Promise<Receipt | null>,
    done: (receipt: Receipt) => DoneChange,
  ): Promise<boolean> {
    const { openItem, toasts, report } = this.#parts;
    try {
      const receipt = await change();
      if (receipt === null) return false;
      const { text, select, selectOnUndo, onUndone } = done(receipt);
      if (select !== undefined) this.select(select);
      openItem.refresh();
      if (receipt.change === 0) toasts.show({ text });
      else this.offerUndo(text, () => this.#takeBack(receipt, selectOnUndo, onUndone));
      return true;
    } catch (error) {
      report(error);
      return false;
    }
  }

  select(id: ItemId | null): void {
    const { view } = this.#parts;
    if (view.get().selectedId === id && view.get().mode === 'show') return;
    view.update((state) => ({ ...state, selectedId: id, mode: 'show' }));
  }

  copy(item: ItemDetail, field: FieldRef): void {
    const { api } = this.#parts;
    this.#attempt(async () => {
      const { clearAfterMs } = await api['items:copy-field']({ id: item.id, field });
      this.#sayCopied(fieldLabel(item, field), clearAfterMs);
    });
  }

  /** For a value that is in sight already. */
  copyText(name: string, text: string): void {
    const { api } = this.#parts;
    this.#attempt(async () => {
      const { clearAfterMs } = await api['clipboard:copy-secret']({ text });
      this.#sayCopied(name, clearAfterMs);
    });
  }

  toggleReveal(item: ItemDetail, field: FieldRef): void {
    const { revealer } = this.#parts;
    const target = { id: item.id, field, revision: null };
    if (revealedOf(revealer.state.get(), target)) revealer.hide();
    else this.#attempt(() => revealer.reveal(item.id, field));
  }

  setFavourite(item: ItemDetail, favourite: boolean): void {
    const { api, openItem } = this.#parts;
    this.#attempt(async () => {
      const receipt = await api['items:set-favourite']({ ids: [item.id], favourite });
      openItem.refresh();
      // The star itself says what was done.
      this.offerUndo(null, () => this.#takeBack(receipt));
    });
  }

  /** Uses up the code of a counter; the next one takes its place. */
  advanceCode(item: ItemDetail): void {
    const { api, openItem } = this.#parts;
    this.#attempt(async () => {
      await api['items:advance-code']({ id: item.id });
      openItem.refresh();
    });
  }

  /** Resolves once saved; rejects so that the form can say why it was not. */
  async save(draft: ItemDraft): Promise<void> {
    const { api, view, openItem } = this.#parts;
    const receipt = await api['items:save'](draft);
    const { id } = receipt;
    const isNew = draft.id === null;
    view.update((state) => ({
      ...state,
      ...(isNew ? placeOf(draft, state) : {}),
      selectedId: id,
      mode: 'show',
    }));
    openItem.refresh();
    this.offerUndo(isNew ? `“${shownTitle(draft)}” was added.` : 'Saved.', () =>
      this.#takeBack(receipt, isNew ? null : id),
    );
  }

  trash(item: ItemDetail): void {
    const { api } = this.#parts;
    const text = `“${shownTitle(item)}” is in the trash.`;
    this.#moveAway(item, () => api['items:trash']({ ids: [item.id] }), text);
  }

  restore(item: ItemDetail): void {
    const { api } = this.#parts;
    const text = `“${shownTitle(item)}” is back.`;
    this.#moveAway(item, () => api['items:restore']({ ids: [item.id] }), text);
  }

  setArchived(item: ItemDetail, archived: boolean): void {
    const { api } = this.#parts;
    const text = `“${shownTitle(item)}” is ${archived ? 'in' : 'out of'} the archive.`;
    this.#moveAway(item, () => api['items:set-archived']({ ids: [item.id], archived }), text);
  }

  /** Makes a change by which the item leaves the list that is shown: its neighbour is chosen. */
  #moveAway({ id }: ItemDetail, change: () => Promise<ChangeReceipt>, text: string): void {
    const select = this.#neighbourOf(id);
    void this.undoable(change, () => ({ text, select, selectOnUndo: id }));
  }

  async #takeBack(
    { change }: ChangeReceipt,
    select?: ItemId | null,
    onUndone?: () => void,
  ): Promise<string> {
    const { api, openItem } = this.#parts;
    const receipt = await api['items:undo']({ change });
    if (receipt.restored > 0) onUndone?.();
    if (select !== undefined) this.select(select);
    openItem.refresh();
    return undoWords(receipt);
  }

  /** The row that takes the place of `id` when it goes: the next one, or the one before at the end. */
  #neighbourOf(id: ItemId): ItemId | null {
    const { pages } = this.#parts;
    const index = pages.indexOf(id);
    if (index < 0) return null;
    return (pages.rowAt(index + 1) ?? pages.rowAt(index - 1))?.id ?? null;
  }

  #sayCopied(name: string, clearAfterMs: number): void {
    const seconds = Math.round(clearAfterMs / 1000);
    const text = `${name} copied; it leaves the clipboard in ${seconds} s.`;
    this.#parts.toasts.show({ text, tone: 'good' });
  }

  #attempt(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      this.#parts.report(error);
    });
  }
}

/** What taking a change back came to. */
export function undoWords({ restored, passedOver, searchesLeft }: UndoReceipt): string {
  const failed = passedOver === 0 ? '' : ` ${formatCount(passedOver)} could not be opened.`;
  const left = searchesLeft ? ' Saved searches could not be changed back.' : '';
  if (restored > 1) return `${formatAmount(restored, 'item')} restored.${failed}${left}`;
  if (restored === 1) return `Undone.${failed}${left}`;
  return failed === ''
    ? 'Nothing was taken back: it has changed since.'
    : `Nothing was taken back.${failed}`;
}

/** Where a new item can be seen: the part of the vault that is shown if it belongs there, without a search. */
function placeOf(draft: ItemDraft, { section }: View): Pick<View, 'section' | 'text'> {
  return { section: belongsTo(draft, section) ? section : { in: 'all' }, text: '' };
}

function belongsTo(draft: ItemDraft, section: ItemSection): boolean {
  switch (section.in) {
    case 'all':
      return true;
    case 'favourites':
      return draft.favourite;
    case 'kind':
      return section.kind === draft.kind;
    case 'tag':
      return draft.tags.some((tag) => tag === section.tag || tag.startsWith(`${section.tag}/`));
    case 'archive':
    case 'trash':
      return false;
  }
}
