// @vitest-environment jsdom
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { commandOf, commands, keysOf } from '../../../src/renderer/main/commands.ts';
import { rooms } from '../../../src/renderer/main/rooms.ts';
import { ITEM_KINDS } from '../../../src/shared/model/item-kinds.ts';
import { formatChord, toChord } from '../../../src/renderer/ui/key-chord.ts';

describe('commands', () => {
  it('give every action an id, a title and a key of its own', () => {
    const ids = commands.map(({ id }) => id);
    const keys = commands.flatMap((command) => command.keys);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(keys).size).toBe(keys.length);
    const actions = commands.filter(({ section }) => section !== 'Go to');
    for (const command of actions) expect(command.keys.length).toBeGreaterThan(0);
  });

  it('begin an item of every kind but a passkey', () => {
    for (const kind of ITEM_KINDS.filter((one) => one !== 'passkey')) {
      expect(keysOf(`new-${kind}`)).toBeDefined();
    }
    expect(commands.some(({ id }) => id === 'new-passkey')).toBe(false);
  });

  it('have what the application menu asks for', () => {
    for (const id of ['new-login', 'import', 'export', 'lock', 'search', 'palette']) {
      expect(keysOf(id)).toBeDefined();
    }
  });

  it('lead into every room', () => {
    for (const room of rooms) expect(commandOf(room.keys)?.id).toBe(room.id);
  });

  it('keep out of the way of text where their key is a character', () => {
    for (const command of commands) {
      if (command.keys.some((keys) => !keys.includes('+'))) expect(command.isTextKey).toBe(true);
    }
  });
});

const press = (key: string, part: Partial<Parameters<typeof toChord>[0]> = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
  ...part,
});

describe('toChord', () => {
  it.each([
    [press('k', { ctrlKey: true }), false, 'Mod+K'],
    [press('k', { metaKey: true }), true, 'Mod+K'],
    [press('k', { ctrlKey: true }), true, 'K'],
    [press('E', { ctrlKey: true, shiftKey: true }), false, 'Mod+Shift+E'],
    [press('/', { shiftKey: true }), false, '/'],
    [press('Delete'), false, 'Delete'],
    [press(',', { ctrlKey: true }), false, 'Mod+,'],
  ])('reads %j', (pressed, isMac, chord) => {
    expect(toChord(pressed, isMac)).toBe(chord);
  });
});

describe('formatChord', () => {
  it.each([
    ['Mod+K', false, 'Ctrl K'],
    ['Mod+K', true, '⌘K'],
    ['Mod+Shift+E', true, '⌘⇧E'],
    ['Delete', false, 'Del'],
  ])('writes %s', (chord, isMac, text) => {
    expect(formatChord(chord, isMac)).toBe(text);
  });
});
