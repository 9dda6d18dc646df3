// What a command is about: the item that is shown, or the rows that are chosen together.
// SPDX-License-Identifier: MIT

import type { ItemDetail, ItemSummary } from '../../shared/model/item.ts';
import type { MainServices } from './services.ts';

/** The item in the detail pane, when it is shown and not being edited. */
export function shownItem(services: MainServices): ItemDetail | null {
  const isCovered = !isListInUse(services) || services.selection.isMany;
  return isCovered ? null : services.openItem.state.get().item;
}

/** Whether keys mean what the list shows: no room, form or dialog stands before it. */
export function isListInUse({ view, dialog }: MainServices): boolean {
  const { room, mode } = view.get();
  return room === null && mode === 'show' && dialog.get() === null;
}

export function isLiveItem(services: MainServices): boolean {
  return shownItem(services)?.trashedAt === null;
}

/** Whether several items are chosen, in the trash or elsewhere. */
export function areMany(services: MainServices, where: 'trash' | 'live'): boolean {
  const isTrash = services.view.get().section.in === 'trash';
  return isListInUse(services) && services.selection.isMany && isTrash === (where === 'trash');
}

export const isAnyLive = (services: MainServices): boolean =>
  isLiveItem(services) || areMany(services, 'live');

/** Runs `act` on the shown item, or `bulkAct` on all that are chosen. */
export const onChosen =
  (
    act: (item: ItemDetail, services: MainServices) => void,
    bulkAct: (services: MainServices) => void,
  ) =>
  (services: MainServices): void => {
    if (services.selection.isMany) bulkAct(services);
    else onItem(act)(services);
  };

/** Whether the shown item is one that `test` holds of. */
export const isItem =
  (test: (item: ItemDetail) => boolean) =>
  (services: MainServices): boolean => {
    const item = shownItem(services);
    return item !== null && test(item);
  };

/** Runs `act` on the shown item, where there is one. */
export const onItem =
  (act: (item: ItemDetail, services: MainServices) => void) =>
  (services: MainServices): void => {
    const item = shownItem(services);
    if (item) act(item, services);
  };

export function isTrashedItem(services: MainServices): boolean {
  return (shownItem(services)?.trashedAt ?? null) !== null;
}

/** The chosen rows, or the row of the item that is shown. */
export function chosenRows({ selection, pages, view }: MainServices): readonly ItemSummary[] {
  if (selection.isMany) return [...selection.rows.get().values()];
  const row = pages.rowAt(pages.indexOf(view.get().selectedId));
  return row ? [row] : [];
}
