// The fixed parts of the vault that the list can show. Navigation, palette and keys derive from this table.
// SPDX-License-Identifier: MIT

import { KeyRound, LayoutList, Star, Trash2, UserRound, type LucideIcon } from 'lucide-react';
import type { ItemCounts, ItemSection } from '../../shared/model/item.ts';

export interface SectionRow {
  readonly id: string;
  readonly title: string;
  readonly group: 'top' | 'kinds' | 'vault';
  readonly keys: string;
  readonly icon: LucideIcon;
  readonly section: ItemSection;
  readonly count: (counts: ItemCounts) => number;
}

export const sections: readonly SectionRow[] = [
  {
    id: 'all-items',
    title: 'All items',
    group: 'top',
    keys: 'Mod+1',
    icon: LayoutList,
    section: { in: 'all' },
    count: ({ all }) => all,
  },
  {
    id: 'favourites',
    title: 'Favourites',
    group: 'top',
    keys: 'Mod+2',
    icon: Star,
    section: { in: 'favourites' },
    count: ({ favourites }) => favourites,
  },
  {
    id: 'logins',
    title: 'Logins',
    group: 'kinds',
    keys: 'Mod+3',
    icon: UserRound,
    section: { in: 'kind', kind: 'login' },
    count: ({ logins }) => logins,
  },
  {
    id: 'passkeys',
    title: 'Passkeys',
    group: 'kinds',
    keys: 'Mod+4',
    icon: KeyRound,
    section: { in: 'kind', kind: 'passkey' },
    count: ({ passkeys }) => passkeys,
  },
  {
    id: 'trash',
    title: 'Trash',
    group: 'vault',
    keys: 'Mod+5',
    icon: Trash2,
    section: { in: 'trash' },
    count: ({ trash }) => trash,
  },
];
