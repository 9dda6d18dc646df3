// @vitest-environment jsdom
// The approval window through its accessible names, on a clock turned by hand.
// SPDX-License-Identifier: MIT

import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApprovalWindow } from '../../../src/renderer/approval/approval-window.tsx';
import type { ApprovalAnswer, ShownPrompt } from '../../../src/shared/model/approval.ts';
import { expectFocusOn } from '../support/eyes.ts';
import { fakeConnection, ok, refuse } from '../support/fake-connection.ts';
import type { Unsealed } from '../../../src/shared/sealed-secret.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { HandClock } from '../../support/hand-clock.ts';

const HASH = 'a'.repeat(64);
let clock: HandClock;
let answers: Unsealed<ApprovalAnswer>[];
let refusesAnswers: boolean;

const account = (number: number, userDisplayName: string) => ({
  credentialId: `AAAA${number}`,
  userName: `user${number}`,
  userDisplayName,
  createdAt: 1_700_000_000_000,
});

const base = {
  ...{ sessionId: '1'.repeat(32), stage: 1, source: 'test-site', clientDataHash: 'abc' },
  origin: 'http://login.bank.localhost:4100',
  ...{ rpId: 'bank.localhost', registrableDomain: 'bank.localhost' },
  ...{ asksPassword: true, refusedPasswords: 0, refusal: null },
} as const;

type Kinds = ShownPrompt['prompt'];
type Special<P> = P extends Kinds ? Omit<P, keyof typeof base | 'expiresAt'> : never;

function shownOf(special: Special<Kinds>, part: Partial<Kinds> = {}): ShownPrompt {
  const prompt = { ...base, expiresAt: clock.now() + 60_000, ...special, ...part } as Kinds;
  return { prompt, promptHash: HASH };
}

const getPrompt = (part: Partial<Kinds> = {}) =>
  shownOf({ kind: 'get', accounts: [account(1, 'Anna Klein'), account(2, 'Household')] }, part);

async function open(shown: ShownPrompt | null) {
  const connection = fakeConnection<'approval'>({
    'approval:get-prompt': () => ok(shown),
    'approval:ways': () => ok({ slots: ['password'], quickUnlock: { is: 'off' } }),
    'approval:answer': (answer) => {
      answers.push(structuredClone(answer));
      return refusesAnswers ? refuse('approvals/not-armed') : ok(null);
    },
  });
  render(<ApprovalWindow connection={connection} clock={clock} />);
  await act(async () => Promise.resolve());
  return connection;
}

const turn = (ms: number): void => {
  act(() => {
    clock.turn(ms);
  });
};
const button = (name: string) => screen.getByRole('button', { name });
const password = () => screen.getByLabelText(/^Master password/);
const type = (text: string): void => {
  fireEvent.change(password(), { target: { value: text } });
};
async function press(element: Element): Promise<void> {
  const pointer = { isPrimary: true, button: 0, clientX: 0, clientY: 0 };
  fireEvent.pointerDown(element, pointer);
  fireEvent.pointerUp(element, pointer);
  fireEvent.click(element);
  await act(async () => Promise.resolve());
}

beforeEach(() => {
  clock = new HandClock();
  answers = [];
  refusesAnswers = false;
});
afterEach(cleanup);

describe('ApprovalWindow', () => {
  it('says who asks, for what, and focuses Deny', async () => {
    await open(getPrompt());
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('login.bank.localhost:4100');
    expect(document.querySelector('h1 b')?.textContent).toBe('bank.localhost');
    expect(screen.getByText('asked by the test site')).toBeTruthy();
    expect(screen.getByText('Sign in to')).toBeTruthy();
    expect(document.activeElement).toBe(button('Deny'));
  });

  it('counts down to the end of the request', async () => {
    await open(getPrompt());
    expect(screen.getByRole('timer').textContent).toBe('1:00');
    turn(1500);
    expect(screen.getByRole('timer').textContent).toBe('0:59');
  });

  it('approves the first account with the password as bytes', async () => {
    await open(getPrompt());
    type('e\u0301');
    turn(700);
    await press(button('Sign in as Anna Klein'));
    expect(answers).toMatchObject([
      {
        ...{ sessionId: base.sessionId, stage: 1, promptHash: HASH, decision: 'approve' },
        credentialId: 'AAAA1',
      },
    ]);
    expect(answers[0]?.secret).toEqual({
      type: 'password',
      password: toUtf8('\u00e9'),
    });
    expect((password() as HTMLInputElement).value).toBe('');
  });

  it('approves the account that is chosen', async () => {
    await open(getPrompt());
    fireEvent.click(screen.getByRole('radio', { name: /Household/ }));
    type('secret');
    turn(700);
    await press(button('Sign in as Household'));
    expect(answers[0]?.credentialId).toBe('AAAA2');
  });

  it.each([0, 300, 699])('does not approve by pointer after %i ms', async (ms) => {
    await open(getPrompt());
    type('secret');
    turn(ms);
    const approve = button('Sign in as Anna Klein');
    expect(approve.getAttribute('aria-disabled')).toBe('true');
    await press(approve);
    expect(answers).toEqual([]);
  });

  it('does not approve by a click alone, whoever makes it', async () => {
    await open(getPrompt());
    type('secret');
    turn(2000);
    fireEvent.click(button('Sign in as Anna Klein'));
    expect(answers).toEqual([]);
  });

  it('does not approve without the password', async () => {
    await open(getPrompt());
    turn(2000);
    await press(button('Sign in as Anna Klein'));
    fireEvent.keyDown(password(), { key: 'Enter' });
    expect(answers).toEqual([]);
  });

  it('does not approve by a press that is dragged off the button', async () => {
    await open(getPrompt());
    type('secret');
    turn(700);
    const approve = button('Sign in as Anna Klein');
    fireEvent.pointerDown(approve, { isPrimary: true, button: 0 });
    fireEvent.pointerUp(approve, { isPrimary: true, button: 0, clientX: 500, clientY: 500 });
    expect(answers).toEqual([]);
  });

  it('approves by Enter in the password field, once armed', async () => {
    await open(getPrompt());
    type('secret');
    fireEvent.keyDown(password(), { key: 'Enter' });
    expect(answers).toEqual([]);
    turn(700);
    fireEvent.keyDown(password(), { key: 'Enter', repeat: true });
    expect(answers).toEqual([]);
    fireEvent.keyDown(password(), { key: 'Enter' });
    expect(answers.map(({ decision }) => decision)).toEqual(['approve']);
    await act(async () => Promise.resolve());
  });

  it.each(['Enter', ' '])(
    'does not approve by %j on the button where a password is asked',
    async (key) => {
      await open(getPrompt());
      type('secret');
      turn(2000);
      const approve = button('Sign in as Anna Klein');
      fireEvent.keyDown(approve, { key });
      turn(2000);
      fireEvent.keyUp(approve, { key });
      expect(answers).toEqual([]);
    },
  );

  it('approves by a key that is held where no password is asked', async () => {
    await open(getPrompt({ asksPassword: false }));
    turn(700);
    const approve = button('Sign in as Anna Klein');
    fireEvent.keyDown(approve, { key: ' ' });
    fireEvent.keyUp(approve, { key: ' ' });
    expect(answers).toEqual([]);
    fireEvent.keyDown(approve, { key: ' ' });
    turn(700);
    fireEvent.keyUp(approve, { key: ' ' });
    expect(answers.map(({ decision, secret: sent }) => [decision, sent])).toEqual([
      ['approve', null],
    ]);
    await act(async () => Promise.resolve());
  });

  it.each(['resize', 'focus', 'blur'])('arms again after a %s of the window', async (event) => {
    await open(getPrompt());
    type('secret');
    turn(700);
    fireEvent(window, new Event(event));
    await press(button('Sign in as Anna Klein'));
    expect(answers).toEqual([]);
    turn(700);
    await press(button('Sign in as Anna Klein'));
    expect(answers).toHaveLength(1);
  });

  it('arms again after the page was hidden or shown', async () => {
    await open(getPrompt());
    type('secret');
    turn(700);
    fireEvent(document, new Event('visibilitychange'));
    await press(button('Sign in as Anna Klein'));
    expect(answers).toEqual([]);
  });

  it('arms again after the window was moved', async () => {
    await open(getPrompt());
    type('secret');
    turn(700);
    Object.defineProperty(window, 'screenX', { value: 40, configurable: true });
    turn(100);
    await press(button('Sign in as Anna Klein'));
    expect(answers).toEqual([]);
    Object.defineProperty(window, 'screenX', { value: 0, configurable: true });
  });

  it('denies by click, and by Escape', async () => {
    await open(getPrompt());
    fireEvent.keyDown(button('Deny'), { key: 'Escape', repeat: true });
    expect(answers).toEqual([]);
    fireEvent.keyDown(button('Deny'), { key: 'Escape' });
    await act(async () => Promise.resolve());
    expect(answers).toMatchObject([{ decision: 'deny', secret: null, credentialId: null }]);
  });

  it('answers once', async () => {
    await open(getPrompt());
    await press(button('Deny'));
    await press(button('Deny'));
    expect(answers).toHaveLength(1);
  });

  it('tells nothing of the vault while it is locked', async () => {
    await open(shownOf({ kind: 'unlock', operation: 'get' }));
    expect(screen.getByText(/Your vault is locked/)).toBeTruthy();
    expect(screen.queryByRole('radio')).toBeNull();
    type('secret');
    turn(700);
    await press(button('Unlock'));
    expect(answers).toMatchObject([{ decision: 'approve', credentialId: null }]);
  });

  it('starts the next stage unarmed and empty', async () => {
    const connection = await open(shownOf({ kind: 'unlock', operation: 'get' }));
    type('secret');
    turn(700);
    await press(button('Unlock'));
    act(() => {
      connection.emit('approval:prompt-changed', getPrompt({ stage: 2 }));
    });
    expect((password() as HTMLInputElement).value).toBe('');
    expect(document.activeElement).toBe(button('Deny'));
    type('secret');
    await press(button('Sign in as Anna Klein'));
    expect(answers).toHaveLength(1);
    turn(700);
    await press(button('Sign in as Anna Klein'));
    expect(answers[1]).toMatchObject({ stage: 2, credentialId: 'AAAA1' });
  });

  it('says how many tries are left and stays in the field after a wrong password', async () => {
    const connection = await open(shownOf({ kind: 'unlock', operation: 'get' }));
    const next = shownOf(
      { kind: 'unlock', operation: 'get' },
      {
        ...{ stage: 2, refusedPasswords: 1 },
        refusal: { kind: 'password', code: 'vault/wrong-password', details: {} },
      },
    );
    act(() => {
      connection.emit('approval:prompt-changed', next);
    });
    expect(screen.getByRole('alert').textContent).toContain('4 tries are left');
    await expectFocusOn(() => password());
  });

  it.each(['no-passkey', 'already-registered'] as const)(
    'can only be closed on %s',
    async (kind) => {
      await open(shownOf({ kind }, { asksPassword: false }));
      expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
        'Close',
      ]);
      turn(700);
      await press(button('Close'));
      expect(answers).toMatchObject([{ decision: 'approve', credentialId: null, secret: null }]);
    },
  );

  it('lets a notice stay until it can have been read, but not against Escape', async () => {
    await open(shownOf({ kind: 'already-registered' }, { asksPassword: false }));
    expect(button('Close').getAttribute('aria-disabled')).toBe('true');
    await press(button('Close'));
    expect(answers).toEqual([]);
    fireEvent.keyDown(button('Close'), { key: 'Escape' });
    expect(answers).toMatchObject([{ decision: 'deny' }]);
  });

  it('shows what a new passkey would be', async () => {
    const names = { rpName: 'Bank', userName: 'anna', userDisplayName: 'Anna\u202E Klein' };
    await open(shownOf({ kind: 'create', ...names, algorithm: 'ES256', existing: 2 }));
    expect(screen.getByText('Create a passkey for')).toBeTruthy();
    expect(screen.getByText('Anna Klein').tagName).toBe('BDI');
    expect(screen.getByText(/2 passkeys for this site/)).toBeTruthy();
    expect(button('Create passkey')).toBeTruthy();
  });

  it('says that a request is over', async () => {
    await open(null);
    expect(screen.getByRole('alert').textContent).toContain('This request is over.');
  });

  it('explains a refused answer and arms again', async () => {
    refusesAnswers = true;
    await open(getPrompt());
    type('secret');
    turn(700);
    await press(button('Sign in as Anna Klein'));
    expect(screen.getByRole('alert').textContent).toContain('too quickly');
    type('secret');
    await press(button('Sign in as Anna Klein'));
    expect(answers).toHaveLength(1);
  });
});
