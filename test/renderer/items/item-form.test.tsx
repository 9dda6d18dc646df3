// @vitest-environment jsdom
// The form for items of every kind, through its accessible names: what it sends, what it refuses, what it keeps.
// SPDX-License-Identifier: MIT

import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import encodeQR from 'qr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeAnswers, ok, refuse } from '../support/fake-connection.ts';
import { stubLayout } from '../support/layout.ts';
import { expectFocusOn, fieldRow, fieldValue, heading } from '../support/eyes.ts';
import {
  CTRL,
  choose,
  chooseFromMenu,
  click,
  pick,
  press,
  settle,
  type,
} from '../support/hands.ts';
import { type MainWindow, openMainWindow } from '../support/main-window.tsx';
import type { MemoryItems } from '../support/memory-items.ts';
import { passkeyFacts, timeCode } from '../support/stored-items.ts';

let main: MainWindow;

/** A new item of a kind, by way of the button and its menu. */
async function openNew(
  kind: string,
  answers: FakeAnswers<'main'> = {},
  fill: (items: MemoryItems) => void = () => undefined,
): Promise<void> {
  main = await openMainWindow((items) => {
    items.add('Other');
    fill(items);
  }, answers);
  await chooseFromMenu('New item', kind);
}

async function openEdit(
  title: string,
  fill: (items: MemoryItems) => void,
  answers: FakeAnswers<'main'> = {},
): Promise<void> {
  main = await openMainWindow(fill, answers);
  await choose(title);
  await click('Edit');
}

const save = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
const draft = () => main.items.drafts.at(-1);

beforeEach(stubLayout);
afterEach(() => {
  main.stop();
  cleanup();
  vi.unstubAllGlobals();
});

describe('a new item', () => {
  it('is offered in every kind that can be made by hand', async () => {
    main = await openMainWindow();
    await click('New item');
    const names = screen.getAllByRole('menuitem').map((item) => item.textContent);
    expect(names.map((name) => name.replace(/Ctrl.*/, ''))).toEqual([
      ...['Login', 'One-time code', 'Note', 'Card', 'Identity', 'SSH key', 'Wi-Fi network'],
      'Software licence',
    ]);
    for (const name of names) expect(name).toMatch(/Ctrl/);
  });

  it('of a kind begins by its key', async () => {
    main = await openMainWindow((items) => items.add('A'));
    await press('D', { ctrlKey: true, shiftKey: true });
    expect(screen.getByRole('form', { name: 'New card' })).toBeTruthy();
    screen.getByRole('textbox', { name: 'Title' }).focus();
    await press('Escape');
    expect(screen.queryByRole('form')).toBeNull();
  });

  it('cannot be saved without a title', async () => {
    await openNew('Note');
    await type('Note', 'text');
    expect(save().disabled).toBe(true);
    await type('Title', '  ');
    expect(save().disabled).toBe(true);
    await type('Title', 'Alarm');
    expect(save().disabled).toBe(false);
  });

  it('is shown and chosen once it is saved, wherever the person was', async () => {
    main = await openMainWindow((items) => {
      items.add('Other', { tags: ['family'] });
    });
    await click(/^family/);
    await press('n', CTRL);
    await type('Title', 'Nordbank');
    await click('Save');
    expect(heading()).toBe('Nordbank');
    expect(screen.getByRole('option', { selected: true }).textContent).toContain('Nordbank');
  });

  it('keeps a draft for each kind', async () => {
    await openNew('Card');
    await type('Title', 'Visa');
    await press('N', { ctrlKey: true, shiftKey: true });
    expect(fieldValue('Title')).toBe('');
    await type('Title', 'Alarm');
    await press('D', { ctrlKey: true, shiftKey: true });
    expect(fieldValue('Title')).toBe('Visa');
    await choose('Other');
    await click('Continue', 1);
    expect(fieldValue('Title')).toBe('Visa');
  });
});

describe('own fields', () => {
  it('are sent as they are kept, whatever way they are typed', async () => {
    await openNew('Card');
    await type('Title', 'Visa');
    await type('Card number', '4111');
    await type('Expires', '4/29');
    await click('Save');
    expect(draft()).toMatchObject({ kind: 'card', fields: { number: '4111', expires: '2029-04' } });
    expect(fieldRow('Expires').textContent).toContain('April 2029');
  });

  it('say what is wrong and keep it', async () => {
    await openNew('Card');
    await type('Title', 'Visa');
    await type('Expires', '13/29');
    expect(screen.getByText(/Write month and year, such as 04\/29/)).toBeTruthy();
    await click('Save');
    expect(draft()?.fields.expires).toBe('13/29');
  });

  it('leave alone what is stored and was not typed anew', async () => {
    await openEdit('Visa', (items) => {
      items.put('card', 'Visa', { fields: { number: '4111', pin: '8241', bank: 'Nordbank' } });
    });
    expect(fieldValue('PIN')).toBe('');
    await type('Card number', '5500');
    await type('Bank', '');
    await click('Save');
    expect(draft()?.fields).toMatchObject({ number: '5500', pin: null, bank: '' });
    expect(main.items.all[0]?.fields).toMatchObject({ number: '5500', pin: '8241', bank: '' });
  });

  it('take a date in any usual form and spell it as it is kept', async () => {
    await openEdit('Pro', (items) => {
      items.put('licence', 'Pro', { fields: {} });
    });
    const field = screen.getByLabelText<HTMLInputElement>('Purchased on');
    expect([field.type, field.placeholder]).toEqual(['text', 'YYYY-MM-DD']);
    await type('Purchased on', '1.3.2026');
    expect(fieldValue('Purchased on')).toBe('2026-03-01');
    expect(screen.getByText('Sunday, 1 March 2026')).toBeTruthy();
    await type('Expires on', '3/4/2026');
    expect(screen.getByText(/could be 2026-04-03 or 2026-03-04/)).toBeTruthy();
    await click('Save');
    const fields = { purchasedOn: '2026-03-01', expiresOn: '3/4/2026' };
    expect(draft()?.fields).toMatchObject(fields);
  });

  it('move the part of a date that the caret stands in, with the arrow keys', async () => {
    await openEdit('Pro', (items) => {
      items.put('licence', 'Pro', { fields: { purchasedOn: '2026-01-31' } });
    });
    const field = screen.getByLabelText<HTMLInputElement>('Purchased on');
    field.focus();
    field.setSelectionRange(5, 5);
    await press('ArrowUp');
    expect(field.value).toBe('2026-02-28');
    expect([field.selectionStart, field.selectionEnd]).toEqual([5, 7]);
    field.setSelectionRange(10, 10);
    await press('ArrowDown');
    expect(field.value).toBe('2026-02-27');
    const empty = screen.getByLabelText<HTMLInputElement>('Expires on');
    empty.focus();
    await press('ArrowDown');
    expect(empty.value).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it('leave the spelling of an imported date alone until it is changed', async () => {
    await openEdit('Pro', (items) => {
      items.put('licence', 'Pro', { fields: { purchasedOn: '29.02.2024' } });
    });
    const field = screen.getByLabelText<HTMLInputElement>('Purchased on');
    act(() => {
      field.focus();
    });
    act(() => {
      field.blur();
    });
    expect(fieldValue('Purchased on')).toBe('29.02.2024');
    await click('Save');
    expect(draft()?.fields.purchasedOn).toBe('29.02.2024');
  });

  it('say what is missing until there is a title, and offer one', async () => {
    await openNew('Login');
    expect(screen.getByText('It still needs a title.')).toBeTruthy();
    await type('Website', 'https://www.github.com/login');
    expect(screen.getByLabelText<HTMLInputElement>('Title').placeholder).toBe('github.com');
    await click('Save');
    expect(draft()?.title).toBe('github.com');
  });

  it('keep a date that is none as the text that it is', async () => {
    await openEdit('Pro', (items) => {
      items.put('licence', 'Pro', { fields: { purchasedOn: 'spring 2019' } });
    });
    expect(fieldValue('Purchased on')).toBe('spring 2019');
    expect(screen.getByText(/This is no date/)).toBeTruthy();
    await click('Save');
    expect(draft()?.fields.purchasedOn).toBe('spring 2019');
  });

  it('ask who it is in networks of companies alone', async () => {
    await openNew('Wi-Fi network');
    expect(screen.queryByLabelText('User name')).toBeNull();
    await pick(/Security$/, 'WPA2 or WPA3, enterprise');
    await type('Title', 'Office');
    await type('User name', 'anna');
    fireEvent.click(screen.getByRole('checkbox', { name: 'Hidden network' }));
    await click('Save');
    expect(draft()?.fields).toEqual({
      ...{ ssid: '', security: 'wpa-enterprise', username: 'anna', password: '' },
      isHiddenNetwork: 'true',
    });
  });
});

describe('websites', () => {
  it('are added, matched in their own ways and removed', async () => {
    await openNew('Login');
    await type('Title', 'A');
    await type('Website', ' https://a.example ');
    await click('Add website');
    await type('Website 2', 'https://b.example');
    await pick(/How website 2 is matched/, 'Starts with');
    await click('Add website');
    await type('Website 3', 'https://c.example');
    await click('Remove website');
    await click('Save');
    expect(draft()?.urls).toEqual([
      { url: 'https://b.example', match: 'starts-with' },
      { url: 'https://c.example', match: 'domain' },
    ]);
  });

  it('say of a regular expression that it is none', async () => {
    await openNew('Login');
    await pick(/How website is matched/, 'Regular expression');
    await type('Website', '^https://(a');
    expect(screen.getByText('This is no regular expression.')).toBeTruthy();
    await type('Website', '^https://(a|b)');
    expect(screen.queryByText('This is no regular expression.')).toBeNull();
  });
});

describe('fields of the person’s own', () => {
  const lines = () =>
    screen.getAllByLabelText<HTMLInputElement>(/^Label of field/).map(({ value }) => value);

  async function addFields(...labels: readonly string[]): Promise<void> {
    for (const [index, label] of labels.entries()) {
      await click(index === 0 ? 'Add custom field' : 'Add field');
      await type(`Label of field ${index + 1}`, label);
    }
  }

  it('are added with label, type and value, in sections', async () => {
    await openNew('Note');
    await type('Title', 'A');
    await addFields('Code');
    await expectFocusOn(() => screen.getByLabelText('Label of field 1'));
    await pick(/Type of Code/, 'Hidden');
    await type('Value of Code', '8f3k');
    await click('Add section');
    await type('Title of section 2', 'Papers');
    const papers = within(screen.getByRole('group', { name: 'Papers' }));
    fireEvent.change(papers.getByLabelText('Label of field 1'), { target: { value: 'No.' } });
    await click('Save');
    const field = (label: string, kind: string, value: string) => ({
      ...{ id: null, label, type: kind, value },
    });
    expect(draft()?.sections).toEqual([
      { id: null, title: '', fields: [field('Code', 'hidden', '8f3k')] },
      { id: null, title: 'Papers', fields: [field('No.', 'text', '')] },
    ]);
  });

  it('are moved by their buttons, and the focus goes with them', async () => {
    await openNew('Note');
    await addFields('A', 'B', 'C');
    await click('Move C up');
    expect(lines()).toEqual(['A', 'C', 'B']);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Move C up' }));
    await click('Move C up');
    expect(lines()).toEqual(['C', 'A', 'B']);
    // At the top its own button is off; the focus stays in the line.
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Move C down' }));
    expect(screen.getByText('C moved up.')).toBeTruthy();
  });

  it('are removed, and the focus goes on', async () => {
    await openNew('Note');
    await addFields('A', 'B');
    await click('Remove A');
    expect(lines()).toEqual(['B']);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add field' }));
    await click('Remove section 1 and its fields');
    expect(screen.queryByLabelText(/^Label of field/)).toBeNull();
  });

  it('become a box to tick, and keep a yes', async () => {
    await openNew('Note');
    await type('Title', 'A');
    await addFields('Paid');
    await type('Value of Paid', 'yes');
    await pick(/Type of Paid/, 'Yes or no');
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Yes' }).checked).toBe(true);
    await click('Save');
    expect(draft()?.sections[0]?.fields[0]).toMatchObject({ type: 'boolean', value: 'true' });
  });

  it('say what is wrong with a number', async () => {
    await openNew('Note');
    await addFields('Amount');
    await pick(/Type of Amount/, 'Number');
    await type('Value of Amount', 'twelve');
    expect(screen.getByText(/This is no number/)).toBeTruthy();
  });

  it('that are hidden stay as they are stored, and can become nothing but text unseen', async () => {
    const field = { id: 'a'.repeat(16), label: 'PIN', type: 'hidden', value: '1', hasValue: true };
    await openEdit('A', (items) => {
      const sections = [{ id: 'b'.repeat(16), title: 'X', fields: [field] }];
      items.put('note', 'A', { sections: sections as never });
    });
    await click(/Type of PIN/);
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
      ...['Text', 'Hidden'],
    ]);
    fireEvent.click(screen.getByRole('option', { name: 'Text' }));
    await settle();
    await click('Save');
    expect(draft()?.sections[0]?.fields[0]).toMatchObject({ type: 'text', value: null });
    expect(fieldRow('PIN').textContent).toContain('1');
  });
});

describe('a one-time code', () => {
  const URI = 'otpauth://totp/GitHub:anna?secret=JBSWY3DPEHPK3PXP&issuer=GitHub';

  it('shows what the text stands for, and gives the item its title', async () => {
    await openNew('One-time code');
    expect(save().disabled).toBe(true);
    await type('One-time code', URI);
    expect(screen.getByText(/GitHub, anna: 6 digits every 30 s/)).toBeTruthy();
    await click('Save');
    expect(draft()).toMatchObject({
      title: 'GitHub, anna',
      oneTimeCode: { action: 'set', text: URI },
    });
  });

  it.each([
    ['hello 189', 'A setup key has the letters A to Z'],
    ['https://example.org', 'neither an otpauth:// address nor a setup key'],
    ['otpauth-migration://offline?data=x', 'an export of several codes'],
    ['otpauth://totp/x?secret=1', 'A setup key has the letters A to Z'],
  ])('refuses %s and says why', async (text, sentence) => {
    await openNew('One-time code');
    await type('Title', 'A');
    await type('One-time code', text);
    expect(screen.getByText(new RegExp(sentence))).toBeTruthy();
    expect(save().disabled).toBe(true);
    await type('One-time code', 'JBSW Y3DP');
    expect(save().disabled).toBe(false);
  });

  it('of an item stays, is removed, or is kept after all', async () => {
    await openEdit('A', (items) => items.add('A', { oneTimeCode: timeCode() }));
    expect(screen.getByText(/the stored code stays: GitHub, anna/)).toBeTruthy();
    await click('Remove code');
    await click('Keep the code after all');
    await click('Remove code');
    await click('Save');
    expect(draft()?.oneTimeCode).toEqual({ action: 'remove' });
    expect(screen.queryByRole('group', { name: 'One-time code' })).toBeNull();
  });

  it('is read from a picture on the clipboard', async () => {
    stubPictures(URI);
    await openNew('Login', {}, (items) => items.pictures.push(new Uint8Array([1])));
    await click('QR code from the clipboard');
    expect(fieldValue('One-time code')).toBe(URI);
    expect(screen.getByText(/GitHub, anna: 6 digits/)).toBeTruthy();
  });

  it('says that there is no picture, and that there is no code in it', async () => {
    stubPictures(null);
    await openNew('Login', {}, (items) => items.pictures.push(new Uint8Array([1])));
    await click('From a file');
    expect(screen.getByRole('alert').textContent).toContain('There is no QR code in this picture');
    await click('QR code from the clipboard');
    expect(screen.getByRole('alert').textContent).toBe('There is no picture on the clipboard.');
    await click('From a file');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says that a file is no picture', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('not decodable')));
    await openNew('Login', {}, (items) => items.pictures.push(new Uint8Array([1])));
    await click('From a file');
    expect(screen.getByRole('alert').textContent).toContain('not a picture');
  });
});

describe('an SSH key', () => {
  it('is made of the chosen type', async () => {
    await openNew('SSH key');
    await type('Title', 'deploy');
    await pick(/Type$/, 'RSA, 4096 bits');
    await type('Comment', 'anna@home');
    await click('Save');
    expect(draft()?.sshKey).toEqual({
      ...{ action: 'generate', type: 'rsa-4096', comment: 'anna@home' },
    });
  });

  it('is imported as text with its passphrase, which are gone from memory once sent', async () => {
    const seen: string[] = [];
    await openNew('SSH key', {
      'items:save': (given) => {
        if (given.sshKey.action === 'import') seen.push(new TextDecoder().decode(given.sshKey.key));
        return main.items.answers()['items:save']?.(given) ?? refuse('ipc/internal');
      },
    });
    await type('Title', 'deploy');
    fireEvent.click(screen.getByRole('radio', { name: 'Import a key' }));
    await settle();
    expect(save().disabled).toBe(true);
    await type('Private key', '-----BEGIN');
    await type('Passphrase of the key', 'pass');
    await click('Save');
    expect(seen).toEqual(['-----BEGIN']);
    const sshKey = draft()?.sshKey;
    if (sshKey?.action !== 'import') throw new Error('no import');
    expect([[...sshKey.key], [...(sshKey.passphrase ?? [])]]).toEqual([
      ...[new Array(10).fill(0), new Array(4).fill(0)],
    ]);
  });

  it('is read from a file, unless that is far too large', async () => {
    await openNew('SSH key');
    fireEvent.click(screen.getByRole('radio', { name: 'Import a key' }));
    await settle();
    await chooseFile(new File(['KEY'], 'id_ed25519'));
    expect(fieldValue('Private key')).toBe('KEY');
    await chooseFile(new File(['x'.repeat(70_000)], 'disk.img'));
    expect(screen.getByText('This file is far larger than any key.')).toBeTruthy();
    expect(fieldValue('Private key')).toBe('KEY');
  });

  it('says why it was not taken, and keeps what was typed', async () => {
    await openNew('SSH key', {
      'items:save': () => refuse('ssh/not-recognised', { reason: 'public-key' }),
    });
    await type('Title', 'deploy');
    fireEvent.click(screen.getByRole('radio', { name: 'Import a key' }));
    await settle();
    await type('Private key', 'ssh-ed25519 AAAA');
    await click('Save');
    expect(screen.getByRole('alert').textContent).toContain('This is the public half.');
    expect(fieldValue('Private key')).toBe('ssh-ed25519 AAAA');
  });

  it('that is stored is kept unless it is replaced', async () => {
    await openEdit('deploy', (items) => {
      items.put('ssh-key', 'deploy', { fields: { privateKey: 'OLD', fingerprint: 'SHA256:old' } });
    });
    await click('Save');
    expect(draft()).toMatchObject({ sshKey: { action: 'keep' }, fields: {} });
    expect(main.items.all[0]?.fields.privateKey).toBe('OLD');
    await click('Edit');
    fireEvent.click(screen.getByRole('radio', { name: 'Make a new key' }));
    await settle();
    expect(screen.getByText(/stays in the history of this item/)).toBeTruthy();
    await click('Save');
    expect(main.items.all[0]?.fields.privateKey).toBe('made ed25519');
  });
});

describe('a passkey', () => {
  const fill = (items: MemoryItems): void => {
    items.add('Bank', { urls: [{ url: 'https://bank.example/login', match: 'domain' }] });
    items.add('Shop');
    items.put('passkey', 'My key');
  };

  it('is attached to a login of its site', async () => {
    await openEdit('My key', fill);
    await click(/Belongs to the login/);
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
      ...['None: it stands alone', 'BankBank@user'],
    ]);
    fireEvent.click(screen.getByRole('option', { name: /Bank/ }));
    await settle();
    await click('Save');
    expect(draft()?.loginId).toBe(main.items.all[0]?.id);
    expect(screen.getByRole('region', { name: 'Login' }).textContent).toContain('Bank');
  });

  it('keeps a login of another site, and can be taken away from it', async () => {
    await openEdit('My key', (items) => {
      const shop = items.add('Shop');
      items.put('passkey', 'My key', { passkey: passkeyFacts({ loginId: shop.id }) });
    });
    expect(screen.getByRole('button', { name: /Belongs to the login/ }).textContent).toContain(
      'Shop',
    );
    await pick(/Belongs to the login/, 'None');
    await click('Save');
    expect(draft()?.loginId).toBeNull();
  });

  it('has no field for what a site has fixed', async () => {
    await openEdit('My key', fill);
    const form = within(screen.getByRole('form'));
    for (const label of ['User name', 'Password', 'Website', 'One-time code']) {
      expect(form.queryByLabelText(label)).toBeNull();
    }
  });
});

describe('saving', () => {
  it('says why it failed and keeps the form', async () => {
    await openNew('Card', { 'items:save': () => refuse('vault/write-failed') });
    await type('Title', 'Visa');
    await click('Save');
    expect(screen.getByRole('alert').textContent).toContain('could not be written');
    expect(fieldValue('Title')).toBe('Visa');
  });

  it('happens once, however often it is asked for', async () => {
    let saved = 0;
    await openNew('Card', {
      'items:save': () => {
        saved += 1;
        return saved === 1 ? new Promise(() => undefined) : ok({ id: 'x' as never, change: 1 });
      },
    });
    await type('Title', 'Visa');
    await click('Save');
    await press('Enter', CTRL);
    await click('Save');
    expect(saved).toBe(1);
  });
});

/** Pictures whose pixels are a QR code of `text`, or white. */
function stubPictures(text: string | null): void {
  const modules = text === null ? [] : encodeQR(text, 'raw', { border: 4 });
  class StubCanvas {
    readonly #width: number;
    readonly #height: number;
    constructor(width: number, height: number) {
      this.#width = width;
      this.#height = height;
    }
    getContext() {
      const data = toPixels(modules, this.#width, this.#height);
      const nothing = (): void => undefined;
      return {
        fillStyle: '',
        fillRect: nothing,
        drawImage: nothing,
        getImageData: () => ({ data }),
      };
    }
  }
  vi.stubGlobal('OffscreenCanvas', StubCanvas);
  vi.stubGlobal('createImageBitmap', () =>
    Promise.resolve({ width: 360, height: 360, close: () => undefined }),
  );
}

function toPixels(modules: readonly boolean[][], width: number, height: number): Uint8ClampedArray {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let index = 0; index < width * height; index++) {
    const x = Math.floor(((index % width) / width) * modules.length);
    const y = Math.floor((Math.floor(index / width) / height) * modules.length);
    if (modules[y]?.[x] === true) data.fill(0, index * 4, index * 4 + 3);
  }
  return data;
}

async function chooseFile(file: File): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('no file input');
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  act(() => {
    fireEvent.change(input);
  });
  await settle();
  await settle();
}
