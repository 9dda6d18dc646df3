// @vitest-environment jsdom
// Files of an item: attached, looked at, saved, renamed, removed; progress and its end; names and pictures gone wrong.
// SPDX-License-Identifier: MIT

import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { toDataUrl } from '../../../src/renderer/attachments/data-url.ts';
import { formatFileSize } from '../../../src/renderer/attachments/format-file-size.ts';
import type { Result } from '../../../src/shared/errors.ts';
import type { AttachmentAdded, AttachmentPreview } from '../../../src/shared/model/attachment.ts';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';
import { dialog } from '../support/eyes.ts';
import { CTRL, choose, chooseFromMenu, click, press, settle, type } from '../support/hands.ts';
import { type MainWindow, eachInMainWindows, openMainWindow } from '../support/main-window.tsx';

let main: MainWindow;

const TEXT: AttachmentPreview = { is: 'text', text: 'line one\nline two', isCut: false };

async function open(
  files: readonly { readonly name: string; readonly preview?: AttachmentPreview }[] = [],
  answers: FakeAnswers<'main'> = {},
): Promise<void> {
  main = await openMainWindow((items) => {
    items.add('GitHub');
    for (const { name, preview = TEXT } of files) {
      items.attachments.toChoose.push({ name, sizeBytes: 1_400_000, preview });
    }
  }, answers);
  await choose('GitHub');
}

async function openWith(
  name: string,
  preview: AttachmentPreview = TEXT,
  answers: FakeAnswers<'main'> = {},
): Promise<void> {
  await open([{ name, preview }], answers);
  await click(/^Attach a file…/);
}

const names = (): readonly (string | null)[] =>
  within(screen.getByRole('list', { name: 'Files' }))
    .getAllByRole('listitem')
    .map((row) => row.getAttribute('aria-label'));
const menu = (file: string, entry: string): Promise<void> =>
  chooseFromMenu(`More for ${file}`, entry);

eachInMainWindows();

describe('attaching a file', () => {
  it('lists it with size and day, and can be taken back', async () => {
    await openWith('codes.txt');
    expect(names()).toEqual(['codes.txt']);
    expect(screen.getByRole('listitem', { name: 'codes.txt' }).textContent).toContain(
      '1.4 MB · 1 Jan 2026',
    );
    expect(screen.getByRole('status').textContent).toContain('“codes.txt” is attached.');
    await click('Undo');
    expect(screen.queryByRole('list', { name: 'Files' })).toBeNull();
  });

  it('has a key', async () => {
    await open([{ name: 'a.png' }]);
    await press('P', { ctrlKey: true, shiftKey: true });
    expect(names()).toEqual(['a.png']);
  });

  it('changes nothing when the choice is called off', async () => {
    await open();
    await click(/^Attach a file…/);
    expect(screen.queryByRole('list', { name: 'Files' })).toBeNull();
    expect(main.services.toasts.list.get()).toEqual([]);
  });

  it('is not offered in the trash', async () => {
    await open();
    await press('Delete');
    await click(/^Trash/);
    await choose('GitHub');
    expect(screen.queryByRole('button', { name: /^Attach a file/ })).toBeNull();
    await press('P', { ctrlKey: true, shiftKey: true });
    expect(main.services.files.state.get()).toBeNull();
  });

  it('explains why a file could not be attached', async () => {
    await open([], { 'attachments:add': () => refuse('transfer/read-failed') });
    await click(/^Attach a file…/);
    const words = screen.getByRole('status').textContent;
    expect(words).toContain('The file could not be read. Nothing was attached');
    expect(words).not.toMatch(/import/i);
    expect(main.services.files.state.get()).toBeNull();
  });

  it('offers no more than an item may hold', async () => {
    main = await openMainWindow((items) => {
      items.add('Full', {
        attachments: Array.from({ length: 128 }, (_, index) => ({
          ...{
            id: String(index).padStart(32, '0'),
            name: `${index}.txt`,
            sizeBytes: 1,
            addedAt: 1,
          },
        })),
      });
    });
    await choose('Full');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Attach/ }).disabled).toBe(true);
    expect(screen.getByText('An item holds at most 128 files.')).toBeTruthy();
  });
});

describe('a long transfer', () => {
  let settleAdd: (result: Result<AttachmentAdded | null>) => void;

  const begin = async (): Promise<void> => {
    await open([], {
      'attachments:add': () =>
        new Promise((resolve) => {
          settleAdd = resolve;
        }),
    });
    await click(/^Attach a file…/);
    act(() => {
      main.connection.emit('work:progressed', {
        ...{ work: 'attachment', stage: 'sealing', done: 300_000_000, total: 1_200_000_000 },
      });
    });
  };

  it('shows how far it is and can be stopped, which is no failure', async () => {
    await begin();
    const bar = screen.getByRole('progressbar', { name: 'Attaching a file' });
    expect(bar.getAttribute('aria-valuenow')).toBe('25');
    expect(bar.textContent).toContain('300.0 MB of 1.20 GB');
    await click('Cancel');
    expect(main.items.attachments.cancelled).toBe(1);
    expect(screen.getByRole('button', { name: 'Stopping…' })).toBeTruthy();
    settleAdd(await refuse('ipc/cancelled'));
    await settle();
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(screen.getByRole('status').textContent).toContain('Stopped. Nothing was attached.');
  });

  it('keeps a second one from starting', async () => {
    await begin();
    await press('P', { ctrlKey: true, shiftKey: true });
    expect(main.services.files.state.get()?.progress?.done).toBe(300_000_000);
  });

  it('pays no heed to the progress of other work', async () => {
    await begin();
    act(() => {
      main.connection.emit('work:progressed', {
        work: 'health',
        stage: 'reading',
        done: 1,
        total: 2,
      });
    });
    expect(main.services.files.state.get()?.progress?.total).toBe(1_200_000_000);
  });
});

describe('looking at a file', () => {
  it('shows text as it is', async () => {
    await openWith('codes.txt');
    await click('Look at codes.txt');
    expect(dialog().getByLabelText('Text').textContent).toBe('line one\nline two');
    expect(screen.queryByRole('note')).toBeNull();
  });

  it('says where text was cut', async () => {
    await openWith('big.log', { is: 'text', text: 'x', isCut: true });
    await click('Look at big.log');
    expect(dialog().getByRole('note').textContent).toMatch(
      /^This is the beginning only, the first 262 kB\. The rest has not been read/,
    );
    expect(dialog().getByLabelText('The beginning of the text').textContent).toBe('x');
  });

  it('shows no text as markup', async () => {
    await openWith('page.html', { is: 'text', text: '<img src=x onerror=alert(1)>', isCut: false });
    await click('Look at page.html');
    expect(dialog().queryByRole('img')).toBeNull();
    expect(dialog().getByLabelText('Text').textContent).toBe('<img src=x onerror=alert(1)>');
  });

  it('shows a picture from a data: URL, and says of a broken one that it is', async () => {
    const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
    await openWith('a.png', { is: 'image', mediaType: 'image/png', bytes });
    await click('Look at a.png');
    const picture = dialog().getByRole('img', { name: 'a.png' });
    expect(picture.getAttribute('src')).toBe('data:image/png;base64,iVBORw==');
    fireEvent.error(picture);
    expect(dialog().getByText(/^The picture is damaged/)).toBeTruthy();
  });

  it.each([
    ['type', /^Latchkey shows text and pictures/],
    ['size', /^Pictures of more than 16\.8 MB/],
  ] as const)('says why not, by %s', async (reason, words) => {
    await openWith('x.bin', { is: 'none', reason });
    await click('Look at x.bin');
    expect(dialog().getByText(words)).toBeTruthy();
    await click('Save as…');
    expect(main.items.attachments.saved).toEqual(['x.bin']);
  });

  it.each(['vault/attachment-damaged', 'vault/attachment-not-found'] as const)(
    'explains %s',
    async (code) => {
      await openWith('x.bin', TEXT, { 'attachments:preview': () => refuse(code) });
      await click('Look at x.bin');
      expect(dialog().getByRole('alert').textContent).toMatch(/\.$/);
      expect(dialog().queryByLabelText(/text$/i)).toBeNull();
    },
  );
});

describe('saving a file', () => {
  it('says where, and that it is in the open there', async () => {
    await openWith('codes.txt');
    await click('Save codes.txt as…');
    expect(screen.getByText(/^Saved as “codes.txt”.*no longer encrypted/)).toBeTruthy();
  });

  it.each([
    ['is called off', () => ok(null), null],
    ['is stopped', () => refuse<null>('ipc/cancelled'), 'Stopped. Nothing was saved.'],
  ])('saves nothing when it %s', async (_case, answer, words) => {
    await openWith('codes.txt', TEXT, { 'attachments:save-as': answer });
    await click('Close message');
    await click('Save codes.txt as…');
    expect(main.services.toasts.list.get().map(({ text }) => text)).toEqual(words ? [words] : []);
    expect(main.services.files.state.get()).toBeNull();
  });

  it('explains a failure', async () => {
    await openWith('codes.txt', TEXT, {
      'attachments:save-as': () => refuse('transfer/write-failed'),
    });
    await click('Save codes.txt as…');
    expect(main.services.toasts.list.get().at(-1)?.tone).toBe('bad');
  });
});

describe('a file of an item', () => {
  it('is removed, and brought back', async () => {
    await openWith('codes.txt');
    await menu('codes.txt', 'Remove');
    expect(screen.queryByRole('list', { name: 'Files' })).toBeNull();
    await press('z', CTRL);
    expect(names()).toEqual(['codes.txt']);
  });

  it('is renamed, and back', async () => {
    await openWith('codes.txt');
    await menu('codes.txt', 'Rename…');
    await type('Name', '  keys.txt ');
    await click('Rename');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(names()).toEqual(['keys.txt']);
    await press('z', CTRL);
    expect(names()).toEqual(['codes.txt']);
  });

  it('is not renamed to what is no file name', async () => {
    await openWith('codes.txt');
    await menu('codes.txt', 'Rename…');
    await type('Name', '../codes');
    expect(screen.getByText('A file name has no slashes.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Rename' }).disabled).toBe(true);
  });

  it('keeps its form open when renaming fails', async () => {
    await openWith('codes.txt', TEXT, { 'attachments:rename': () => refuse('vault/write-failed') });
    await menu('codes.txt', 'Rename…');
    await type('Name', 'b.txt');
    await click('Rename');
    expect(dialog().getByLabelText<HTMLInputElement>('Name').value).toBe('b.txt');
  });

  it('cannot turn the text around it by its name', async () => {
    await openWith('gpj.\u202Eexe.pdf');
    expect(names()).toEqual(['gpj.exe.pdf']);
  });
});

describe('toDataUrl', () => {
  it.each([0, 1, 2, 3, 24_575, 24_576, 24_577, 100_000])('is whole for %i bytes', (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => index % 251);
    const base64 = toDataUrl('image/png', bytes).slice('data:image/png;base64,'.length);
    expect(Buffer.from(base64, 'base64').equals(Buffer.from(bytes))).toBe(true);
    expect(base64).toBe(Buffer.from(bytes).toString('base64'));
  });
});

describe('formatFileSize', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_400_000, '1.4 MB'],
    [2 ** 30, '1.07 GB'],
  ])('writes %i', (bytes, text) => {
    expect(formatFileSize(bytes)).toBe(text);
  });
});
