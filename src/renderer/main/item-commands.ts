// The commands on items: on the one that is shown, or on all that are chosen.
// SPDX-License-Identifier: MIT

import { shownTitle } from '../items/shown-title.ts';
import {
  areMany,
  chosenRows,
  isAnyLive,
  isItem,
  isListInUse,
  isLiveItem,
  isTrashedItem,
  onChosen,
  onItem,
} from './chosen-items.ts';
import type { Command } from './command.ts';
import { focusPart } from './focus-part.ts';

export const itemCommands: readonly Command[] = [
  {
    id: 'edit-item',
    title: 'Edit item',
    section: 'Item',
    keys: ['Mod+E'],
    isAvailable: isLiveItem,
    run: ({ view }) => {
      view.update((state) => ({ ...state, mode: 'edit' }));
    },
  },
  {
    id: 'toggle-favourite',
    title: 'Add to or remove from favourites',
    section: 'Item',
    keys: ['Mod+D'],
    isAvailable: isAnyLive,
    run: onChosen(
      (item, { actions }) => {
        actions.setFavourite(item, !item.favourite);
      },
      ({ bulk }) => {
        bulk.toggleFavourite();
      },
    ),
  },
  {
    id: 'archive-item',
    title: 'Move to or out of the archive',
    section: 'Item',
    keys: ['Mod+Shift+A'],
    isAvailable: isAnyLive,
    run: onChosen(
      (item, { actions }) => {
        actions.setArchived(item, item.archivedAt === null);
      },
      ({ bulk, view }) => {
        bulk.setArchived(view.get().section.in !== 'archive');
      },
    ),
  },
  {
    id: 'trash-item',
    title: 'Move to trash',
    section: 'Item',
    keys: ['Delete', 'Mod+Backspace'],
    isTextKey: true,
    isAvailable: isAnyLive,
    run: onChosen(
      (item, { actions }) => {
        actions.trash(item);
      },
      ({ bulk }) => {
        bulk.trash();
      },
    ),
  },
  {
    id: 'restore-item',
    title: 'Restore from trash',
    section: 'Item',
    keys: ['Mod+Shift+R'],
    isAvailable: (services) => isTrashedItem(services) || areMany(services, 'trash'),
    run: onChosen(
      (item, { actions }) => {
        actions.restore(item);
      },
      ({ bulk }) => {
        bulk.restore();
      },
    ),
  },
  {
    id: 'undo',
    title: 'Undo the last change',
    section: 'Item',
    keys: ['Mod+Z'],
    isTextKey: true,
    isAvailable: ({ actions }) => actions.canUndo,
    run: ({ actions }) => {
      actions.undo();
    },
  },
];

export const moreItemCommands: readonly Command[] = [
  {
    id: 'select-all',
    title: 'Choose all items of the list',
    section: 'Item',
    keys: ['Mod+A'],
    isTextKey: true,
    isAvailable: (services) => isListInUse(services) && services.pages.state.get().total > 1,
    run: ({ selection }) => {
      selection.all();
      focusPart('list');
    },
  },
  {
    id: 'end-selection',
    title: 'End the selection',
    section: 'Item',
    keys: ['Escape'],
    isTextKey: true,
    isAvailable: (services) => isListInUse(services) && services.selection.isMany,
    run: ({ selection }) => {
      selection.clear();
      focusPart('list');
    },
  },
  {
    id: 'add-tag',
    title: 'Add a tag…',
    section: 'Item',
    keys: ['Mod+G'],
    isAvailable: isAnyLive,
    run: ({ dialog }) => {
      dialog.set({ is: 'tags', act: 'add' });
    },
  },
  {
    id: 'remove-tag',
    title: 'Remove a tag…',
    section: 'Item',
    keys: ['Mod+Shift+G'],
    isAvailable: (services) => isAnyLive(services) && (services.counts.get()?.tags.length ?? 0) > 0,
    run: ({ dialog }) => {
      dialog.set({ is: 'tags', act: 'remove' });
    },
  },
  {
    id: 'attach-file',
    title: 'Attach a file…',
    section: 'Item',
    keys: ['Mod+Shift+P'],
    isAvailable: isLiveItem,
    run: onItem(({ id }, { files }) => {
      void files.add(id);
    }),
  },
  {
    id: 'show-history',
    title: 'Show earlier versions',
    section: 'Item',
    keys: ['Mod+Y'],
    isTextKey: true,
    isAvailable: isItem(({ revisions }) => revisions > 1),
    run: onItem((item, { dialog }) => {
      dialog.set({ is: 'history', id: item.id, title: shownTitle(item) });
    }),
  },
  {
    id: 'erase-trash',
    title: 'Erase from the trash now…',
    section: 'Item',
    keys: ['Mod+Shift+Delete', 'Mod+Shift+Backspace'],
    isTextKey: true,
    isAvailable: (services) =>
      isListInUse(services) &&
      services.view.get().section.in === 'trash' &&
      (services.counts.get()?.trash ?? 0) > 0,
    run: (services) => {
      const rows = chosenRows(services);
      services.dialog.set({ is: 'erase', items: rows.length > 0 ? rows : null });
    },
  },
];
