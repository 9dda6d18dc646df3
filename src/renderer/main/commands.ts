// The one table of commands. Keyboard, palette, tooltips and the application menu (by id) all derive from it.
// SPDX-License-Identifier: MIT

import type { ItemDetail, ItemSection } from '../../shared/model/item.ts';
import { focusPart } from './focus-part.ts';
import { rooms } from './rooms.ts';
import { sections } from './sections.ts';
import type { MainServices } from './services.ts';
import { sectionKey } from './view.ts';

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly section: 'Item' | 'Vault' | 'Go to';
  /** Chords in the notation of `ui/key-chord.ts`; the first is the one shown. */
  readonly keys: readonly string[];
  /** The key belongs to text while the focus is in a field. */
  readonly isTextKey?: boolean;
  /** Whether it makes sense now; always, where missing. */
  readonly isAvailable?: (services: MainServices) => boolean;
  readonly run: (services: MainServices) => void;
}

/** The item in the detail pane, when it is shown and not being edited. */
function shownItem({ view, openItem }: MainServices): ItemDetail | null {
  const { room, mode } = view.get();
  return room === null && mode === 'show' ? openItem.state.get().item : null;
}

function isLiveItem(services: MainServices): boolean {
  return shownItem(services)?.trashedAt === null;
}

function isLogin(services: MainServices): boolean {
  return shownItem(services)?.kind === 'login';
}

/** Runs `act` on the shown item, where there is one. */
const onItem =
  (act: (item: ItemDetail, services: MainServices) => void) =>
  (services: MainServices): void => {
    const item = shownItem(services);
    if (item) act(item, services);
  };

/** Coming back from a room, the list is as it was left; otherwise the section is shown from its beginning. */
export function goToSection({ view }: MainServices, section: ItemSection): void {
  const { room, section: before } = view.get();
  if (room !== null && sectionKey(before) === sectionKey(section)) {
    view.update((state) => ({ ...state, room: null }));
    return;
  }
  view.update((state) => ({
    ...state,
    room: null,
    section,
    text: '',
    selectedId: null,
    mode: 'show',
  }));
}

export function goToRoom({ view }: MainServices, room: string): void {
  view.update((state) => ({ ...state, room }));
}

const itemCommands: readonly Command[] = [
  {
    id: 'new-login',
    title: 'New login',
    section: 'Item',
    keys: ['Mod+N'],
    run: ({ view }) => {
      view.update((state) => ({ ...state, room: null, mode: 'new' }));
    },
  },
  {
    id: 'copy-username',
    title: 'Copy user name',
    section: 'Item',
    keys: ['Mod+U'],
    isAvailable: (services) => shownItem(services) !== null,
    run: onItem((item, { actions }) => {
      actions.copy(item, 'username');
    }),
  },
  {
    id: 'copy-password',
    title: 'Copy password',
    section: 'Item',
    keys: ['Mod+P'],
    isAvailable: isLogin,
    run: onItem((item, { actions }) => {
      actions.copy(item, 'password');
    }),
  },
  {
    id: 'copy-website',
    title: 'Copy website',
    section: 'Item',
    keys: ['Mod+Shift+U'],
    isAvailable: (services) => shownItem(services) !== null,
    run: onItem((item, { actions }) => {
      actions.copy(item, item.kind === 'passkey' ? 'rp-id' : 'url');
    }),
  },
  {
    id: 'reveal-password',
    title: 'Show or hide password',
    section: 'Item',
    keys: ['Mod+R'],
    isAvailable: isLogin,
    run: onItem((item, { actions }) => {
      actions.toggleReveal(item);
    }),
  },
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
    isAvailable: isLiveItem,
    run: onItem((item, { actions }) => {
      actions.setFavourite(item, !item.favourite);
    }),
  },
  {
    id: 'trash-item',
    title: 'Move to trash',
    section: 'Item',
    keys: ['Delete', 'Mod+Backspace'],
    isTextKey: true,
    isAvailable: isLiveItem,
    run: onItem((item, { actions }) => {
      actions.trash(item);
    }),
  },
  {
    id: 'restore-item',
    title: 'Restore from trash',
    section: 'Item',
    keys: ['Mod+Shift+R'],
    isAvailable: (services) => (shownItem(services)?.trashedAt ?? null) !== null,
    run: onItem((item, { actions }) => {
      actions.restore(item);
    }),
  },
  {
    id: 'undo',
    title: 'Undo move to trash',
    section: 'Item',
    keys: ['Mod+Z'],
    isTextKey: true,
    isAvailable: ({ actions }) => actions.canUndo,
    run: ({ actions }) => {
      actions.undo();
    },
  },
];

const vaultCommands: readonly Command[] = [
  {
    id: 'search',
    title: 'Search',
    section: 'Vault',
    keys: ['/', 'Mod+F'],
    isTextKey: true,
    run: ({ view }) => {
      view.update((state) => ({ ...state, room: null }));
      focusPart('search');
    },
  },
  {
    id: 'palette',
    title: 'Commands',
    section: 'Vault',
    keys: ['Mod+K'],
    run: ({ view }) => {
      view.update((state) => ({ ...state, isPaletteOpen: !state.isPaletteOpen }));
    },
  },
  {
    id: 'lock',
    title: 'Lock vault',
    section: 'Vault',
    keys: ['Mod+L'],
    run: ({ api, report }) => {
      api['vault:lock']({}).catch(report);
    },
  },
  {
    id: 'open-test-site',
    title: 'Open test site in the browser',
    section: 'Vault',
    keys: ['Mod+Shift+O'],
    run: ({ api, testSite, report }) => {
      api['test-site:open']({ host: 'localhost' }).then((status) => {
        testSite.set(status);
      }, report);
    },
  },
];

const placeCommands: readonly Command[] = [
  ...sections.map(({ id, title, keys, section }): Command => ({
    id,
    title,
    section: 'Go to',
    keys: [keys],
    run: (services) => {
      goToSection(services, section);
    },
  })),
  ...rooms.map(({ id, title, keys }): Command => ({
    id,
    title,
    section: 'Go to',
    keys: [keys],
    run: (services) => {
      goToRoom(services, id);
    },
  })),
];

export const commands: readonly Command[] = [...itemCommands, ...vaultCommands, ...placeCommands];

const byId = new Map(commands.map((command) => [command.id, command]));
const byChord = new Map(
  commands.flatMap((command) => command.keys.map((keys) => [keys, command] as const)),
);

/** The command of a chord, if there is one. */
export function commandOf(chord: string): Command | undefined {
  return byChord.get(chord);
}

/** The key to show beside the action `id`. */
export function keysOf(id: string): string | undefined {
  return byId.get(id)?.keys[0];
}

/** Runs the command `id` where it exists and makes sense now; says whether it did. */
export function runCommand(id: string, services: MainServices): boolean {
  const command = byId.get(id);
  if (!command || command.isAvailable?.(services) === false) return false;
  command.run(services);
  return true;
}
