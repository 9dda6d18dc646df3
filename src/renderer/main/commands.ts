// The one table of commands. Keyboard, palette, tooltips and the application menu (by id) all derive from it.
// SPDX-License-Identifier: MIT

import type { ItemKind } from '../../shared/model/item-kinds.ts';
import type { FieldRef, ItemDetail, ItemSection } from '../../shared/model/item.ts';
import { anotherValue } from '../generator/another-value.ts';
import { fieldLabel, inSentence, nameField, secretField } from '../items/field-labels.ts';
import { KIND_FACES, NEW_KINDS, newCommandOf } from '../items/kind-faces.ts';
import { isItem, isListInUse, onItem, shownItem } from './chosen-items.ts';
import type { Command } from './command.ts';
import { focusPart } from './focus-part.ts';
import { itemCommands, moreItemCommands } from './item-commands.ts';
import { rooms } from './rooms.ts';
import { sections } from './sections.ts';
import type { MainServices } from './services.ts';
import { sectionKey } from './view.ts';

export type { Command } from './command.ts';

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

const NEW_KEYS: Readonly<Partial<Record<ItemKind, string>>> = {
  login: 'Mod+N',
  'one-time-code': 'Mod+Shift+M',
  note: 'Mod+Shift+N',
  card: 'Mod+Shift+D',
  identity: 'Mod+Shift+Y',
  'ssh-key': 'Mod+Shift+H',
  wifi: 'Mod+Shift+F',
  licence: 'Mod+Shift+L',
};

const newCommands: readonly Command[] = NEW_KINDS.map((kind) => ({
  id: newCommandOf(kind),
  title: `New ${KIND_FACES[kind].asNew}`,
  section: 'Item',
  icon: KIND_FACES[kind].icon,
  keys: [NEW_KEYS[kind]].filter((keys) => keys !== undefined),
  run: ({ view }) => {
    view.update((state) => ({ ...state, room: null, mode: 'new', newKind: kind }));
  },
}));

const copyCommands: readonly Command[] = [
  {
    id: 'copy-username',
    title: 'Copy user name',
    titleFor: (services) => titleForField('Copy', nameField, services),
    section: 'Item',
    keys: ['Mod+U'],
    isAvailable: isItem((item) => item.passkey !== null || nameField(item) !== null),
    run: onItem((item, { actions }) => {
      const field = nameField(item);
      if (item.passkey) actions.copyText('User name', item.passkey.userName);
      else if (field !== null) actions.copy(item, field);
    }),
  },
  {
    id: 'copy-password',
    title: 'Copy password',
    titleFor: (services) => titleForField('Copy', secretField, services),
    section: 'Item',
    keys: ['Mod+P'],
    isAvailable: isItem((item) => secretField(item) !== null),
    run: onItem((item, { actions }) => {
      const field = secretField(item);
      if (field !== null) actions.copy(item, field);
    }),
  },
  {
    id: 'copy-code',
    title: 'Copy one-time code',
    section: 'Item',
    keys: ['Mod+Shift+C'],
    isAvailable: isItem((item) => item.oneTimeCode !== null),
    run: onItem((item, { actions }) => {
      actions.copy(item, 'one-time-code');
    }),
  },
  {
    id: 'copy-website',
    title: 'Copy website',
    section: 'Item',
    keys: ['Mod+Shift+U'],
    isAvailable: isItem((item) => item.passkey !== null || item.urls.length > 0),
    run: onItem((item, { actions }) => {
      actions.copy(item, item.passkey ? 'rp-id' : 'url');
    }),
  },
  {
    id: 'reveal-password',
    title: 'Show or hide password',
    titleFor: (services) => titleForField('Show or hide', secretField, services),
    section: 'Item',
    keys: ['Mod+R'],
    isAvailable: isItem((item) => secretField(item) !== null),
    run: onItem((item, { actions }) => {
      const field = secretField(item);
      if (field !== null) actions.toggleReveal(item, field);
    }),
  },
];

/** `Copy card number`, where the shown item has such a field. */
function titleForField(
  verb: string,
  fieldOf: (item: ItemDetail) => FieldRef | null,
  services: MainServices,
): string | null {
  const item = shownItem(services);
  const field = item && fieldOf(item);
  return item && field ? `${verb} ${inSentence(fieldLabel(item, field))}` : null;
}

const vaultCommands: readonly Command[] = [
  {
    id: 'save-search',
    title: 'Save this search',
    section: 'Vault',
    keys: ['Mod+S'],
    isAvailable: (services) => {
      const text = services.view.get().text.trim();
      return isListInUse(services) && text !== '' && services.searches.of(text) === null;
    },
    run: ({ view, dialog }) => {
      const text = view.get().text.trim();
      dialog.set({ is: 'search', id: null, name: text.slice(0, 128), text });
    },
  },
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
    isAboveDialogs: true,
    run: ({ api, report }) => {
      api['vault:lock']({}).catch(report);
    },
  },
  anotherValue,
  {
    id: 'back-up-now',
    title: 'Make a backup now',
    section: 'Vault',
    keys: ['Mod+Shift+S'],
    run: ({ api, toasts, report }) => {
      api['backups:make']({}).then(() => {
        toasts.show({ text: 'The backup is made.', tone: 'good' });
      }, report);
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
    keys: keys === null ? [] : [keys],
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

export const commands: readonly Command[] = [
  ...copyCommands,
  ...itemCommands,
  ...moreItemCommands,
  ...newCommands,
  ...vaultCommands,
  ...placeCommands,
];

const byId = new Map(commands.map((command) => [command.id, command]));
const byChord = new Map(
  commands.flatMap((command) => command.keys.map((keys) => [keys, command] as const)),
);

/** The command of a chord, if there is one. */
export function commandOf(chord: string): Command | undefined {
  return byChord.get(chord);
}

export function commandById(id: string): Command | undefined {
  return byId.get(id);
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
