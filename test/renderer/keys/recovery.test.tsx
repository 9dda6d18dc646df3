// @vitest-environment jsdom
// Adding a recovery key: the sheet, printing it, the rehearsal, and giving up.
// SPDX-License-Identifier: MIT

import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeysRoom } from '../../../src/renderer/keys/keys-room.tsx';
import type { TypedVaultApi } from '../../../src/shared/ipc/window-api.ts';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';
import { alertText, field, isDisabled, openRoom, slot } from './open-room.tsx';
import { click, settle, type } from '../support/hands.ts';
import { isHeld } from './react-state.ts';

const TOKEN = 'b'.repeat(32);
const WORDS = Array.from({ length: 24 }, (_, index) => `word${String.fromCharCode(97 + index)}`);
const SHEET = {
  ...{ token: TOKEN, words: WORDS, rehearsal: [3, 11, 22] },
  qr: { size: 2, modules: new Uint8Array([1, 0, 0, 1]) },
};
const SECRET = 'the master passphrase';

let discarded: string[];
let prints: number;

const open = (answers: FakeAnswers<'main'> = {}) =>
  openRoom(<KeysRoom />, {
    'keys:list': () => ok([slot(1, 'password')]),
    'keys:prepare-recovery': () => ok(SHEET),
    'keys:discard-recovery': ({ token }) => {
      discarded.push(token);
      return ok(null);
    },
    ...answers,
  });

async function showWords(name = ''): Promise<void> {
  await click('Add a recovery key');
  await type('Name', name);
  await type('Master password', SECRET);
  await click('Show the words');
}

async function rehearse(words: readonly [string, string, string]): Promise<void> {
  await click('I have written it down');
  await type('Word 4', words[0]);
  await type('Word 12', words[1]);
  await type('Word 23', words[2]);
  await click('Add recovery key');
}

const RIGHT = ['wordd', 'wordl', 'wordw'] as const;

beforeEach(() => {
  discarded = [];
  prints = 0;
  window.print = () => {
    prints += 1;
  };
});
afterEach(cleanup);

describe('the recovery sheet', () => {
  it('asks for verification first', async () => {
    await open();
    await click('Add a recovery key');
    expect(isDisabled('Show the words')).toBe(true);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('shows 24 numbered words, the vault, the day and the QR code', async () => {
    await open();
    await showWords('Aunt');
    const sheet = within(screen.getByRole('dialog'));
    const words = within(sheet.getByRole('list')).getAllByRole('listitem');
    expect(words.map(({ textContent }) => textContent)).toEqual(
      WORDS.map((word, index) => `${index + 1} ${word}`),
    );
    expect(sheet.getByText('Vault “Personal”, Aunt, 1 Jan 2026')).toBeTruthy();
    expect(sheet.getByRole('img', { name: 'The same key as a QR code' })).toBeTruthy();
    expect(isHeld(SECRET)).toBe(false);
  });

  it('prints, with nothing secret in the title', async () => {
    await open();
    await showWords();
    await click('Print…');
    expect(prints).toBe(1);
    for (const word of WORDS) expect(document.title).not.toContain(word);
  });

  it('does not show words after a wrong password', async () => {
    await open({ 'keys:prepare-recovery': () => refuse('vault/wrong-password') });
    await showWords();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(alertText()).toContain('not the master password');
    expect(isHeld(SECRET)).toBe(false);
  });

  it('explains a vault that holds no more', async () => {
    await open({ 'keys:prepare-recovery': () => refuse('keys/too-many-slots') });
    await showWords();
    expect(alertText()).toContain('as many ways in as it can hold');
  });

  it('is not thrown away by Escape', async () => {
    await open();
    await showWords();
    screen
      .getByRole('dialog')
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settle();
    expect(screen.getByRole('dialog')).toBeTruthy();
  });
});

describe('the rehearsal', () => {
  it('asks for the words of their places, out of sight of the sheet, and only then adds', async () => {
    const confirmed: unknown[] = [];
    await open({
      'keys:confirm-recovery': (input) => {
        confirmed.push({ ...input, words: new TextDecoder().decode(input.words) });
        return ok(null);
      },
    });
    await showWords(' Aunt ');
    await click('I have written it down');
    for (const word of WORDS) expect(screen.queryByText(word)).toBeNull();
    expect(isDisabled('Add recovery key')).toBe(true);
    await type('Word 4', ' WORDD');
    await type('Word 12', 'Wordl ');
    await type('Word 23', 'wordw');
    await click('Add recovery key');
    expect(confirmed).toEqual([{ token: TOKEN, words: RIGHT.join(' '), name: 'Aunt' }]);
    expect(screen.getByText(/The recovery key counts from now on/)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(WORDS.some((word) => isHeld(word))).toBe(false);
    expect(discarded).toEqual([]);
  });

  it('marks the wrong words, and lets them be looked up and typed anew', async () => {
    let tries = 0;
    await open({
      'keys:confirm-recovery': () => {
        tries += 1;
        return tries === 1 ? refuse('keys/not-rehearsed') : ok(null);
      },
    });
    await showWords();
    await rehearse(['wordd', 'wordx', 'wordw']);
    expect(alertText()).toContain('does not count yet');
    expect(screen.getAllByText('Not the word at this place.')).toHaveLength(1);
    expect(field('Word 12').getAttribute('aria-invalid')).toBe('true');
    await click('Show the words again');
    expect(screen.getByText('wordl')).toBeTruthy();
    await rehearse(RIGHT);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('takes the mark off what is corrected', async () => {
    await open({ 'keys:confirm-recovery': () => refuse('keys/not-rehearsed') });
    await showWords();
    await rehearse(['wordd', 'wordx', 'wordw']);
    await type('Word 12', 'wordl');
    expect(screen.queryByText('Not the word at this place.')).toBeNull();
  });
});

describe('giving up', () => {
  it('discards the key, words and all', async () => {
    await open();
    await showWords();
    await click('Give up this key');
    expect(discarded).toEqual([TOKEN]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(WORDS.some((word) => isHeld(word))).toBe(false);
  });

  it('happens by leaving the room', async () => {
    const { unmount } = await open();
    await showWords();
    unmount();
    expect(discarded).toEqual([TOKEN]);
  });

  it('happens when the key comes after the room was left', async () => {
    let answer: (
      result: Awaited<ReturnType<TypedVaultApi<'main'>['keys:prepare-recovery']>>,
    ) => void = () => undefined;
    const { unmount } = await open({
      'keys:prepare-recovery': () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    await showWords();
    unmount();
    answer({ ok: true, value: SHEET });
    await settle();
    expect(discarded).toEqual([TOKEN]);
  });
});
