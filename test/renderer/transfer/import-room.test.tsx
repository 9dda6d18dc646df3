// @vitest-environment jsdom
// Import and export through their accessible names.
// SPDX-License-Identifier: MIT

import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { createMainServices, ServicesProvider } from '../../../src/renderer/main/services.ts';
import { ExportRoom } from '../../../src/renderer/transfer/export-room.tsx';
import { ImportRoom } from '../../../src/renderer/transfer/import-room.tsx';
import type { VaultApi } from '../../../src/shared/ipc/window-api.ts';
import type { ImportCandidate, ImportReport } from '../../../src/shared/model/transfer.ts';
import { fakeConnection, ok, refuse } from '../support/fake-connection.ts';
import { HandClock } from '../../support/hand-clock.ts';

const TOKEN = 'ab'.repeat(16);
const csv: ImportCandidate = {
  ...{ token: TOKEN, fileName: 'passwords.csv', sizeBytes: 10_000 },
  ...{ format: 'browser-csv', needsPassword: false },
};
const report: ImportReport = {
  ...{ token: TOKEN, fileName: 'passwords.csv', format: 'browser-csv' },
  ...{ rows: 5, taken: 3, logins: 3, passkeys: 0 },
  skipped: [
    { row: 2, line: 4, reason: 'duplicate-in-file' },
    { row: 5, line: 9, reason: 'nul-byte' },
  ],
  notices: [{ notice: 'no-password', count: 1 }],
  sample: [{ title: 'GitHub', subtitle: 'anna' }],
};

function open(room: 'import' | 'export', answers: Partial<VaultApi<'main'>>) {
  const services = createMainServices(fakeConnection<'main'>(answers), new HandClock());
  const page = room === 'import' ? <ImportRoom /> : <ExportRoom />;
  return render(<ServicesProvider value={services}>{page}</ServicesProvider>);
}
const settle = async (): Promise<void> => {
  await act(async () => new Promise((resolve) => setImmediate(resolve)));
};
const click = async (name: string): Promise<void> => {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};
const type = (label: string, text: string): void => {
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
};

afterEach(cleanup);

describe('ImportRoom', () => {
  it('accounts for every row before anything is imported, then imports', async () => {
    const committed: string[] = [];
    open('import', {
      'transfer:choose-import': () => ok(csv),
      'transfer:preview-import': () => ok(report),
      'transfer:commit-import': ({ token }) => {
        committed.push(token);
        return ok({ imported: 3, skipped: 2 });
      },
    });
    await click('Choose a file');
    const figures = screen.getByRole('list', { name: 'Summary' }).textContent;
    expect(figures).toBe('5 rows in the file3 will be taken2 will be skipped');
    expect(screen.getByText(/The same login stands earlier/).textContent).toContain('Row 2');
    expect(screen.getByText(/NUL character/).textContent).toContain('Row 5');
    expect(committed).toEqual([]);
    await click('Import 3 items');
    expect(committed).toEqual([TOKEN]);
    expect(screen.getByText('3 items imported')).toBeTruthy();
    expect(screen.getByText(/2 rows were skipped/).textContent).toContain('Delete passwords.csv');
  });

  it('imports nothing when it is cancelled, and forgets the file', async () => {
    const discarded: string[] = [];
    open('import', {
      'transfer:choose-import': () => ok(csv),
      'transfer:preview-import': () => ok(report),
      'transfer:discard-import': ({ token }) => {
        discarded.push(token);
        return ok(null);
      },
    });
    await click('Choose a file');
    await click('Cancel');
    expect(discarded).toEqual([TOKEN]);
    expect(screen.getByRole('button', { name: 'Choose a file' })).toBeTruthy();
  });

  it('forgets the file when the room is left', async () => {
    const discarded: string[] = [];
    const { unmount } = open('import', {
      'transfer:choose-import': () => ok(csv),
      'transfer:preview-import': () => ok(report),
      'transfer:discard-import': ({ token }) => {
        discarded.push(token);
        return ok(null);
      },
    });
    await click('Choose a file');
    unmount();
    expect(discarded).toEqual([TOKEN]);
  });

  it('asks for the password of an encrypted export, and again when it is wrong', async () => {
    const sent: { readonly bytes: readonly number[]; readonly password: Uint8Array }[] = [];
    open('import', {
      'transfer:choose-import': () =>
        ok({ ...csv, format: 'latchkey-export', needsPassword: true }),
      'transfer:preview-import': ({ password }) => {
        if (!password) throw new Error('no password was sent');
        sent.push({ bytes: [...password], password });
        return sent.length === 1 ? refuse('transfer/wrong-password') : ok(report);
      },
      'transfer:discard-import': () => ok(null),
    });
    await click('Choose a file');
    for (const password of ['wrong', 'right']) {
      type('Password of the export', password);
      await click('Open');
      if (password === 'wrong') {
        expect(screen.getByRole('alert').textContent).toContain('not the password of this export');
      }
    }
    expect(sent.map(({ bytes }) => String.fromCharCode(...bytes))).toEqual(['wrong', 'right']);
    for (const { password } of sent) expect(password.every((byte) => byte === 0)).toBe(true);
    expect(screen.getByText('3', { selector: 'b' })).toBeTruthy();
  });

  it('does nothing when the dialog is cancelled', async () => {
    open('import', { 'transfer:choose-import': () => ok(null) });
    await click('Choose a file');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it.each(['transfer/not-recognised', 'transfer/broken-quoting', 'transfer/truncated'] as const)(
    'explains %s and starts over',
    async (code) => {
      open('import', {
        'transfer:choose-import': () => ok(csv),
        'transfer:preview-import': () => refuse(code),
        'transfer:discard-import': () => ok(null),
      });
      await click('Choose a file');
      expect(screen.getByRole('alert').textContent).toContain('Nothing was imported');
      expect(screen.getByRole('button', { name: 'Choose a file' })).toBeTruthy();
    },
  );
});

describe('ExportRoom', () => {
  const fill = (own: string, repeated: string, master: string): void => {
    type('Password for the file', own);
    type('The same password again', repeated);
    type('Master password', master);
  };

  it('sends both passwords as bytes and says what was written', async () => {
    const sent: string[] = [];
    const kept: Uint8Array[] = [];
    open('export', {
      'transfer:export': ({ masterPassword, exportPassword }) => {
        sent.push(String.fromCharCode(...masterPassword), String.fromCharCode(...exportPassword));
        kept.push(masterPassword, exportPassword);
        return ok({ fileName: 'v.latchkey-export', items: 3, passkeys: 1, sizeBytes: 2048 });
      },
    });
    fill('a long one', 'a long one', 'master');
    await click('Export vault');
    expect(sent).toEqual(['master', 'a long one']);
    expect(kept.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
    expect(screen.getByText('3 items exported')).toBeTruthy();
  });

  it('keeps the file password and clears the master password when that was wrong', async () => {
    open('export', { 'transfer:export': () => refuse('vault/wrong-password') });
    fill('a long one', 'a long one', 'wrong');
    await click('Export vault');
    expect(screen.getByRole('alert').textContent).toContain('not the master password');
    const value = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;
    expect([value('Password for the file'), value('Master password')]).toEqual(['a long one', '']);
  });

  it.each([
    ['without the master password', 'a long one', 'a long one', ''],
    ['with a short password', 'short', 'short', 'master'],
    ['with two different passwords', 'a long one', 'another one', 'master'],
  ])('does not export %s', (_name, own, repeated, master) => {
    open('export', {});
    fill(own, repeated, master);
    expect(screen.getByRole('button', { name: 'Export vault' })).toHaveProperty('disabled', true);
  });
});
