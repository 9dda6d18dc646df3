// @vitest-environment jsdom
// The trash: how long things stay, and erasing for good with the master password, in groups, with everything that can
// go wrong on the way.
// SPDX-License-Identifier: MIT

import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { readTrash } from '../../../src/renderer/bulk/erase-items.ts';
import type { ItemPage } from '../../../src/shared/model/item.ts';
import { type FakeAnswers, refuse } from '../support/fake-connection.ts';
import { dialog, expectFocusOn, titles } from '../support/eyes.ts';
import { CTRL, SHIFT, choose, click, press, settle, type } from '../support/hands.ts';
import { type MainWindow, eachInMainWindows, openMainWindow } from '../support/main-window.tsx';
import type { MemoryItems } from '../support/memory-items.ts';
import { passkeyFacts, timeCode, toSummary } from '../support/stored-items.ts';

let main: MainWindow;
/** What was sent as passwords, read while it was there, and the bytes themselves. */
let sent: { text: string; bytes: Uint8Array; ids: number }[];

const RIGHT = 'correct horse';

async function openTrash(
  fill: (items: MemoryItems) => void,
  answers: FakeAnswers<'main'> = {},
): Promise<void> {
  sent = [];
  main = await openMainWindow(fill, {
    'items:erase': (input) => {
      const { present } = input;
      const bytes = present.type === 'recovery' ? present.words : present.password;
      const text = new TextDecoder().decode(bytes);
      sent.push({ text, bytes, ids: input.ids.length });
      const erase = main.items.answers()['items:erase'];
      return text === RIGHT && erase ? erase(input) : refuse('vault/wrong-password');
    },
    ...answers,
  });
  await press('5', CTRL);
}

const trashed = { trashedAt: 1_700_000_000_000 };
const three = (items: MemoryItems): void => {
  for (const title of ['A', 'B', 'C']) items.add(title, trashed);
  items.add('Kept');
};
const erase = async (password = RIGHT): Promise<void> => {
  await type('Master password', password);
  await click('Erase for good');
};
const losses = () =>
  within(dialog().getByRole('list', { name: /^Lost with/ }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
const said = () => screen.getByRole('dialog').textContent;
const left = (): string[] => main.items.all.map(({ title }) => title);

eachInMainWindows();

describe('the trash', () => {
  it('says how long things stay in it, where there are any', async () => {
    await openTrash(three);
    expect(screen.getByText('Items are erased 30 days after they came here.')).toBeTruthy();
    await press('1', CTRL);
    expect(screen.queryByText(/30 days after/)).toBeNull();
  });

  it('says what to do with none', async () => {
    await openTrash((items) => items.add('Kept'));
    expect(screen.getByText('The trash is empty')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Erase all…' })).toBeNull();
    await press('Delete', { ctrlKey: true, shiftKey: true });
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('erasing', () => {
  it('says what will be lost', async () => {
    await openTrash((items) => {
      const file = { id: 'a'.repeat(32), name: 'x', sizeBytes: 1, addedAt: 1 };
      items.add('A', { ...trashed, attachments: [file, file], oneTimeCode: timeCode() });
      items.put('passkey', 'K', { ...trashed, passkey: passkeyFacts() });
      for (const title of ['L', 'M', 'N']) items.add(title, trashed);
    });
    await click('Erase all…');
    expect(dialog().getByRole('heading').textContent).toBe('Erase 5 items');
    expect(said()).toContain(
      'A, K, L and 2 more will be gone for good, with every earlier version of them. This cannot be undone.',
    );
    expect(losses()).toEqual([
      '2 attached files',
      '1 passkey: the sites will still ask for it',
      'the one-time code of 1 item',
    ]);
  });

  it('erases all of the trash, and nothing else', async () => {
    await openTrash(three);
    await click('Erase all…');
    await erase();
    expect(left()).toEqual(['Kept']);
    expect(screen.getByText('3 items are erased.')).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('erases the chosen ones alone', async () => {
    await openTrash(three);
    await choose('A');
    screen.getByRole('listbox').focus();
    await press('ArrowDown', SHIFT);
    await click('Erase now…');
    expect(dialog().getByRole('heading').textContent).toBe('Erase 2 items');
    await erase();
    expect(titles()).toEqual(['C']);
  });

  it('takes back the offer of a way back', async () => {
    await openTrash(three);
    await press('1', CTRL);
    await choose('Kept');
    await press('Delete');
    await press('5', CTRL);
    expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy();
    await click('Erase all…');
    await erase();
    expect(left()).toEqual([]);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('erases the one that is shown', async () => {
    await openTrash(three);
    await choose('B');
    await press('Delete', { ctrlKey: true, shiftKey: true });
    expect(said()).toContain(
      'B will be gone for good, with every earlier version of it. This cannot be undone.',
    );
    expect(dialog().queryByRole('list', { name: /^Lost with/ })).toBeNull();
    await erase();
    expect(titles()).toEqual(['A', 'C']);
  });

  it('sends the password as bytes and erases them', async () => {
    await openTrash(three);
    await click('Erase all…');
    await erase();
    expect(sent.map(({ text }) => text)).toEqual([RIGHT]);
    expect(sent.every(({ bytes }) => bytes.every((byte) => byte === 0))).toBe(true);
  });

  it('keeps everything for a wrong password, and asks anew', async () => {
    await openTrash(three);
    await click('Erase all…');
    await erase('wrong');
    expect(left()).toHaveLength(4);
    expect(dialog().getByRole('alert').textContent).toContain('not the master password');
    const field = dialog().getByLabelText<HTMLInputElement>('Master password');
    expect(field.value).toBe('');
    await expectFocusOn(() => field);
    await erase();
    expect(left()).toEqual(['Kept']);
  });

  it('asks for a password before anything', async () => {
    await openTrash(three);
    await click('Erase all…');
    const button = dialog().getByRole<HTMLButtonElement>('button', { name: 'Erase for good' });
    expect(button.disabled).toBe(true);
    await click('Cancel');
    expect([sent, left().length]).toEqual([[], 4]);
  });

  it('has no way back, nor to what was changed before', async () => {
    await openTrash(three);
    await choose('A');
    await click('Restore');
    await choose('B');
    await press('Delete', { ctrlKey: true, shiftKey: true });
    await erase();
    expect(main.services.actions.canUndo).toBe(false);
  });

  it('works in groups of 1,000', async () => {
    await openTrash((items) => {
      for (let index = 0; index < 2300; index++) items.add(`Item ${index}`, trashed);
    });
    await click('Erase all…');
    await settle();
    expect(dialog().getByRole('heading').textContent).toBe('Erase 2,300 items');
    await erase();
    await settle();
    expect(sent.map(({ ids }) => ids)).toEqual([1000, 1000, 300]);
    expect(left()).toEqual([]);
  });

  it('tells what is gone when a later group fails, and keeps the rest', async () => {
    let calls = 0;
    await openTrash(
      (items) => {
        for (let index = 0; index < 1200; index++) items.add(`Item ${index}`, trashed);
      },
      {
        'items:erase': (input) => {
          calls += 1;
          const answer = main.items.answers()['items:erase'];
          return calls === 1 && answer ? answer(input) : refuse('vault/write-failed');
        },
      },
    );
    await click('Erase all…');
    await settle();
    await erase();
    await settle();
    expect(screen.getByText('1,000 items are erased.')).toBeTruthy();
    expect(dialog().getByRole('alert').textContent).toContain('could not be written');
    expect(dialog().getByRole('heading').textContent).toBe('Erase 200 items');
    expect(left()).toHaveLength(200);
  });

  it('stops after the group under way', async () => {
    const waiting: (() => void)[] = [];
    await openTrash(
      (items) => {
        for (let index = 0; index < 1200; index++) items.add(`Item ${index}`, trashed);
      },
      {
        'items:erase': (input) =>
          new Promise((resolve) => {
            waiting.push(() => {
              const answer = main.items.answers()['items:erase'];
              if (answer) void answer(input).then(resolve);
            });
          }),
      },
    );
    await click('Erase all…');
    await settle();
    await erase();
    await click('Stop');
    waiting[0]?.();
    await settle();
    expect(waiting).toHaveLength(1);
    expect(left()).toHaveLength(200);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('explains why the trash could not be looked through', async () => {
    await openTrash(three);
    Reflect.set(main.services.api, 'items:list', () => Promise.reject(new Error('gone')));
    await click('Erase all…');
    expect(dialog().getByRole('alert').textContent).toMatch(/\./);
    expect(dialog().queryByText(/^Looking through/)).toBeNull();
    expect(
      dialog().getByRole<HTMLButtonElement>('button', { name: 'Erase for good' }).disabled,
    ).toBe(true);
  });
});

describe('readTrash', () => {
  it('begins anew where the vault changes while it is read', async () => {
    await openTrash(three);
    const [a, b, c] = main.items.all.map((item) => toSummary(item, []));
    const page = (revision: number, ...items: (typeof a)[]): ItemPage => ({
      ...{ revision, total: 2 },
      items: items.filter((item) => item !== undefined),
    });
    const answers = [page(1, a), page(2, b), page(2, b), page(2, c)];
    const rows = await readTrash({
      'items:list': () => Promise.resolve(answers.shift() ?? page(2)),
    });
    expect(rows.map(({ title }) => title)).toEqual(['B', 'C']);
  });
});
