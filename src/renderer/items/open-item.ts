// The item in the detail pane. The last one stays in sight until the next has been read, so that walking down the
// list does not flicker.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ItemDetail } from '../../shared/model/item.ts';
import { toApiError, type ApiError } from '../api.ts';
import { Store } from '../store.ts';

export interface OpenItemState {
  readonly item: ItemDetail | null;
  readonly error: ApiError | null;
}

const NOTHING: OpenItemState = { item: null, error: null };

export class OpenItem {
  readonly state = new Store<OpenItemState>(NOTHING);
  readonly #get: (input: { id: ItemId }) => Promise<ItemDetail>;
  #id: ItemId | null = null;
  #generation = 0;

  constructor(get: (input: { id: ItemId }) => Promise<ItemDetail>) {
    this.#get = get;
  }

  show(id: ItemId | null): void {
    if (id === this.#id) return;
    this.#id = id;
    this.refresh();
  }

  refresh(): void {
    const generation = ++this.#generation;
    const id = this.#id;
    if (id === null) {
      this.state.set(NOTHING);
      return;
    }
    this.#get({ id }).then(
      (item) => {
        if (generation === this.#generation) this.state.set({ item, error: null });
      },
      (error: unknown) => {
        if (generation === this.#generation) {
          this.state.set({ item: null, error: toApiError(error) });
        }
      },
    );
  }
}
