// A vault of the simplest kind behind the item channels: enough to hold the window against, typed by the table.
// Each concern has its own file beside this one; here are the items, what changes them, and the way back.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../../src/shared/brand.ts';
import type { Clock } from '../../../src/shared/clock.ts';
import { ITEM_KINDS, type ItemKind } from '../../../src/shared/model/item-kinds.ts';
import type {
  BulkReceipt,
  ChangeReceipt,
  DuplicateGroup,
  ItemCounts,
  ItemDraft,
  ItemSection,
} from '../../../src/shared/model/item.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/model/vault.ts';
import { type FakeAnswers, FakeRefusal, ok, refuse } from './fake-connection.ts';
import { MemoryAttachments } from './memory-attachments.ts';
import { currentCode, readCode } from './memory-codes.ts';
import { MemoryHistory } from './memory-history.ts';
import { applyDraft } from './memory-save.ts';
import { search, toPage } from './memory-search.ts';
import { MemorySearches } from './memory-searches.ts';
import { emptyItem, idOf, STARTED_AT, toDetail, toSummary, withoutSecret } from './stored-items.ts';
import type { StoredItem } from './stored-items.ts';

export { idOf } from './stored-items.ts';

export const HIDE_AFTER_MS = 30_000;
export const CLEAR_AFTER_MS = 30_000;

export interface MemoryItemsOptions {
  readonly onChange?: () => void;
  /** For codes and times of change; a clock that stands still where there is none. */
  readonly clock?: Clock;
}

export class MemoryItems {
  revision = 1;
  #all: StoredItem[] = [];
  /** `field of title`, in the order in which they were copied. */
  readonly copied: string[] = [];
  readonly drafts: ItemDraft[] = [];
  /** Items that a change of several passes over. */
  readonly unreadable = new Set<ItemId>();
  /** What `pictures:choose` and `pictures:paste` give, in this order; then nothing. */
  readonly pictures: Uint8Array[] = [];
  readonly history = new MemoryHistory();
  readonly attachments = new MemoryAttachments(this);
  readonly searches = new MemorySearches();
  readonly #options: MemoryItemsOptions;
  #lastId = 0;
  #lastChange = 0;
  readonly #undo = new Map<number, readonly StoredItem[]>();

  constructor(titles: readonly string[], options: MemoryItemsOptions = {}) {
    this.#options = options;
    for (const title of titles) this.add(title);
  }

  get all(): readonly StoredItem[] {
    return this.#all;
  }

  now(): number {
    return this.#options.clock?.now() ?? STARTED_AT;
  }

  newId(): ItemId {
    return idOf(++this.#lastId);
  }

  /** A login, with user name, password and website made from its title. */
  add(title: string, part: Partial<StoredItem> = {}): StoredItem {
    const host = `${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.example`;
    return this.put('login', title, {
      fields: { username: `${title}@user`, password: 'kT7#' },
      urls: [{ url: `https://${host}`, match: 'domain' }],
      ...part,
    });
  }

  /** An item of any kind; fields that `part` does not name are empty. */
  put(kind: ItemKind, title: string, part: Partial<StoredItem> = {}): StoredItem {
    const empty = emptyItem(this.newId(), kind, title);
    const at = STARTED_AT + this.#lastId;
    const times = { createdAt: at, modifiedAt: at };
    const item = { ...empty, ...times, ...part, fields: { ...empty.fields, ...part.fields } };
    this.#all.push(item);
    this.history.record(item);
    return item;
  }

  find(id: ItemId): StoredItem | undefined {
    return this.all.find((item) => item.id === id);
  }

  /** Changes an item as another window would: without a receipt. */
  change(id: ItemId, part: Partial<StoredItem>): void {
    if (!this.find(id)) throw new Error('no such item');
    this.update([id], () => part);
  }

  update(ids: readonly ItemId[], change: (item: StoredItem) => Partial<StoredItem>): ChangeReceipt {
    const before = this.#all;
    this.#all = before.map((item) => {
      if (!ids.includes(item.id)) return item;
      const changed = { ...item, ...change(item) };
      this.history.record(changed);
      return changed;
    });
    return this.#changed(before);
  }

  /** What is not `unreadable` is changed. */
  #bulk(ids: readonly ItemId[], change: (item: StoredItem) => Partial<StoredItem>): BulkReceipt {
    const passedOver = ids.filter((id) => this.unreadable.has(id));
    const opened = ids.filter((id) => !this.unreadable.has(id));
    return { ...this.update(opened, change), changed: opened.length, passedOver };
  }

  #retag(tag: string, change: (one: string) => readonly string[]): BulkReceipt {
    const isIn = (one: string): boolean => one === tag || one.startsWith(`${tag}/`);
    const ids = this.all.filter(({ tags }) => tags.some(isIn)).map(({ id }) => id);
    return this.#bulk(ids, ({ tags }) => ({
      tags: [...new Set(tags.flatMap((one) => (isIn(one) ? change(one) : [one])))],
    }));
  }

  list(section: ItemSection, text: string): readonly StoredItem[] {
    return search(this.all, { section, text, sort: 'title' });
  }

  counts(): ItemCounts {
    const live = this.list({ in: 'all' }, '');
    const kinds = ITEM_KINDS.map((kind) => [
      kind,
      live.filter((item) => item.kind === kind).length,
    ]);
    return {
      all: live.length,
      favourites: live.filter(({ favourite }) => favourite).length,
      archive: this.list({ in: 'archive' }, '').length,
      trash: this.list({ in: 'trash' }, '').length,
      kinds: Object.fromEntries(kinds) as Record<ItemKind, number>,
      tags: tagCounts(live),
      ...{ damaged: 0, integrity: 'intact' },
    };
  }

  answers(): FakeAnswers<'main'> {
    return {
      ...this.#readAnswers(),
      ...this.#changeAnswers(),
      ...this.#fieldAnswers(),
      ...this.#codeAnswers(),
      ...this.history.answers(this),
      ...this.attachments.answers(),
      ...this.searches.answers(),
      'vault:status': () => ok({ isUnlocked: true, name: 'Personal' }),
      'keys:list': () =>
        ok([{ id: '00'.repeat(16), type: 'password', name: '', createdAt: STARTED_AT, kdf: null }]),
      'vault:notice': () => ok({ isCostRaised: false, trashEmptied: 0, pins: 'sound' }),
      'settings:get': () => ok(DEFAULT_SETTINGS),
      'test-site:status': () => ok({ isRunning: false, urls: [], recent: [] }),
    };
  }

  #readAnswers(): FakeAnswers<'main'> {
    return {
      'items:list': (query) => ok(toPage(this.all, query, this.revision)),
      'items:place': ({ id, ...query }) => {
        const index = search(this.all, query).findIndex((item) => item.id === id);
        return ok({ index: index < 0 ? null : index });
      },
      'items:get': ({ id }) => {
        const item = this.find(id);
        if (!item) return refuse('vault/item-not-found');
        return ok(toDetail(item, this.all, this.history.countOf(id)));
      },
      'items:summaries': ({ ids }) =>
        ok(
          ids.flatMap((id) => {
            const item = this.find(id);
            return item ? [toSummary(item, this.all)] : [];
          }),
        ),
      'items:count': () => ok(this.counts()),
      'items:duplicates': () => ok(this.#duplicates()),
    };
  }

  #changeAnswers(): FakeAnswers<'main'> {
    const at = (isSo: boolean): number | null => (isSo ? this.now() : null);
    return {
      'items:save': (draft) => this.#attempt(() => this.#save(draft)),
      'items:set-favourite': ({ ids, favourite }) => ok(this.#bulk(ids, () => ({ favourite }))),
      'items:set-archived': ({ ids, archived }) =>
        ok(this.#bulk(ids, () => ({ archivedAt: at(archived) }))),
      'items:trash': ({ ids }) => ok(this.#bulk(ids, () => ({ trashedAt: at(true) }))),
      'items:restore': ({ ids }) => ok(this.#bulk(ids, () => ({ trashedAt: null }))),
      'items:tag': ({ ids, add, remove }) =>
        ok(
          this.#bulk(ids, ({ tags }) => ({
            tags: [...new Set([...tags, ...add])].filter((tag) => !remove.includes(tag)),
          })),
        ),
      'items:undo': ({ change }) => {
        const before = this.#undo.get(change);
        if (!before) return refuse('vault/item-not-found');
        const present = this.all;
        this.#all = [...before];
        const restored = before.filter((item) => !present.includes(item)).length;
        return ok({ ...this.#changed(present), restored, passedOver: 0, searchesLeft: false });
      },
      'tags:rename': ({ tag, name }) =>
        ok({
          ...this.#retag(tag, (one) => [name + one.slice(tag.length)]),
          searchesLeft: false,
        }),
      'tags:remove': ({ tag }) => ok(this.#retag(tag, () => [])),
      'items:erase': ({ ids }) => {
        this.#all = this.#all.filter(
          ({ id, trashedAt }) => trashedAt === null || !ids.includes(id),
        );
        for (const id of ids) this.history.forget(id);
        this.#changed(this.all);
        return ok(null);
      },
    };
  }

  #fieldAnswers(): FakeAnswers<'main'> {
    return {
      'items:copy-field': ({ id, field }) => {
        this.copied.push(`${field} of ${this.find(id)?.title ?? '?'}`);
        return ok({ clearAfterMs: CLEAR_AFTER_MS });
      },
      'clipboard:copy-secret': ({ text }) => {
        this.copied.push(text);
        return ok({ clearAfterMs: CLEAR_AFTER_MS });
      },
      'items:reveal-field': ({ id, field, revision }) => {
        const item = revision === null ? this.find(id) : this.history.of(id, revision);
        if (!item) return refuse('vault/item-not-found');
        return ok({ value: valueOf(item, field), hideAfterMs: HIDE_AFTER_MS });
      },
      /** Three modules a side, dark where the coordinates are both even. */
      'items:wifi-qr': () => ok({ size: 3, modules: new Uint8Array([1, 0, 1, 0, 0, 0, 1, 0, 1]) }),
      'pictures:choose': () => ok(this.pictures.shift() ?? null),
      'pictures:paste': () => ok(this.pictures.shift() ?? null),
    };
  }

  #codeAnswers(): FakeAnswers<'main'> {
    return {
      'items:one-time-code': ({ id }) => {
        const code = this.find(id)?.oneTimeCode;
        return code ? ok(currentCode(code, this.now())) : refuse('vault/item-not-found');
      },
      'items:advance-code': ({ id }) =>
        ok(
          this.update([id], ({ oneTimeCode }) => ({
            oneTimeCode: oneTimeCode && { ...oneTimeCode, counter: oneTimeCode.counter + 1 },
          })),
        ),
      'items:read-one-time-code': ({ text }) => this.#attempt(() => withoutSecret(readCode(text))),
    };
  }

  #save(draft: ItemDraft): ChangeReceipt & { readonly id: ItemId } {
    this.drafts.push(draft);
    const before = this.all;
    const stored = draft.id === null ? undefined : this.find(draft.id);
    const fresh = stored ?? emptyItem(this.newId(), draft.kind, draft.title);
    const made = applyDraft(fresh, draft, () => this.newId().slice(-16));
    const item = { ...made, modifiedAt: this.now(), createdAt: stored?.createdAt ?? this.now() };
    this.#all = [...before.filter(({ id }) => id !== item.id), item];
    this.history.record(item);
    return { ...this.#changed(before), id: item.id };
  }

  /** Refuses as the main side would, where `work` throws a `FakeRefusal`. */
  #attempt<T>(work: () => T) {
    try {
      return ok(work());
    } catch (error) {
      if (error instanceof FakeRefusal) return refuse<T>(error.code, error.details);
      throw error;
    }
  }

  #changed(before: readonly StoredItem[]): ChangeReceipt {
    this.revision += 1;
    this.#undo.set(++this.#lastChange, before);
    this.#options.onChange?.();
    return { change: this.#lastChange };
  }

  #duplicates(): readonly DuplicateGroup[] {
    const groups = Map.groupBy(this.list({ in: 'all' }, ''), ({ title, fields }) =>
      JSON.stringify([title, fields]),
    );
    return [...groups.values()]
      .filter((items) => items.length > 1)
      .map((items) => ({ reason: 'same', items: items.map((item) => toSummary(item, this.all)) }));
  }
}

/** What `items:reveal-field` gives for a field. */
function valueOf(item: StoredItem, field: string): string {
  const [name = '', id = ''] = field.split(':');
  if (name === 'custom') {
    const custom = item.sections.flatMap(({ fields }) => fields).find((one) => one.id === id);
    return custom?.value ?? '';
  }
  if (name === 'former') return item.formerPasswords[Number(id)]?.value ?? '';
  return name === 'note' ? item.note : (item.fields[name] ?? '');
}

/** Every tag and every parent of one, in order. */
function tagCounts(items: readonly StoredItem[]): ItemCounts['tags'] {
  const withParents = items.flatMap(({ tags }) => [
    ...new Set(
      tags.flatMap((tag) =>
        tag.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/')),
      ),
    ),
  ]);
  const groups = Map.groupBy(withParents.sort(), (tag) => tag);
  return [...groups].map(([tag, found]) => ({ tag, count: found.length }));
}
