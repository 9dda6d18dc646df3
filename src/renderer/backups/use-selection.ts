// Which items are ticked.
// SPDX-License-Identifier: MIT

import { useState } from 'react';
import type { ItemId } from '../../shared/brand.ts';

export interface Selection {
  readonly ids: ReadonlySet<ItemId>;
  readonly set: (ids: readonly ItemId[], isChosen: boolean) => void;
}

export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<ItemId>>(new Set());
  return {
    ids,
    set: (changed, isChosen) => {
      setIds((before) => {
        const next = new Set(before);
        for (const id of changed) {
          if (isChosen) next.add(id);
          else next.delete(id);
        }
        return next;
      });
    },
  };
}
