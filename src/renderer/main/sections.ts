// The fixed parts of the vault that the list can show. Navigation, palette and keys derive from this table.
// SPDX-License-Identifier: MIT

import { Archive, LayoutList, Star, Trash2, type LucideIcon } from 'lucide-react';
import { ITEM_KINDS, type ItemKind } from '../../shared/model/item-kinds.ts';
import type { ItemCounts, ItemSection } from '../../shared/model/item.ts';
import { KIND_FACES } from '../items/kind-faces.ts';

export interface SectionRow {
  readonly id: string;
  readonly title: string;
  readonly group: 'top' | 'kinds';
  /** Null for those that are gone to through the palette alone. */
  readonly keys: string | null;
  readonly icon: LucideIcon;
  readonly section: ItemSection;
  readonly count: (counts: ItemCounts) => number;
  /** Left out of the navigation while there is nothing in it. */
  readonly isHiddenWhenEmpty?: boolean;
}

/** The digits go to what people go to most. */
const KIND_KEYS: Readonly<Partial<Record<ItemKind, string>>> = {
  login: 'Mod+3',
  passkey: 'Mod+4',
  'one-time-code': 'Mod+6',
  note: 'Mod+7',
  card: 'Mod+8',
  identity: 'Mod+9',
};

/** Ids that were there before the other kinds came. */
const KIND_IDS: Readonly<Partial<Record<ItemKind, string>>> = {
  login: 'logins',
  passkey: 'passkeys',
};

const kindRows: readonly SectionRow[] = ITEM_KINDS.map((kind) => ({
  id: KIND_IDS[kind] ?? `kind-${kind}`,
  title: KIND_FACES[kind].many,
  group: 'kinds',
  keys: KIND_KEYS[kind] ?? null,
  icon: KIND_FACES[kind].icon,
  section: { in: 'kind', kind },
  count: ({ kinds }) => kinds[kind],
  isHiddenWhenEmpty: true,
}));

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
  ...kindRows,
  {
    id: 'archive',
    title: 'Archive',
    group: 'top',
    keys: null,
    icon: Archive,
    section: { in: 'archive' },
    count: ({ archive }) => archive,
  },
  {
    id: 'trash',
    title: 'Trash',
    group: 'top',
    keys: 'Mod+5',
    icon: Trash2,
    section: { in: 'trash' },
    count: ({ trash }) => trash,
  },
];
