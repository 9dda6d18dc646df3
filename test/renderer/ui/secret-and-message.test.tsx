// @vitest-environment jsdom
// Secrets being typed, in one line and in several, and messages that pass.
// SPDX-License-Identifier: MIT

import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import {
  NewSecretFields,
  useNewSecret,
  type SecretFault,
} from '../../../src/renderer/ui/new-password.tsx';
import { PasswordField } from '../../../src/renderer/ui/password-field.tsx';
import { ToastRegion } from '../../../src/renderer/ui/toast-region.tsx';
import { Toasts } from '../../../src/renderer/ui/toasts.ts';
import { HandClock } from '../../support/hand-clock.ts';

afterEach(cleanup);

function Typed({ rows }: { readonly rows?: number }) {
  const [value, setValue] = useState('');
  return (
    <PasswordField
      label="Secret"
      value={value}
      onChange={setValue}
      {...(rows === undefined ? {} : { rows })}
    />
  );
}

const field = (label: string) =>
  screen.getByLabelText<HTMLInputElement | HTMLTextAreaElement>(label, { exact: true });

function type(label: string, value: string): void {
  fireEvent.change(field(label), { target: { value } });
}

describe('PasswordField', () => {
  it('covers a line until it is asked to show it', () => {
    render(<Typed />);
    type('Secret', 'Ente');
    expect(field('Secret')).toMatchObject({ tagName: 'INPUT', type: 'password', value: 'Ente' });
    fireEvent.click(screen.getByRole('button', { name: 'Show typing' }));
    expect(field('Secret').type).toBe('text');
    fireEvent.click(screen.getByRole('button', { name: 'Hide typing' }));
    expect(field('Secret').type).toBe('password');
  });

  it('keeps the line breaks of a secret of several lines, and covers it too', () => {
    render(<Typed rows={4} />);
    const open = field('Secret').className;
    type('Secret', 'AAAA\nBBBB');
    expect(field('Secret')).toMatchObject({ tagName: 'TEXTAREA', value: 'AAAA\nBBBB' });
    expect(field('Secret').className).not.toBe(open);
    fireEvent.click(screen.getByRole('button', { name: 'Show typing' }));
    expect(field('Secret').className).toBe(open);
  });
});

function fourDigits(value: string): SecretFault | null {
  if (/\D/.test(value)) return { sentence: 'Digits only.', isUnfinished: false };
  return value.length < 4 ? { sentence: 'Four digits.', isUnfinished: true } : null;
}

function Chosen() {
  const secret = useNewSecret(fourDigits);
  return (
    <>
      <NewSecretFields label="PIN" again="Again" secret={secret} />
      <output>{secret.isChosen ? 'chosen' : 'not chosen'}</output>
      <button type="button" onClick={secret.clear}>
        Clear
      </button>
    </>
  );
}

describe('NewSecretFields', () => {
  const isChosen = (): boolean => screen.getByRole('status').textContent === 'chosen';

  it('says at once what cannot come right, and later what still can', () => {
    render(<Chosen />);
    type('PIN', '12');
    expect(screen.queryByText('Four digits.')).toBeNull();
    type('Again', '1');
    expect(screen.getByText('Four digits.')).toBeTruthy();
    type('PIN', '12a');
    expect(screen.getByText('Digits only.')).toBeTruthy();
    expect(isChosen()).toBe(false);
  });

  it('is chosen when it is good and the same twice, and forgets both', () => {
    render(<Chosen />);
    expect(isChosen()).toBe(false);
    type('PIN', '4711');
    type('Again', '4712');
    expect(screen.getByText('The two are not the same yet.')).toBeTruthy();
    expect(isChosen()).toBe(false);
    type('Again', '4711');
    expect(isChosen()).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect([field('PIN').value, field('Again').value]).toEqual(['', '']);
  });
});

describe('ToastRegion', () => {
  it('keeps the last two messages, and each for its time', () => {
    const clock = new HandClock();
    const toasts = new Toasts(clock);
    render(<ToastRegion toasts={toasts} />);
    const texts = (): readonly (string | null)[] =>
      screen.queryAllByRole('paragraph').map(({ textContent }) => textContent);
    act(() => {
      for (const text of ['one', 'two', 'three']) toasts.show({ text });
    });
    expect(texts()).toEqual(['two', 'three']);
    act(() => {
      toasts.show({ text: 'four', tone: 'bad' });
      clock.turn(6000);
    });
    expect(texts()).toEqual(['four']);
    act(() => {
      clock.turn(6000);
    });
    expect(texts()).toEqual([]);
  });
});
