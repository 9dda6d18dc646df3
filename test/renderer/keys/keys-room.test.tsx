// @vitest-environment jsdom
// The room of the ways in: what it shows, and each act with its verification.
// SPDX-License-Identifier: MIT

import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { KeysRoom } from '../../../src/renderer/keys/keys-room.tsx';
import type { KeySlotInfo, PresentedSecret } from '../../../src/shared/model/keys.ts';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';
import { alertText, field, isDisabled, openRoom, Sent, slot, slotId } from './open-room.tsx';
import { expectFocusOn } from '../support/eyes.ts';
import { click, type } from '../support/hands.ts';
import { isHeld } from './react-state.ts';

const PASSWORD = slot(1, 'password');
const KEY_FILE = slot(1, 'password-key-file');
const SAFE = slot(2, 'recovery', 'Safe');
const CHOICE = { token: 'f'.repeat(32), fileName: 'photo.jpg' };
const SECRET = 'the old passphrase';
const NEW = 'a longer new passphrase';

/** A main side that has `slots` and answers `answers`. */
const open = (slots: readonly KeySlotInfo[], answers: FakeAnswers<'main'> = {}) =>
  openRoom(<KeysRoom />, { 'keys:list': () => ok(slots), ...answers });

const wordsOf = (present: PresentedSecret): Uint8Array =>
  present.type === 'recovery' ? present.words : present.password;

afterEach(cleanup);

describe('KeysRoom', () => {
  it('shows each way in: what, its name, since when, what a guess costs', async () => {
    await open([PASSWORD, SAFE]);
    const rows = within(screen.getByRole('list', { name: 'Ways in' })).getAllByRole('listitem');
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(
        /^Master passwordsince 3 Feb 2026; each guess fills 256 MiB of memory 3 times, on 4 threads/,
      ),
      expect.stringMatching(
        /^Recovery key “Safe”since 3 Mar 2026; 256 random bits: nothing to guess/,
      ),
    ]);
  });

  it('says what a loss would mean, in red where nothing is left', async () => {
    await open([PASSWORD]);
    const table = screen.getByRole('table', { name: 'What if I lose…' });
    expect(within(table).getByRole('row', { name: /forget the master password/ }).textContent).toBe(
      'forget the master passwordNothing. The vault stays closed for good.',
    );
    expect(within(table).getByText(/^Nothing\./).className).toContain('fatal');
    expect(screen.getByText(/Add a recovery key, and/)).toBeTruthy();
  });

  it('has nothing in red where a sheet stands in for the password', async () => {
    await open([PASSWORD, SAFE]);
    expect(screen.getByRole('row', { name: /forget the master password/ }).textContent).toContain(
      'The recovery key “Safe”.',
    );
    expect(screen.queryByText(/Add a recovery key, and/)).toBeNull();
  });

  it('explains why the list could not be read', async () => {
    await openRoom(<KeysRoom />, { 'keys:list': () => refuse('vault/locked') });
    expect(alertText()).toContain('The vault is locked.');
  });

  it('never offers to remove the last way in', async () => {
    await open([PASSWORD]);
    expect(isDisabled('Remove')).toBe(true);
    expect(screen.getByText('The last way in: it cannot be removed.')).toBeTruthy();
  });

  it('gives up an act without sending anything', async () => {
    await open([PASSWORD, SAFE]);
    await click('Rename');
    await click('Cancel');
    expect(screen.queryByRole('form')).toBeNull();
  });
});

describe('changing the master password', () => {
  const fill = async (password: string, repeated: string, present: string): Promise<void> => {
    await type('New master password', password);
    await type('The same password again', repeated);
    await type('Current master password', present);
  };

  it('sends both as bytes, erases them and forgets what was typed', async () => {
    const sent = new Sent();
    await open([PASSWORD, SAFE], {
      'keys:change-password': ({ present, password }) => {
        sent.take(wordsOf(present));
        sent.take(password);
        return ok(null);
      },
    });
    await click('Change password');
    await fill(NEW, NEW, SECRET);
    expect(isHeld(SECRET) && isHeld(NEW)).toBe(true);
    await click('Change password', 1);
    expect(sent.texts).toEqual([SECRET, NEW]);
    expect(sent.areErased).toBe(true);
    expect(screen.getByText(/The master password is changed/)).toBeTruthy();
    expect(isHeld(SECRET) || isHeld(NEW)).toBe(false);
  });

  it.each([
    ['too short', 'short', 'short', SECRET],
    ['not the same twice', NEW, `${NEW}!`, SECRET],
    ['without the present one', NEW, NEW, ''],
  ])('does not send one that is %s', async (_name, password, repeated, present) => {
    await open([PASSWORD]);
    await click('Change password');
    await fill(password, repeated, present);
    expect(screen.getAllByRole('button', { name: 'Change password' })[1]).toHaveProperty(
      'disabled',
      true,
    );
  });

  it('says that the present one is wrong, forgets it, and keeps the new one', async () => {
    await open([PASSWORD], { 'keys:change-password': () => refuse('vault/wrong-password') });
    await click('Change password');
    await fill(NEW, NEW, SECRET);
    await click('Change password', 1);
    expect(alertText()).toContain('not the master password');
    expect(field('Current master password').value).toBe('');
    await expectFocusOn(() => field('Current master password'));
    expect(field('New master password').value).toBe(NEW);
    expect(isHeld(SECRET)).toBe(false);
  });

  it('takes a recovery key from who forgot the password', async () => {
    const types: string[] = [];
    await open([PASSWORD, SAFE], {
      'keys:change-password': ({ present }) => {
        types.push(present.type);
        return ok(null);
      },
    });
    await click('Change password');
    await click('Use recovery key');
    await type('New master password', NEW);
    await type('The same password again', NEW);
    await type('Recovery key', 'able acid');
    await click('Change password', 1);
    expect(types).toEqual(['recovery']);
  });

  it('keeps 24 words with one slip, and names the word', async () => {
    await open([PASSWORD, SAFE], {
      'keys:remove': () => refuse('keys/unknown-recovery-word', { place: 2 }),
    });
    await click('Remove', 1);
    await click('Use recovery key');
    await type('Recovery key', 'able acidd zebra');
    await click('Remove', 2);
    expect(field('Recovery key').value).toBe('able acidd zebra');
    expect(screen.getByText('Word 2, “acidd”, is not in the list.')).toBeTruthy();
  });
});

describe('a vault without a master password', () => {
  it('is given one after verification with the recovery key', async () => {
    const sent = new Sent();
    await open([SAFE], {
      'keys:change-password': ({ present, password }) => {
        sent.take(wordsOf(present));
        sent.take(password);
        return ok(null);
      },
    });
    await click('Set a master password');
    await type('New master password', NEW);
    await type('The same password again', NEW);
    await type('Recovery key', 'able acid');
    await click('Set password');
    expect([sent.texts, sent.areErased]).toEqual([['able acid', NEW], true]);
    expect(screen.getByText('The master password opens the vault from now on.')).toBeTruthy();
    expect(isHeld('able acid') || isHeld(NEW)).toBe(false);
  });

  it('is the only one that is offered one', async () => {
    await open([PASSWORD, SAFE]);
    expect(screen.queryByRole('button', { name: 'Set a master password' })).toBeNull();
  });
});

describe('the key file', () => {
  it('is required after choosing one and giving the password', async () => {
    const sent: unknown[] = [];
    await open([PASSWORD], {
      'keys:choose-key-file': ({ make }) => ok(make ? CHOICE : null),
      'keys:add-key-file': ({ present, keyFile, name }) => {
        sent.push({ type: present.type, keyFile, name });
        return ok(null);
      },
    });
    await click('Require a key file');
    await type('Master password', SECRET);
    expect(isDisabled('Require key file')).toBe(true);
    await click('Choose key file…');
    expect(screen.getByText('No file chosen')).toBeTruthy();
    await click('Make one…');
    expect(screen.getByText('photo.jpg')).toBeTruthy();
    await click('Require key file');
    expect(sent).toEqual([{ type: 'password', keyFile: CHOICE.token, name: '' }]);
    expect(isHeld(SECRET)).toBe(false);
  });

  it('explains a file that cannot serve', async () => {
    await open([PASSWORD], { 'keys:choose-key-file': () => refuse('keys/not-a-key-file') });
    await click('Require a key file');
    await click('Choose key file…');
    expect(alertText()).toContain('cannot serve as a key file');
  });

  it('is no longer required after password and file were given', async () => {
    const sent: PresentedSecret['type'][] = [];
    await open([KEY_FILE, SAFE], {
      'keys:choose-key-file': () => ok(CHOICE),
      'keys:drop-key-file': ({ present }) => {
        sent.push(present.type);
        return ok(null);
      },
    });
    await click('Stop requiring the key file');
    // A recovery key does not do: the password's own slot is made anew.
    expect(screen.queryByRole('button', { name: 'Use recovery key' })).toBeNull();
    await type('Master password', SECRET);
    await click('Choose key file…');
    await click('Stop requiring it');
    expect(sent).toEqual(['password-key-file']);
  });
});

describe('renaming and removing', () => {
  it('renames a way in after verification', async () => {
    const sent: unknown[] = [];
    await open([PASSWORD, SAFE], {
      'keys:rename': ({ present, slot: id, name }) => {
        sent.push([present.type, id, name]);
        return ok(null);
      },
    });
    await click('Rename', 1);
    await type('Master password', SECRET);
    expect(screen.getAllByRole('button', { name: 'Rename' })[2]).toHaveProperty('disabled', true);
    await type('Name', ' Bank ');
    await click('Rename', 2);
    expect(sent).toEqual([['password', slotId(2), 'Bank']]);
  });

  it('says what is lost before it removes', async () => {
    const removed: string[] = [];
    await open([PASSWORD, SAFE], {
      'keys:remove': ({ slot: id }) => {
        removed.push(id);
        return ok(null);
      },
    });
    await click('Remove', 1);
    const form = screen.getByRole('form', { name: 'Remove Recovery key “Safe”' });
    expect(form.textContent).toContain('Only the master password is left.');
    await type('Master password', SECRET);
    await click('Remove', 2);
    expect(removed).toEqual([slotId(2)]);
    expect(screen.getByText('Recovery key “Safe”: removed.')).toBeTruthy();
  });

  it.each(['keys/last-way-in', 'keys/slot-not-found', 'vault/write-failed'] as const)(
    'explains %s',
    async (code) => {
      await open([PASSWORD, SAFE], { 'keys:remove': () => refuse(code) });
      await click('Remove', 1);
      await type('Master password', SECRET);
      await click('Remove', 2);
      expect(alertText()).toMatch(/[.]$/);
      expect(isHeld(SECRET)).toBe(false);
    },
  );

  it('shows the list as it is after an act', async () => {
    const slots = [PASSWORD, SAFE];
    await openRoom(<KeysRoom />, {
      'keys:list': () => ok([...slots]),
      'keys:remove': () => {
        slots.pop();
        return ok(null);
      },
    });
    await click('Remove', 1);
    await type('Master password', SECRET);
    await click('Remove', 2);
    expect(screen.queryByText('Recovery key “Safe”')).toBeNull();
  });
});
