// Saved searches: a name for a query, kept in the vault.
// SPDX-License-Identifier: MIT

import type { SavedSearch } from '../../shared/model/item.ts';
import type { UnlockedVault } from '../vault/unlocked-vault.ts';

export interface SearchPorts {
  readonly vault: () => UnlockedVault;
  readonly onChanged: () => void;
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
}
