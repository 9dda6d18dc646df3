// @vitest-environment jsdom
// Import and export through their accessible names.
// SPDX-License-Identifier: MIT

import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { createMainServices, ServicesProvider } from '../../../src/renderer/main/services.ts';
import { ExportRoom } from '../../../src/renderer/transfer/export-room.tsx';
import { ImportRoom } from '../../../src/renderer/transfer/import-room.tsx';
import type {
  ExportOutcome,
  ImportCandidate,
  ImportReport,
  LeftOut,
} from '../../../src/shared/model/transfer.ts';
import type { KeySlotInfo } from '../../../src/shared/model/keys.ts';
import { type FakeAnswers, fakeConnection, ok, refuse } from '../support/fake-connection.ts';
import { click, settle, type } from '../support/hands.ts';
import { HandClock } from '../../support/hand-clock.ts';

const TOKEN = 'ab'.repeat(16);
const csv: ImportCandidate = {
  ...{ token: TOKEN, fileName: 'passwords.csv', sizeBytes: 10_000 },
  ...{ format: 'browser-csv', needsPassword: false },
};
const NONE = {
  ...{ login: 0, passkey: 0, 'one-time-code': 0, note: 0, card: 0, identity: 0 },
  ...{ 'ssh-key': 0, wifi: 0, licence: 0 },
};
const WHOLE: LeftOut = { items: 0, files: 0, names: [] };
const report: ImportReport = {
  ...{ token: TOKEN, fileName: 'passwords.csv', format: 'browser-csv' },
  ...{ rows: 5, taken: 3, kinds: { ...NONE, login: 3 }, files: 0, fileBytes: 0 },
  skipped: [
    { row: 2, line: 4, reason: 'duplicate-in-file' },
    { row: 5, line: 9, reason: 'nul-byte' },
  ],
  notices: [{ notice: 'no-password', count: 1 }],
  sample: [{ kind: 'login', title: 'GitHub', subtitle: 'anna' }],
};

const PASSWORD: KeySlotInfo = {
  ...{ id: '00'.repeat(16), type: 'password', name: '', createdAt: 0, kdf: null },
};

function open(room: 'import' | 'export', answers: FakeAnswers<'main'>) {
  const connection = fakeConnection<'main'>({ 'keys:list': () => ok([PASSWORD]), ...answers });
  const services = createMainServices(connection, new HandClock());
  const page = room === 'import' ? <ImportRoom /> : <ExportRoom />;
  const view = render(<ServicesProvider value={services}>{page}</ServicesProvider>);
  return { ...view, emit: connection.emit };
}

afterEach(cleanup);

describe('ImportRoom', () => {
  it('accounts for every row before anything is imported, then imports', async () => {
    const committed: string[] = [];
    open('import', {
      'transfer:choose-import': () => ok(csv),
      'transfer:preview-import': () => ok(report),
      'transfer:commit-import': ({ token }) => {
        committed.push(token);
        return ok({ imported: 3, skipped: 2, kinds: report.kinds, files: 0 });
      },
    });
    await click('Choose a file');
    const figures = screen.getByRole('list', { name: 'Summary' }).textContent;
    expect(figures).toBe('5 rows in the file3 will be taken2 will be skipped');
    expect(screen.getByText(/stands earlier in this file/).textContent).toContain('Row 2');
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
      await type('Password of the export', password);
      await click('Open');
      if (password === 'wrong') {
        expect(screen.getByRole('alert').textContent).toContain('not the password of this export');
      }
    }
    expect(sent.map(({ bytes }) => String.fromCharCode(...bytes))).toEqual(['wrong', 'right']);
    for (const { password } of sent) expect(password.every((byte) => byte === 0)).toBe(true);
    expect(screen.getByText('3', { selector: 'b' })).toBeTruthy();
  });

  it('counts every kind and the files that come with them, before and after', async () => {
    const kinds = { ...NONE, login: 1, note: 2, identity: 1, 'ssh-key': 1, wifi: 2 };
    const rich: ImportReport = {
      ...{ ...report, format: 'latchkey-export', rows: 7, taken: 7, kinds, skipped: [] },
      ...{ files: 3, fileBytes: 5_000_000 },
    };
    open('import', {
      'transfer:choose-import': () => ok(csv),
      'transfer:preview-import': () => ok(rich),
      'transfer:commit-import': () => ok({ imported: 7, skipped: 0, kinds, files: 3 }),
    });
    await click('Choose a file');
    const figures = screen.getByRole('list', { name: 'Summary' }).textContent;
    expect(figures).toContain('3 files come with them, 5.0 MB');
    const all = '1 login, 2 notes, 1 identity, 1 SSH key, 2 Wi-Fi networks';
    expect(screen.getByText(all)).toBeTruthy();
    await click('Import 7 items');
    expect(screen.getByText(/None was skipped/).textContent).toContain(`${all}, with 3 files.`);
  });

  it('says nothing of kinds and files where there are none', async () => {
    open('import', {
      'transfer:choose-import': () => ok(csv),
      'transfer:preview-import': () => ok({ ...report, taken: 0, kinds: NONE, sample: [] }),
      'transfer:discard-import': () => ok(null),
    });
    await click('Choose a file');
    expect(screen.getByRole('list', { name: 'Summary' }).textContent).not.toContain('come with');
    expect(screen.queryByText(/login/, { selector: 'p' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Nothing to import' })).toHaveProperty(
      'disabled',
      true,
    );
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
  const exported: ExportOutcome = {
    ...{ fileName: 'v.latchkey-export', items: 3, files: 4, sizeBytes: 2048, leftOut: WHOLE },
    kinds: { ...NONE, login: 2, passkey: 1 },
  };
  const fill = async (own: string, repeated: string, master: string): Promise<void> => {
    await type('Password for the file', own);
    await type('The same password again', repeated);
    await type('Master password', master);
  };

  it('sends both passwords as bytes and says what was written', async () => {
    const sent: string[] = [];
    const kept: Uint8Array[] = [];
    open('export', {
      'transfer:export': ({ present, exportPassword }) => {
        const secret = present.type === 'password' ? present.password : new Uint8Array();
        sent.push(String.fromCharCode(...secret), String.fromCharCode(...exportPassword));
        kept.push(secret, exportPassword);
        return ok(exported);
      },
    });
    await fill('a long one', 'a long one', 'master');
    await click('Export vault');
    expect(sent).toEqual(['master', 'a long one']);
    expect(kept.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
    expect(screen.getByText('3 items exported')).toBeTruthy();
    expect(screen.getByText(/2 logins, 1 passkey, 4 attachments/)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says what is not in the file before anybody takes it for whole', async () => {
    const leftOut: LeftOut = {
      ...{ items: 3, files: 1 },
      names: [
        { title: 'Nordbank', kind: 'login', fileName: null, reason: 'damaged' },
        { title: null, kind: null, fileName: null, reason: 'damaged' },
        { title: 'Shop', kind: 'note', fileName: 'scan.pdf', reason: 'damaged' },
      ],
    };
    open('export', { 'transfer:export': () => ok({ ...exported, leftOut }) });
    await fill('a long one', 'a long one', 'master');
    await click('Export vault');
    expect(screen.getByText('3 items exported, not everything')).toBeTruthy();
    const alert = screen.getByRole('alert').textContent;
    expect(alert).toContain('Not in this file: 3 items and 1 attachment');
    expect(alert).toContain('Nordbank is damaged and cannot be read.');
    expect(alert).toContain('An item without a readable title is damaged');
    expect(alert).toContain('scan.pdf, a file of Shop, is damaged');
    expect(alert).toContain('and 1 more.');
    expect(alert).toContain('Do not delete the vault in favour of this file');
  });

  it('names a passkey that cannot leave, and only what there is', async () => {
    const leftOut: LeftOut = {
      ...{ items: 1, files: 0 },
      names: [{ title: 'Work', kind: 'passkey', fileName: null, reason: 'bound' }],
    };
    open('export', { 'transfer:export': () => ok({ ...exported, leftOut }) });
    await fill('a long one', 'a long one', 'master');
    await click('Export vault');
    const alert = screen.getByRole('alert').textContent;
    expect(alert).toContain('Not in this file: 1 item');
    expect(alert).not.toContain('attachment');
    expect(alert).toContain('Work is a passkey that can never leave this vault.');
  });

  it('says how far it is while it works, and no longer', async () => {
    const answer = Promise.withResolvers<Awaited<ReturnType<typeof ok<ExportOutcome | null>>>>();
    const connection = open('export', { 'transfer:export': () => answer.promise });
    await fill('a long one', 'a long one', 'master');
    act(() => connection.emit('transfer:progressed', { done: 9, total: 10 }));
    expect(screen.queryByRole('progressbar')).toBeNull();
    await click('Export vault');
    act(() => connection.emit('transfer:progressed', { done: 5_000_000, total: 20_000_000 }));
    const bar = screen.getByRole('progressbar', { name: 'Exporting' });
    expect(bar.textContent).toBe('5.0 MB of 20.0 MB');
    expect(bar.getAttribute('aria-valuenow')).toBe('5000000');
    answer.resolve(await ok<ExportOutcome | null>(null));
    await settle();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('keeps the file password and clears the master password when that was wrong', async () => {
    open('export', { 'transfer:export': () => refuse('vault/wrong-password') });
    await fill('a long one', 'a long one', 'wrong');
    await click('Export vault');
    expect(screen.getByRole('alert').textContent).toContain('not the master password');
    const value = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;
    expect([value('Password for the file'), value('Master password')]).toEqual(['a long one', '']);
  });

  it.each([
    ['without the master password', 'a long one', 'a long one', ''],
    ['with a short password', 'short', 'short', 'master'],
    ['with two different passwords', 'a long one', 'another one', 'master'],
  ])('does not export %s', async (_name, own, repeated, master) => {
    open('export', {});
    await fill(own, repeated, master);
    expect(screen.getByRole('button', { name: 'Export vault' })).toHaveProperty('disabled', true);
  });
});
