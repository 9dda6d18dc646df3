// @vitest-environment jsdom
// The settings: quick unlock with what it means, and the one switch that lets anything touch the network.
// SPDX-License-Identifier: MIT

import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { SettingsRoom } from '../../../src/renderer/settings/settings-room.tsx';
import type { VaultPlatform } from '../../../src/shared/ipc/window-api.ts';
import type { QuickUnlockState } from '../../../src/shared/model/keys.ts';
import type { Settings } from '../../../src/shared/model/vault.ts';
import { alertText, field, openRoom, Sent, slot } from '../keys/open-room.tsx';
import { click, settle, type } from '../support/hands.ts';
import { isHeld } from '../keys/react-state.ts';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';

const OFF: QuickUnlockState = { is: 'off' };
const READY: QuickUnlockState = {
  ...{ is: 'ready', by: 'pin', triesLeft: 5 },
  expiresAt: Date.UTC(2026, 0, 8, 12),
};
const SECRET = 'the master passphrase';
const PIN = '493027';

const open = (
  state: QuickUnlockState,
  answers: FakeAnswers<'main'> = {},
  os: VaultPlatform['os'] = 'linux',
) =>
  openRoom(
    <SettingsRoom />,
    {
      'quick-unlock:state': () => ok(state),
      'keys:list': () => ok([slot(1, 'password')]),
      ...answers,
    },
    os,
  );

const quickUnlock = () => screen.getByRole('region', { name: 'Quick unlock' });
const isReady = () =>
  !screen.getAllByRole<HTMLButtonElement>('button', { name: 'Set PIN' })[0]?.disabled;

afterEach(cleanup);

describe('quick unlock', () => {
  it('says what it means before it is set', async () => {
    await open(OFF);
    for (const word of [/Five wrong ones/, /gone as well when Latchkey quits/]) {
      expect(quickUnlock().textContent).toMatch(word);
    }
  });

  it('is not to be had without a real keystore, and says why', async () => {
    await open({ is: 'unavailable', reason: 'no-keystore' });
    expect(quickUnlock().textContent).toContain('no real keystore');
    expect(screen.queryByRole('button', { name: 'Set a PIN' })).toBeNull();
  });

  it('sets a PIN: typed twice, after verification, as bytes, and forgotten', async () => {
    const sent = new Sent();
    await open(OFF, {
      'quick-unlock:set': ({ present, pin }) => {
        if (present.type === 'password') sent.take(present.password);
        sent.take(pin);
        return ok(READY);
      },
    });
    await click('Set a PIN');
    await type('PIN', PIN);
    await type('The same PIN again', PIN);
    expect(isReady()).toBe(false);
    await type('Master password', SECRET);
    await click('Set PIN');
    expect([sent.texts, sent.areErased]).toEqual([[SECRET, PIN], true]);
    expect(quickUnlock().textContent).toContain('A PIN is set.');
    expect(quickUnlock().textContent).toContain('until 5 wrong tries');
    expect(isHeld(SECRET) || isHeld(PIN)).toBe(false);
  });

  it.each([
    ['000000', 'The same digit throughout'],
    ['123456', 'Digits in a row'],
    ['49302x', 'Digits only'],
  ])('refuses %s with the reason', async (pin, reason) => {
    await open(OFF);
    await click('Set a PIN');
    await type('Master password', SECRET);
    await type('PIN', pin);
    await type('The same PIN again', pin);
    expect(screen.getByText(new RegExp(reason))).toBeTruthy();
    expect(isReady()).toBe(false);
  });

  it('does not call a PIN wrong that is still being typed', async () => {
    await open(OFF);
    await click('Set a PIN');
    await type('PIN', '493');
    expect(field('PIN').getAttribute('aria-invalid')).toBeNull();
    await type('The same PIN again', '4');
    expect(screen.getByText('At least 6 digits.')).toBeTruthy();
  });

  it('does not take two different PINs', async () => {
    await open(OFF);
    await click('Set a PIN');
    await type('Master password', SECRET);
    await type('PIN', PIN);
    await type('The same PIN again', '493028');
    expect(isReady()).toBe(false);
  });

  it.each(['vault/wrong-password', 'keys/pin-too-short', 'keys/no-keystore'] as const)(
    'explains %s and forgets what was typed',
    async (code) => {
      await open(OFF, { 'quick-unlock:set': () => refuse(code) });
      await click('Set a PIN');
      await type('PIN', PIN);
      await type('The same PIN again', PIN);
      await type('Master password', SECRET);
      await click('Set PIN');
      expect(alertText()).toMatch(/[.]$/);
      expect(isHeld(SECRET) || isHeld(PIN)).toBe(false);
    },
  );

  it('is removed at once', async () => {
    await open(READY, { 'quick-unlock:remove': () => ok(OFF) });
    await click('Remove');
    expect(quickUnlock().textContent).toContain('Five wrong ones');
  });

  it('offers Touch ID where there is one, and sets it without a PIN', async () => {
    const pins: unknown[] = [];
    await open(
      OFF,
      {
        'quick-unlock:set': ({ pin }) => {
          pins.push(pin);
          return ok({ ...READY, by: 'touch-id' });
        },
      },
      'darwin',
    );
    await click('Use Touch ID');
    await type('Master password', SECRET);
    await click('Use Touch ID');
    expect(pins).toEqual([null]);
    expect(quickUnlock().textContent).toContain('Touch ID is set.');
  });

  it('offers no Touch ID elsewhere', async () => {
    await open(OFF);
    expect(screen.queryByRole('button', { name: 'Use Touch ID' })).toBeNull();
  });
});

describe('the online breach check', () => {
  const box = () => screen.getByRole<HTMLInputElement>('checkbox');

  it('is off, and says what would be sent', async () => {
    await open(OFF);
    expect(box().checked).toBe(false);
    expect(screen.getByRole('region', { name: 'Network' }).textContent).toMatch(
      /first five characters of its SHA-1 hash.*padded/,
    );
  });

  it('is saved when it is switched on', async () => {
    const saved: Settings[] = [];
    await open(OFF, {
      'settings:save': (settings) => {
        saved.push(settings);
        return ok(settings);
      },
    });
    fireEvent.click(box());
    await settle();
    expect(saved).toMatchObject([{ onlineBreachCheck: true, autoLockMinutes: 10 }]);
    expect(box().checked).toBe(true);
  });

  it('goes back to off when it could not be saved', async () => {
    await open(OFF, { 'settings:save': () => refuse('settings/write-failed') });
    fireEvent.click(box());
    await settle();
    expect(box().checked).toBe(false);
    expect(screen.getByText(/The settings could not be saved/)).toBeTruthy();
  });
});
