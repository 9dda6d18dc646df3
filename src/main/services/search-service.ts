// Saved searches: a name for a query, kept in the vault.
// SPDX-License-Identifier: MIT

import type { SavedSearch } from '../../shared/model/item.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import type { Aside } from './item-changes.ts';
import { renameTagInQuery } from './rename-tag-in-query.ts';

export interface SearchPorts {
  readonly vault: () => UnlockedVault;
  readonly onChanged: () => void;
}

/** A search of which the text was replaced. */
interface Rewritten {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

export class SearchService {
  readonly #ports: SearchPorts;

  constructor(ports: SearchPorts) {
    this.#ports = ports;
  }

  list(): readonly SavedSearch[] {
    return this.#ports.vault().document('savedSearches');
  }

  /** `id` null for a new one. */
  save(search: Omit<SavedSearch, 'id'> & { readonly id: string | null }): SavedSearch {
    const vault = this.#ports.vault();
    const saved = { ...search, id: search.id ?? vault.newId(8) };
    const others = this.list();
    const at = others.findIndex(({ id }) => id === saved.id);
    vault.saveDocument('savedSearches', at < 0 ? [...others, saved] : others.with(at, saved));
    this.#ports.onChanged();
    return saved;
  }

  remove(id: string): void {
    const kept = this.list().filter((one) => one.id !== id);
    this.#ports.vault().saveDocument('savedSearches', kept);
    this.#ports.onChanged();
  }

  /** Searches for `tag`, or for one below it, ask for its new name; null where there is none. */
  renameTag(tag: string, name: string): Aside | null {
    const rewritten = this.list().flatMap(({ id, text: from }) => {
      const to = renameTagInQuery(from, tag, name);
      return to === from ? [] : [{ id, from, to }];
    });
    return rewritten.length === 0 ? null : this.#rewrite(rewritten);
  }

  /** Of those that still have the text that is replaced. */
  #rewrite(rewritten: readonly Rewritten[]): Aside {
    const kept = this.list();
    const after = kept.map((search) => {
      const of = rewritten.find(({ id, from }) => id === search.id && from === search.text);
      return of === undefined ? search : { ...search, text: of.to };
    });
    if (after.some((search, index) => search !== kept[index])) {
      this.#ports.vault().saveDocument('savedSearches', after);
      this.#ports.onChanged();
    }
    const back = rewritten.map(({ id, from, to }) => ({ id, from: to, to: from }));
    return { reverse: () => this.#rewrite(back) };
  }
}
