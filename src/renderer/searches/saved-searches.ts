// Searches with a name: kept in the vault, listed in the navigation.
// SPDX-License-Identifier: MIT

import type { SavedSearch } from '../../shared/model/item.ts';
import type { Api } from '../api.ts';
import type { ItemActions } from '../items/item-actions.ts';
import type { View } from '../main/view.ts';
import { Store } from '../store.ts';

type SearchApi = Pick<Api<'main'>, 'searches:list' | 'searches:save' | 'searches:remove'>;

export interface SavedSearchesParts {
  readonly api: SearchApi;
  readonly view: Store<View>;
  readonly actions: ItemActions;
  readonly report: (error: unknown) => void;
}

export class SavedSearches {
  readonly list = new Store<readonly SavedSearch[]>([]);
  readonly #parts: SavedSearchesParts;

  constructor(parts: SavedSearchesParts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    try {
      this.list.set(await this.#parts.api['searches:list']({}));
    } catch (error) {
      this.#parts.report(error);
    }
  }

  /** The saved search of that text, if there is one. */
  of(text: string): SavedSearch | null {
    return this.list.get().find((search) => search.text === text.trim()) ?? null;
  }

  /** Rejects where it could not be saved, for the form to say so. */
  async save(search: Parameters<SearchApi['searches:save']>[0]): Promise<void> {
    const { api, actions } = this.#parts;
    const before = this.list.get().find(({ id }) => id === search.id) ?? null;
    const saved = await api['searches:save'](search);
    await this.load();
    const text = before ? `The search is called “${saved.name}” now.` : `“${saved.name}” is saved.`;
    actions.offerUndo(text, async () => {
      if (before) await api['searches:save'](before);
      else await api['searches:remove']({ id: saved.id });
      await this.load();
    });
  }

  remove(search: SavedSearch): void {
    const { api, actions, report } = this.#parts;
    const work = async (): Promise<void> => {
      await api['searches:remove']({ id: search.id });
      await this.load();
      actions.offerUndo(`The search “${search.name}” is removed.`, async () => {
        await api['searches:save'](search);
        await this.load();
      });
    };
    work().catch(report);
  }

  run({ text }: SavedSearch): void {
    this.#parts.view.update((state) => ({
      ...state,
      ...{ room: null, section: { in: 'all' }, text, selectedId: null, mode: 'show' },
    }));
  }
}
