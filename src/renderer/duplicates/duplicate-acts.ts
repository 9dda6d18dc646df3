// What is done about a group of duplicates: one is opened, or one is kept.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { BulkReceipt, DuplicateGroup, ItemSummary } from '../../shared/model/item.ts';
import { passedOverWords } from '../bulk/bulk-actions.ts';
import { formatAmount } from '../format.ts';
import { shownTitle } from '../items/shown-title.ts';
import type { MainServices } from '../main/services.ts';

/** Ids of one request: `itemIds` in the table of requests. */
const MOST_AT_ONCE = 1000;

/** Trashes all of the group but `kept`, at most as many as one change takes. */
export function keepOne(
  kept: ItemSummary,
  { items }: DuplicateGroup,
  { api, actions }: Pick<MainServices, 'api' | 'actions'>,
): void {
  const others = items.filter(({ id }) => id !== kept.id).slice(0, MOST_AT_ONCE);
  const ids = others.map(({ id }) => id);
  if (ids.length === 0) return;
  void actions.undoable<BulkReceipt>(
    () => api['items:trash']({ ids }),
    ({ changed, passedOver }) => {
      const amount = formatAmount(changed, 'duplicate is', 'duplicates are');
      const rest = passedOverWords(passedOver.length);
      return { text: `“${shownTitle(kept)}” is kept; ${amount} in the trash${rest}.` };
    },
  );
}

export function openItem(id: ItemId, { view }: Pick<MainServices, 'view'>): void {
  view.update((state) => ({
    ...state,
    ...{ room: null, section: { in: 'all' }, text: '', selectedId: id, mode: 'show' },
  }));
}
