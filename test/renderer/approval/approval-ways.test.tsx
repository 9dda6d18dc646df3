// @vitest-environment jsdom
// What the approval window takes for a secret: whatever opens this very vault, and what it says when one does not do.
// SPDX-License-Identifier: MIT

import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApprovalWindow } from '../../../src/renderer/approval/approval-window.tsx';
import type { Result } from '../../../src/shared/errors.ts';
import type {
  ApprovalAnswer,
  ApprovalRefusal,
  ShownPrompt,
  UnlockPrompt,
} from '../../../src/shared/model/approval.ts';
import type {
  KeyFileChoice,
  QuickUnlockState,
  SlotType,
  VaultWays,
} from '../../../src/shared/model/keys.ts';
import type { Unsealed } from '../../../src/shared/sealed-secret.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { expectFocusOn } from '../support/eyes.ts';
import { click, settle, type } from '../support/hands.ts';
import { fakeConnection, ok, refuse } from '../support/fake-connection.ts';

const CHOICE: KeyFileChoice = { token: 'f'.repeat(32), fileName: 'photo.jpg' };
const PASSWORD = 'Master password, to unlock the vault';
const WORDS = 'Recovery key, to unlock the vault';
const WRONG = 'vault/wrong-password';
let clock: HandClock;
let answers: Unsealed<ApprovalAnswer>[];
let ways: Promise<Result<VaultWays>>;
let choice: Promise<Result<KeyFileChoice | null>>;
/** The next stage of the window that is open. */
let show: (next: ShownPrompt) => Promise<void>;

const pin = (triesLeft: number, by: 'pin' | 'touch-id' = 'pin'): QuickUnlockState => ({
  ...{ is: 'ready', by, triesLeft, expiresAt: 2_000_000_000_000 },
});
const has = (slots: readonly SlotType[], quickUnlock: QuickUnlockState = { is: 'off' }): void => {
  ways = ok({ slots, quickUnlock });
};

function prompt(part: Partial<UnlockPrompt> = {}): ShownPrompt {
  const about = { rpId: 'bank.localhost', registrableDomain: 'bank.localhost' };
  return {
    prompt: {
      ...{ kind: 'unlock', operation: 'get', source: 'test-site', clientDataHash: 'abc' },
      ...{ sessionId: '1'.repeat(32), stage: 1, origin: 'http://bank.localhost:4100', ...about },
      ...{ asksPassword: true, refusedPasswords: 0, refusal: null },
      ...{ expiresAt: clock.now() + 60_000, ...part },
    },
    promptHash: 'a'.repeat(64),
  };
}

/** What follows an unlocking: the account, and no secret any more. */
function signIn(): ShownPrompt {
  const account = { credentialId: 'AAAA', userName: 'kim', userDisplayName: '', createdAt: 0 };
  const { prompt: before, promptHash } = prompt({ stage: 2, asksPassword: false });
  return { prompt: { ...before, kind: 'get', accounts: [account] }, promptHash };
}

async function open(shown = prompt()) {
  const connection = fakeConnection<'approval'>({
    'approval:get-prompt': () => ok(shown),
    'approval:ways': () => ways,
    'approval:choose-key-file': () => choice,
    'approval:answer': (answer) => {
      answers.push(structuredClone(answer));
      return ok(null);
    },
  });
  render(<ApprovalWindow connection={connection} clock={clock} />);
  await settle();
  turn(700);
  show = async (next) => {
    act(() => {
      connection.emit('approval:prompt-changed', next);
    });
    await settle();
    turn(700);
  };
  return (refusal: ApprovalRefusal, part: Partial<UnlockPrompt> = {}) =>
    show(prompt({ stage: 2, refusal, ...part }));
}

const turn = (ms: number): void => {
  act(() => {
    clock.turn(ms);
  });
};
const unlock = () => screen.getByRole('button', { name: 'Unlock' });
const isOpen = (): boolean => unlock().getAttribute('aria-disabled') === 'false';
const labels = () => screen.getAllByRole('button').map(({ textContent }) => textContent);
const input = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const said = (): string => screen.getByRole('alert').textContent;

async function press(): Promise<void> {
  const pointer = { isPrimary: true, button: 0, clientX: 0, clientY: 0 };
  fireEvent.pointerDown(unlock(), pointer);
  fireEvent.pointerUp(unlock(), pointer);
  await settle();
}

beforeEach(() => {
  clock = new HandClock();
  answers = [];
  choice = ok(CHOICE);
});
afterEach(cleanup);

describe('an approval beside a vault with a key file', () => {
  beforeEach(() => {
    has(['password-key-file']);
  });

  it('takes the password with the file alone, and sends both', async () => {
    await open();
    await type(PASSWORD, 'pass phrase');
    expect(isOpen()).toBe(false);
    fireEvent.keyDown(input(PASSWORD), { key: 'Enter' });
    await press();
    expect(answers).toEqual([]);
    expect(screen.getByRole('status').textContent).toContain('Choose the key file too');
    await click('Choose key file…');
    expect(screen.getByText('photo.jpg')).toBeTruthy();
    expect(isOpen()).toBe(true);
    await press();
    const password = toUtf8('pass phrase');
    expect(answers.map(({ secret }) => secret)).toEqual([
      { type: 'password-key-file', password, keyFile: CHOICE.token },
    ]);
    expect(input(PASSWORD).value).toBe('');
  });

  it('leaves Deny focused: nobody has begun to type', async () => {
    await open();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Deny' }));
  });

  it('stays as it was when the dialog is cancelled, and says what is wrong with a file', async () => {
    choice = ok(null);
    await open();
    await click('Choose key file…');
    expect(screen.getByText('No file chosen')).toBeTruthy();
    choice = refuse('keys/not-a-key-file');
    await click('Choose key file…');
    expect(said()).toContain('This file cannot serve as a key file');
    expect(answers).toEqual([]);
  });

  it('does not say which of the two is wrong, and keeps the file for the next try', async () => {
    const refused = await open();
    await click('Choose key file…');
    await type(PASSWORD, 'wrong');
    await press();
    await refused({ kind: 'password-key-file', code: WRONG, details: {} }, { refusedPasswords: 1 });
    expect(said()).toContain('This password and this key file do not open the vault together.');
    expect(said()).toContain('4 tries are left, then the request ends.');
    expect(screen.getByText('photo.jpg')).toBeTruthy();
    await expectFocusOn(() => input(PASSWORD));
    expect(input(PASSWORD).value).toBe('');
    await type(PASSWORD, 'right');
    await press();
    expect(answers.at(-1)).toMatchObject({ stage: 2, secret: { keyFile: CHOICE.token } });
  });

  it('keeps the file of one ceremony from another', async () => {
    const refused = await open();
    await click('Choose key file…');
    await refused(
      { kind: 'password-key-file', code: WRONG, details: {} },
      { sessionId: '2'.repeat(32) },
    );
    expect(screen.getByText('No file chosen')).toBeTruthy();
  });

  it('asks for the file again where main has lost it', async () => {
    const refused = await open();
    await refused({ kind: 'password-key-file', code: 'keys/not-a-key-file', details: {} });
    expect(said()).toContain('This request still waits.');
    expect(said()).not.toContain('tries');
  });
});

describe('an approval with a PIN', () => {
  beforeEach(() => {
    has(['password-key-file', 'recovery'], pin(5));
  });

  it('asks for it first, says how many tries are left, and sends it as bytes', async () => {
    await open();
    expect(screen.getByText('5 tries left')).toBeTruthy();
    await type('PIN, to unlock the vault', '739216');
    fireEvent.keyDown(input('PIN, to unlock the vault'), { key: 'Enter' });
    await settle();
    expect(answers.map(({ secret }) => secret)).toEqual([{ type: 'pin', pin: toUtf8('739216') }]);
  });

  it('offers the slots beside it, and arms again when another is chosen', async () => {
    await open();
    expect(labels()).toContain('Use recovery key');
    await click('Use master password and key file');
    await expectFocusOn(() => input(PASSWORD));
    await type(PASSWORD, 'pass phrase');
    await click('Choose key file…');
    await press();
    expect(answers).toEqual([]);
    turn(700);
    await press();
    expect(answers).toHaveLength(1);
    expect(labels()).toContain('Use PIN');
  });

  it('says that a PIN was wrong and what is left, and that the request waits', async () => {
    const refused = await open();
    has(['password-key-file'], pin(4));
    await refused({ kind: 'pin', code: WRONG, details: { triesLeft: 4 } });
    expect(said()).toBe(
      'That is not the PIN. 4 tries are left, then quick unlock is gone. This request still waits.',
    );
    expect(screen.getByText('4 tries left')).toBeTruthy();
    await expectFocusOn(() => input('PIN, to unlock the vault'));
  });

  it('goes over to the slots when the tries are used up, whatever it knew before', async () => {
    const refused = await open();
    ways = new Promise(() => undefined);
    await refused({ kind: 'pin', code: 'keys/no-tries-left', details: {} });
    expect(said()).toContain('The five tries are used up, so quick unlock is gone.');
    expect(said()).toContain('This request still waits.');
    expect(labels()).not.toContain('Use PIN');
    await expectFocusOn(() => input(PASSWORD));
  });
});

describe('an approval by Touch ID', () => {
  it('takes a key that is held, and says when no finger came', async () => {
    has(['password'], pin(5, 'touch-id'));
    const refused = await open();
    fireEvent.keyDown(unlock(), { key: ' ' });
    fireEvent.keyUp(unlock(), { key: ' ' });
    expect(answers).toEqual([]);
    fireEvent.keyDown(unlock(), { key: ' ' });
    turn(700);
    fireEvent.keyUp(unlock(), { key: ' ' });
    await settle();
    expect(answers.map(({ secret }) => secret)).toEqual([{ type: 'touch-id' }]);
    await refused({ kind: 'touch-id', code: 'ipc/cancelled', details: {} });
    expect(said()).toBe('Touch ID did not recognise you. This request still waits.');
  });
});

describe('an approval by the recovery key', () => {
  beforeEach(() => {
    has(['password', 'recovery']);
  });

  it('takes the words however they are written; Enter begins a line', async () => {
    await open();
    await click('Use recovery key');
    await type(WORDS, ' 1. ABLE\n 2. Acid ');
    turn(700);
    fireEvent.keyDown(input(WORDS), { key: 'Enter' });
    expect(answers).toEqual([]);
    await press();
    expect(answers.map(({ secret }) => secret)).toEqual([
      { type: 'recovery', words: toUtf8('able acid') },
    ]);
  });

  it('lets a slip be corrected instead of all 24 typed again', async () => {
    const refused = await open();
    await click('Use recovery key');
    await type(WORDS, 'able zebra');
    turn(700);
    await press();
    await refused({ kind: 'recovery', code: 'keys/unknown-recovery-word', details: { place: 2 } });
    expect(input(WORDS).value).toBe('able zebra');
    expect(screen.getByText('Word 2, “zebra”, is not in the list.')).toBeTruthy();
  });

  it('forgets the words of another vault', async () => {
    const refused = await open();
    await click('Use recovery key');
    await type(WORDS, 'able acid');
    turn(700);
    await press();
    await refused({ kind: 'recovery', code: WRONG, details: {} }, { refusedPasswords: 1 });
    expect(input(WORDS).value).toBe('');
    expect(said()).toContain('This recovery key does not open this vault.');
    expect(said()).toContain('4 tries are left');
  });
});

describe('an approval whose vault refuses for another reason', () => {
  it('points to the unlock window for an older copy, and waits', async () => {
    has(['password']);
    const refused = await open();
    await refused({ kind: 'password', code: 'vault/older-copy', details: { step: 'pins' } });
    expect(said()).toContain('Unlock it in Latchkey’s own window');
    expect(said()).toContain('This request still waits.');
  });

  it('says that the ways cannot be read, and asks again', async () => {
    ways = refuse('vault/not-found');
    await open();
    expect(screen.getByRole('alert')).toBeTruthy();
    expect(screen.queryByLabelText(PASSWORD)).toBeNull();
    await press();
    expect(answers).toEqual([]);
    has(['password']);
    await click('Try again');
    expect(input(PASSWORD)).toBeTruthy();
  });
});

describe('the flags that will be signed', () => {
  const flags = (): string | null | undefined =>
    screen.getByText('Flags').nextElementSibling?.textContent;

  it('say by what the person was verified, where unlocking for this request has done it', async () => {
    has(['password', 'recovery']);
    await open();
    await click('Use recovery key');
    await type(WORDS, 'able acid');
    turn(700);
    await press();
    await show(signIn());
    expect(flags()).toBe('you are present, you are verified by your recovery key');
  });

  it('say presence alone, where nothing was asked for in this request', async () => {
    has(['password']);
    await open();
    await type(PASSWORD, 'of another request');
    await press();
    const { prompt: next, promptHash } = signIn();
    await show({ prompt: { ...next, sessionId: '2'.repeat(32) }, promptHash });
    expect(flags()).toBe('you are present');
  });
});
