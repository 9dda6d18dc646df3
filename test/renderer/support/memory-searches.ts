// Saved searches of the fake vault.
// SPDX-License-Identifier: MIT

import type { TypedVaultApi } from '../../../src/shared/ipc/window-api.ts';
import type { SavedSearch } from '../../../src/shared/model/item.ts';
import { ok } from './fake-connection.ts';

type Answers = Pick<
  TypedVaultApi<'main'>,
  Extract<keyof TypedVaultApi<'main'>, `searches:${string}`>
>;

export class MemorySearches {
  list: readonly SavedSearch[] = [];

  answers(): Answers {
    return {
      'searches:list': () => ok(this.list),
      'searches:save': ({ id, name, text }) => {
        const search = {
          id: id ?? (this.list.length + 1).toString(16).padStart(16, '0'),
          name,
          text,
        };
        this.list = [...this.list.filter((one) => one.id !== search.id), search];
        return ok(search);
      },
      'searches:remove': ({ id }) => {
        this.list = this.list.filter((one) => one.id !== id);
        return ok(null);
      },
    };
  }
}
