// How many rows the list has, and how many of them are chosen: read out as it changes.
// SPDX-License-Identifier: MIT

import { formatAmount, formatCount } from '../format.ts';
import { useServices } from '../main/services.ts';
import { useStore } from '../store.ts';

export function ListCount() {
  const { pages, selection } = useServices();
  const { query, total } = useStore(pages.state);
  const chosen = useStore(selection.rows).size;
  if (!query) return null;
  if (chosen === 0) return formatAmount(total, 'item');
  return `${formatCount(chosen)} of ${formatCount(total)} chosen`;
}
