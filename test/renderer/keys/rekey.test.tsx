// @vitest-environment jsdom
// A new vault key: every secret in turn, what will be removed named before, progress, the result, and failure.
// SPDX-License-Identifier: MIT

import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { KeysRoom } from '../../../src/renderer/keys/keys-room.tsx';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';
import { alertText, field, isDisabled, openRoom, Sent, slot } from './open-room.tsx';
import { click, type } from '../support/hands.ts';
import { isHeld } from './react-state.ts';

const SLOTS = [slot(1, 'password'), slot(2, 'recovery', 'Safe'), slot(3, 'recovery')];
const SECRET = 'the master passphrase';
const SAFE_WORDS = 'able acid zebra';

const open = async (answers: FakeAnswers<'main'> = {}) => {
  const room = await openRoom(<KeysRoom />, { 'keys:list': () => ok(SLOTS), ...answers });
  await click('Make a new vault key…');
  return room;
};

const heading = () => screen.getByRole('heading', { level: 2 }).textContent;

async function givePasswordAndSafe(): Promise<void> {
  await type('Master password', SECRET);
  await click('Next');
  await type('Recovery key', SAFE_WORDS);
  await click('Next');
}

afterEach(cleanup);

describe('a new vault key', () => {
  it('says when it is called for', async () => {
    await openRoom(<KeysRoom />, { 'keys:list': () => ok(SLOTS) });
    const text = screen.getByRole('region', { name: 'A new vault key' }).textContent;
    expect(text).toMatch(/lost or stolen/);
    expect(text).toMatch(/someone saw a password/);
  });

  it('asks for each secret in turn', async () => {
    await open();
    expect(heading()).toBe('Master password');
    expect(isDisabled('Next')).toBe(true);
    await type('Master password', SECRET);
    await click('Next');
    expect(heading()).toBe('Recovery key “Safe”');
    await click('Back');
    expect(heading()).toBe('Master password');
    expect(field('Master password').value).toBe('');
  });

  it('names what will be removed before it does anything', async () => {
    await open();
    await givePasswordAndSafe();
    await click('I do not have it');
    const lists = screen.getAllByRole('heading', { level: 2 });
    expect(
      lists.map(({ textContent, nextSibling }) => [textContent, nextSibling?.textContent]),
    ).toEqual([
      ['These stay', 'Master password, since 3 Feb 2026Recovery key “Safe”, since 3 Mar 2026'],
      ['These will be removed', 'Recovery key, since 3 Apr 2026'],
    ]);
    expect(screen.getByRole('button', { name: 'Make new key and remove 1 way in' })).toBeTruthy();
    expect(screen.getByText(/one new backup takes the place of them all/)).toBeTruthy();
  });

  it('sends what was given as bytes, erases it, and says what was removed', async () => {
    const sent = new Sent();
    await open({
      'keys:rekey': ({ secrets }) => {
        for (const one of secrets) sent.take(one.type === 'recovery' ? one.words : one.password);
        return ok({ removed: SLOTS.slice(2) });
      },
    });
    await givePasswordAndSafe();
    await click('I do not have it');
    await click('Make new key and remove 1 way in');
    expect(sent.texts).toEqual([SECRET, SAFE_WORDS]);
    expect(sent.areErased).toBe(true);
    expect(screen.getByText('The vault has a new key.')).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Removed' }).nextSibling?.textContent).toBe(
      'Recovery key, since 3 Apr 2026',
    );
    expect(isHeld(SECRET) || isHeld(SAFE_WORDS)).toBe(false);
    await click('Done');
    expect(screen.getByRole('list', { name: 'Ways in' })).toBeTruthy();
  });

  it('removes nothing where all were given', async () => {
    await open();
    await givePasswordAndSafe();
    await type('Recovery key', 'other words');
    await click('Next');
    expect(screen.getByRole('button', { name: 'Make new key' })).toBeTruthy();
    expect(screen.queryByText('These will be removed')).toBeNull();
  });

  it('does nothing where none was given', async () => {
    await open();
    for (const _slot of SLOTS) await click('I do not have it');
    expect(alertText()).toContain('nothing would open the vault any more');
    expect(isDisabled(/^Make new key/)).toBe(true);
  });

  it('does not take one sheet for two', async () => {
    await open();
    await givePasswordAndSafe();
    await type('Recovery key', 'ABLE\nACID\nZEBRA');
    expect(alertText()).toContain('given this one already');
    expect(isDisabled('Next')).toBe(true);
  });

  it('shows how far the work is, of this work alone', async () => {
    const { connection } = await open({ 'keys:rekey': () => new Promise(() => undefined) });
    await givePasswordAndSafe();
    await click('I do not have it');
    await click(/^Make new key/);
    act(() => {
      connection.emit('work:progressed', { work: 'health', stage: 'reading', done: 9, total: 10 });
    });
    expect(screen.getByText('Checking the secrets…')).toBeTruthy();
    act(() => {
      connection.emit('work:progressed', { work: 'rekey', stage: 'checking', done: 0, total: 2 });
    });
    expect(screen.getByText('Checking the secrets…')).toBeTruthy();
    act(() => {
      const news = { stage: 'sealing', done: 1200, total: 3000 } as const;
      connection.emit('work:progressed', { work: 'rekey', ...news });
    });
    const bar = screen.getByRole('progressbar', { name: 'Making a new vault key' });
    expect([bar.getAttribute('aria-valuenow'), bar.textContent]).toEqual([
      '1200',
      'Sealing anew: 1,200 of 3,000',
    ]);
    act(() => {
      const news = { stage: 'writing', done: 3000, total: 3000 } as const;
      connection.emit('work:progressed', { work: 'rekey', ...news });
    });
    expect(bar.textContent).toBe('Writing it all at once…');
  });
});

describe('a new vault key that fails', () => {
  it('goes back to the secret that is wrong and keeps the others', async () => {
    const given: number[] = [];
    await open({
      'keys:rekey': ({ secrets }) => {
        given.push(secrets.length);
        return given.length === 1
          ? refuse('vault/wrong-password', { index: 1 })
          : ok({ removed: [] });
      },
    });
    await givePasswordAndSafe();
    await click('I do not have it');
    await click(/^Make new key/);
    expect(heading()).toBe('Recovery key “Safe”');
    expect(alertText()).toContain('This recovery key does not open this vault.');
    expect(isHeld(SAFE_WORDS)).toBe(false);
    await type('Recovery key', 'right words');
    await click('Next');
    await click(/^Make new key/);
    expect(given).toEqual([2, 2]);
  });

  it('finds the wrong one by its type where there is one of it', async () => {
    await open({
      'keys:rekey': () => refuse('vault/wrong-password', { type: 'password' }),
    });
    await givePasswordAndSafe();
    await click('I do not have it');
    await click(/^Make new key/);
    expect(heading()).toBe('Master password');
    expect(isHeld(SECRET)).toBe(false);
    // The other one is still given.
    await type('Master password', 'another one');
    await click('Next');
    expect(screen.getByRole('heading', { name: 'These stay' }).nextSibling?.textContent).toBe(
      'Master password, since 3 Feb 2026Recovery key “Safe”, since 3 Mar 2026',
    );
  });

  it('keeps the words with a slip to be corrected, and names the word', async () => {
    await open({
      'keys:rekey': () => refuse('keys/unknown-recovery-word', { place: 2 }),
    });
    await givePasswordAndSafe();
    await click('I do not have it');
    await click(/^Make new key/);
    expect(heading()).toBe('Recovery key “Safe”');
    expect(field('Recovery key').value).toBe(SAFE_WORDS);
    expect(screen.getByText('Word 2, “acid”, is not in the list.')).toBeTruthy();
  });

  it.each(['vault/wrong-password', 'vault/write-failed', 'keys/last-way-in'] as const)(
    'forgets every secret and begins again after %s',
    async (code) => {
      await open({ 'keys:rekey': () => refuse(code) });
      await givePasswordAndSafe();
      await click('I do not have it');
      await click(/^Make new key/);
      expect(heading()).toBe('Master password');
      expect(alertText()).toMatch(/[.]$/);
      expect(isHeld(SECRET) || isHeld(SAFE_WORDS)).toBe(false);
    },
  );

  it('forgets every secret when it is cancelled', async () => {
    await open();
    await givePasswordAndSafe();
    await click('Cancel');
    expect(isHeld(SECRET) || isHeld(SAFE_WORDS)).toBe(false);
  });
});
