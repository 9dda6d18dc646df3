// @vitest-environment jsdom
// The unlock window through its accessible names.
// SPDX-License-Identifier: MIT

import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { UnlockWindow } from '../../../src/renderer/unlock/unlock-window.tsx';
import type { VaultFile } from '../../../src/shared/model/vault.ts';
import { type FakeAnswers, fakeConnection, ok, refuse } from '../support/fake-connection.ts';

const vault = (number: number, name: string, isLast: boolean): VaultFile => ({
  ...{ key: String(number).repeat(32), name, isLast },
  ...{ sizeBytes: 4096, modifiedAt: 1_700_000_000_000 },
});
const TWO = [vault(1, 'Family', false), vault(2, 'Personal', true)];

async function open(vaults: readonly VaultFile[], answers: FakeAnswers<'unlock'> = {}) {
  const { api } = fakeConnection<'unlock'>({
    'vaults:list': () => ok(vaults),
    'vaults:ways': () => ok({ slots: ['password'], quickUnlock: { is: 'off' } }),
    ...answers,
  });
  render(<UnlockWindow api={api} />);
  await screen.findByRole('main');
  if (vaults.length > 0) await screen.findByLabelText('Master password');
}

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: string, text: string): void => {
  fireEvent.change(field(label), { target: { value: text } });
};
const submit = async (name: string): Promise<void> => {
  fireEvent.submit(screen.getByRole('form', { name }));
  await act(async () => Promise.resolve());
  await act(async () => Promise.resolve());
};

afterEach(cleanup);

describe('UnlockWindow', () => {
  it('makes the first vault, its password as NFKC bytes that are zeroed afterwards', async () => {
    const seen: { name: string; bytes: readonly number[]; password: Uint8Array }[] = [];
    await open([], {
      'vault:create': ({ name, password }) => {
        seen.push({ name, bytes: [...password], password });
        return ok(null);
      },
    });
    expect(field('Vault name').value).toBe('Personal');
    type('Master password', 'ﬁfteen letters é');
    type('The same password again', 'ﬁfteen letters é');
    await submit('New vault');
    const expected = [...new TextEncoder().encode('fifteen letters é'.normalize('NFKC'))];
    expect(seen).toMatchObject([{ name: 'Personal', bytes: expected }]);
    expect([...(seen[0]?.password ?? [])]).toEqual(expected.map(() => 0));
    expect(field('Master password').value).toBe('');
  });

  it('says that nobody can recover the password', async () => {
    await open([]);
    expect(screen.getByText(/Nobody can recover this password/)).toBeTruthy();
  });

  it.each([
    ['too short', 'short', 'short'],
    ['not the same twice', 'long enough one', 'long enough two'],
  ])('does not make a vault with a password that is %s', async (_name, password, repeated) => {
    await open([]);
    type('Master password', password);
    type('The same password again', repeated);
    await submit('New vault');
    expect(screen.getByRole('button', { name: 'Create vault' })).toHaveProperty('disabled', true);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('offers the vault that was opened last', async () => {
    const keys: string[] = [];
    await open(TWO, {
      'vault:unlock': ({ key }) => {
        keys.push(key);
        return ok(null);
      },
    });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Unlock Personal');
    type('Master password', 'secret');
    await submit('Unlock');
    expect(keys).toEqual(['2'.repeat(32)]);
  });

  it('says that a password is wrong, keeps it selected and the bytes zeroed', async () => {
    let sent: Uint8Array = new Uint8Array([1]);
    await open(TWO, {
      'vault:unlock': ({ secret }) => {
        if (secret.type === 'password') sent = secret.password;
        return refuse('vault/wrong-password');
      },
    });
    type('Master password', 'wrong one');
    await submit('Unlock');
    expect(screen.getByRole('alert').textContent).toContain('not the master password');
    const input = field('Master password');
    expect(document.activeElement).toBe(input);
    expect([input.selectionStart, input.selectionEnd]).toEqual([0, 'wrong one'.length]);
    expect([...sent]).toEqual(Array.from('wrong one', () => 0));
  });

  it('shows that it works on it and does not send twice', async () => {
    let calls = 0;
    await open(TWO, {
      'vault:unlock': () => {
        calls += 1;
        return new Promise(() => undefined);
      },
    });
    type('Master password', 'secret');
    await submit('Unlock');
    await submit('Unlock');
    expect(screen.getByRole('button', { name: /Unlocking/ })).toBeTruthy();
    expect(calls).toBe(1);
  });

  it('asks nothing with an empty password', async () => {
    await open(TWO);
    await submit('Unlock');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('takes a vault file from elsewhere', async () => {
    await open(TWO, { 'vaults:choose-file': () => ok(vault(3, 'Old laptop', false)) });
    fireEvent.click(screen.getByRole('button', { name: 'Other vault file…' }));
    expect(await screen.findByRole('heading', { name: 'Unlock Old laptop' })).toBeTruthy();
  });

  it.each([
    'vault/not-a-vault',
    'vault/header-damaged',
    'vault/unsupported-version',
    'vault/in-use',
  ] as const)('explains %s', async (code) => {
    await open(TWO, { 'vault:unlock': () => refuse(code) });
    type('Master password', 'secret');
    await submit('Unlock');
    expect(screen.getByRole('alert').textContent).toMatch(/[.]$/);
  });

  it('makes a second vault and finds the way back', async () => {
    await open(TWO);
    fireEvent.click(screen.getByRole('button', { name: 'New vault' }));
    expect(screen.getByRole('heading', { name: 'New vault' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Back' }));
    expect(screen.getByRole('heading', { name: 'Unlock Personal' })).toBeTruthy();
  });
});
