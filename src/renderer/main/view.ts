// Where in the main window the person is: which room, which part of the vault, which item, and whether it is edited.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { ItemKind } from '../../shared/model/item-kinds.ts';
import type { ItemSection, ItemSort } from '../../shared/model/item.ts';
import { KIND_FACES } from '../items/kind-faces.ts';

export interface View {
  /** Id of a row of `rooms.ts`; null for the items. */
  readonly room: string | null;
  readonly section: ItemSection;
  readonly text: string;
  readonly sort: ItemSort;
  readonly selectedId: ItemId | null;
  /** What the detail pane is for. */
  readonly mode: 'show' | 'edit' | 'new';
  /** What is being made, while `mode` is `new`. */
  readonly newKind: ItemKind;
  readonly isPaletteOpen: boolean;
}

export const initialView: View = {
  room: null,
  section: { in: 'all' },
  text: '',
  sort: 'title',
  selectedId: null,
  mode: 'show',
  newKind: 'login',
  isPaletteOpen: false,
};

/** Text that is the same for the same section, for keys and comparisons. */
export function sectionKey(section: ItemSection): string {
  switch (section.in) {
    case 'kind':
      return `kind:${section.kind}`;
    case 'tag':
      return `tag:${section.tag}`;
    case 'all':
    case 'favourites':
    case 'archive':
    case 'trash':
      return section.in;
  }
}

export function sectionTitle(section: ItemSection): string {
  switch (section.in) {
    case 'all':
      return 'All items';
    case 'favourites':
      return 'Favourites';
    case 'archive':
      return 'Archive';
    case 'trash':
      return 'Trash';
    case 'kind':
      return KIND_FACES[section.kind].many;
    case 'tag':
      return section.tag;
  }
}
