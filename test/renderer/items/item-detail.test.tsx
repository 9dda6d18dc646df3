// @vitest-environment jsdom
// Items of every kind as they are read, through their accessible names.
// SPDX-License-Identifier: MIT

import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { type FakeAnswers, refuse } from '../support/fake-connection.ts';
import { fieldRow, heading } from '../support/eyes.ts';
import { CTRL, choose, click, press, settle } from '../support/hands.ts';
import { type MainWindow, eachInMainWindows, openMainWindow } from '../support/main-window.tsx';
import type { MemoryItems } from '../support/memory-items.ts';
import { passkeyFacts, timeCode } from '../support/stored-items.ts';

let main: MainWindow;

/** Opens the window on a vault that `fill` fills, at the item that it gives back. */
async function open(
  fill: (items: MemoryItems) => { readonly title: string },
  answers: FakeAnswers<'main'> = {},
): Promise<void> {
  let title = '';
  main = await openMainWindow((items) => {
    ({ title } = fill(items));
  }, answers);
  await choose(title);
}

const message = () => screen.getByRole('status', { name: '' }).textContent;
const turn = async (ms: number): Promise<void> => {
  act(() => {
    main.clock.turn(ms);
  });
  await settle();
};

eachInMainWindows();

describe('a field', () => {
  it('is covered until it is revealed, and covers itself again', async () => {
    await open((items) =>
      items.put('card', 'Visa', { fields: { number: '4111111111111111', pin: '8241' } }),
    );
    expect(screen.getByRole('article').textContent).not.toMatch(/4111|8241/);
    await click('Reveal card number');
    expect(fieldRow('Card number').textContent).toContain('4111111111111111');
    expect(fieldRow('PIN').textContent).not.toContain('8241');
    await turn(30_000);
    expect(screen.getByRole('article').textContent).not.toContain('4111');
  });

  it('covers the one before when another is revealed', async () => {
    await open((items) => items.put('card', 'Visa', { fields: { number: '41', pin: '82' } }));
    await click('Reveal card number');
    await click('Reveal PIN');
    expect(fieldRow('Card number').textContent).not.toContain('41');
    expect(fieldRow('PIN').textContent).toContain('82');
    await click('Hide PIN');
    expect(screen.getByRole('article').textContent).not.toContain('82');
  });

  it('is shown in large type for as long as it is revealed', async () => {
    await open((items) => items.add('Nordbank'));
    await click('Show password in large type');
    const dialog = screen.getByRole('dialog', { name: 'Password' });
    expect(within(dialog).getByRole('img', { name: 'k T 7 #' })).toBeTruthy();
    await turn(30_000);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('is covered when its large type is closed', async () => {
    await open((items) => items.add('Nordbank'));
    await click('Show password in large type');
    await click('Close');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(fieldRow('Password').textContent).not.toContain('kT7#');
  });

  it('says why it cannot be revealed, and stays covered', async () => {
    await open((items) => items.add('Nordbank'), {
      'items:reveal-field': () => refuse('vault/item-damaged'),
    });
    await click('Reveal password');
    expect(message()).toContain('This item is damaged');
    expect(within(fieldRow('Password')).getByRole('img', { name: 'Hidden' })).toBeTruthy();
  });

  it('is not there when it holds nothing', async () => {
    await open((items) => items.put('identity', 'Anna', { fields: { firstName: 'Anna' } }));
    const rows = within(screen.getByRole('article')).getAllByRole('group');
    expect(rows.map((row) => row.firstChild?.textContent)).toEqual([
      ...['First name', 'Changed', 'Added'],
    ]);
  });

  it('is copied through the main side, named in the message', async () => {
    await open((items) =>
      items.put('wifi', 'Home', { fields: { ssid: 'klein-5G', password: 'x' } }),
    );
    await click('Copy network name');
    await press('p', CTRL);
    expect(main.items.copied).toEqual(['ssid of Home', 'password of Home']);
    expect(message()).toContain('Network name copied; it leaves the clipboard in 30 s.');
  });
});

describe('an item with nothing in it', () => {
  it('says so, and no other does', async () => {
    await open((items) => {
      items.put('card', 'Full', { fields: { bank: 'Nordbank' } });
      return items.put('note', 'Bare');
    });
    expect(screen.getByText(/There is nothing in this item yet/)).toBeTruthy();
    await choose('Full');
    expect(screen.queryByText(/There is nothing in this item yet/)).toBeNull();
  });
});

describe('a login', () => {
  it('has its websites, each with its own way of matching', async () => {
    await open((items) =>
      items.add('GitHub', {
        urls: [
          { url: 'https://github.com/login', match: 'domain' },
          { url: 'https://gist.github.com', match: 'host' },
        ],
      }),
    );
    expect(fieldRow('Website').textContent).toContain('https://github.com/login');
    expect(fieldRow('Website').textContent).not.toContain('same site');
    expect(fieldRow('Website 2').textContent).toContain('same host');
    await click('Copy website');
    await click('Copy website 2');
    expect(main.items.copied).toEqual(['url of GitHub', 'https://gist.github.com']);
  });

  it('leads to its passkeys and back', async () => {
    await open((items) => {
      const login = items.add('GitHub');
      const passkey = passkeyFacts({ rpId: 'github.com', userName: 'anna-k', loginId: login.id });
      items.put('passkey', 'GitHub key', { passkey });
      return login;
    });
    await click(/anna-k for github.com/);
    expect(heading()).toBe('GitHub key');
    await click(/GitHub GitHub@user/);
    expect(heading()).toBe('GitHub');
  });

  it('shows fields of its own by section, but for those that are empty', async () => {
    const field = (
      id: string,
      label: string,
      type: 'hidden' | 'boolean' | 'date',
      value: string,
    ) => ({
      ...{ id: id.repeat(16), label, type, value, hasValue: value !== '' },
    });
    await open((items) =>
      items.add('GitHub', {
        sections: [
          {
            ...{ id: '1'.repeat(16), title: 'Recovery' },
            fields: [
              field('a', 'Backup code', 'hidden', '8f3k'),
              field('b', 'Required', 'boolean', 'true'),
              field('c', 'Renewed', 'date', '2026-03-03'),
              field('d', 'Nothing', 'date', ''),
            ],
          },
        ],
      }),
    );
    const section = screen.getByRole('region', { name: 'Recovery' });
    expect(within(section).queryByText('Nothing')).toBeNull();
    expect(section.textContent).toContain('3 March 2026');
    expect(fieldRow('Required').textContent).toContain('Yes');
    await click('Reveal backup code');
    expect(fieldRow('Backup code').textContent).toContain('8f3k');
    await click('Copy backup code');
    expect(main.items.copied).toEqual([`custom:${'a'.repeat(16)} of GitHub`]);
  });
});

describe('a one-time code', () => {
  const codeOf = () => fieldRow('One-time code').textContent;

  it('counts down and gives way to the next', async () => {
    await open((items) => items.put('one-time-code', 'Mail', { oneTimeCode: timeCode() }));
    const first = codeOf();
    expect(first).toContain('30 s');
    await turn(1000);
    expect(codeOf()).toContain('29 s');
    await turn(29_000);
    expect(codeOf()).toContain('30 s');
    expect(codeOf()).not.toBe(first);
  });

  it('is copied by one chord, from any item that has one', async () => {
    await open((items) => items.add('GitHub', { oneTimeCode: timeCode() }));
    await press('C', { ctrlKey: true, shiftKey: true });
    expect(main.items.copied).toEqual(['one-time-code of GitHub']);
  });

  it('has no timer behind a room, in a hidden window, or after another item was chosen', async () => {
    await open((items) => {
      items.add('Other');
      return items.put('one-time-code', 'Mail', { oneTimeCode: timeCode() });
    });
    expect(main.clock.pending).toBe(1);
    await press('i', CTRL);
    expect(main.clock.pending).toBe(0);
    await press('1', CTRL);
    expect(main.clock.pending).toBe(1);
    setVisibility('hidden');
    expect(main.clock.pending).toBe(0);
    setVisibility('visible');
    await settle();
    expect(main.clock.pending).toBe(1);
    await choose('Other');
    expect(main.clock.pending).toBe(0);
  });

  it('of a counter goes on when it is told to', async () => {
    await open((items) =>
      items.put('one-time-code', 'Token', {
        oneTimeCode: timeCode({ type: 'hotp', period: 0, counter: 7 }),
      }),
    );
    expect(codeOf()).toContain('000007');
    await click('Next code');
    expect(codeOf()).toContain('000008');
    expect(main.clock.pending).toBe(0);
  });

  it('says that it cannot be computed', async () => {
    await open((items) => items.put('one-time-code', 'Mail', { oneTimeCode: timeCode() }), {
      'items:one-time-code': () => refuse('vault/item-damaged'),
    });
    expect(codeOf()).toContain('This item is damaged');
  });
});

describe('the other kinds', () => {
  it('show a card that has expired, in words', async () => {
    await open((items) => items.put('card', 'Old', { fields: { expires: '2024-01' } }));
    expect(fieldRow('Expires').textContent).toContain('01/24, January 2024 expired');
  });

  it('do not say so of a card that is good', async () => {
    await open((items) => items.put('card', 'New', { fields: { expires: '2029-04' } }));
    expect(fieldRow('Expires').textContent).not.toContain('expired');
  });

  it('show fingerprint and public key of an SSH key and cover the private one', async () => {
    await open((items) =>
      items.put('ssh-key', 'deploy', {
        fields: { privateKey: 'PRIVATE', publicKey: 'ssh-ed25519 AAAA', fingerprint: 'SHA256:Zr' },
      }),
    );
    expect(fieldRow('Public key').textContent).toContain('ssh-ed25519 AAAA');
    expect(fieldRow('Fingerprint').textContent).toContain('SHA256:Zr');
    expect(screen.getByRole('article').textContent).not.toContain('PRIVATE');
    await click('Copy public key');
    expect(main.items.copied).toEqual(['publicKey of deploy']);
  });

  it('draw the QR code of a network', async () => {
    await open((items) => items.put('wifi', 'Home', { fields: { ssid: 'klein-5G' } }));
    await click('Show QR code');
    const dialog = screen.getByRole('dialog', { name: 'Join “klein-5G”' });
    const picture = within(dialog).getByRole('img', { name: 'QR code to join klein-5G' });
    expect(picture.getAttribute('viewBox')).toBe('0 0 11 11');
    await click('Close');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('say that a network has no QR code where that is refused', async () => {
    await open((items) => items.put('wifi', 'Home'), {
      'items:wifi-qr': () => refuse('vault/item-damaged'),
    });
    await click('Show QR code');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(message()).toContain('This item is damaged');
  });

  it('show a note whole and copy it', async () => {
    await open((items) => items.put('note', 'Alarm', { note: 'One\nTwo' }));
    expect(screen.getByRole('region', { name: 'Note' }).textContent).toContain('One\nTwo');
    await click('Copy note');
    expect(main.items.copied).toEqual(['note of Alarm']);
  });

  it('say that a passkey stands alone, and lead to where that can be changed', async () => {
    await open((items) => items.put('passkey', 'Bank'));
    expect(screen.getByRole('region', { name: 'Login' }).textContent).toContain('it stands alone');
    await click('Choose a login');
    expect(screen.getByRole('form', { name: 'Edit Bank' })).toBeTruthy();
  });

  it('say of a passkey that its login cannot be shown', async () => {
    await open((items) =>
      items.put('passkey', 'Bank', { passkey: passkeyFacts({ loginId: 'f'.repeat(32) as never }) }),
    );
    expect(screen.getByRole('region', { name: 'Login' }).textContent).toContain('cannot be shown');
  });

  it('show what a site calls itself without its tricks', async () => {
    const passkey = passkeyFacts({ rpName: 'Bank\u202Eknab', userDisplayName: 'An\u200Bna' });
    await open((items) => items.put('passkey', 'Bank', { passkey }));
    expect(fieldRow('Site').textContent).toContain('calls itself Bankknab');
  });
});

describe('what can be done with an item', () => {
  it('archives it, takes that back, and takes it out again', async () => {
    await open((items) => {
      items.add('B');
      return items.add('A');
    });
    await click('Move to archive');
    expect(heading()).toBe('B');
    await click('Undo');
    expect(heading()).toBe('A');
    await press('A', { ctrlKey: true, shiftKey: true });
    await click(/^Archive/);
    await choose('A');
    expect(screen.getByText('in the archive')).toBeTruthy();
    await click('Take out of the archive');
    expect(screen.getByText('The archive is empty')).toBeTruthy();
  });

  it('leads from a tag to the items that have it', async () => {
    await open((items) => {
      items.add('Other');
      return items.add('Mail', { tags: ['work/mail'] });
    });
    fireEvent.click(within(screen.getByRole('article')).getByRole('button', { name: 'work/mail' }));
    await settle();
    expect(screen.getByRole('heading', { level: 1, name: 'work/mail' })).toBeTruthy();
    expect(screen.getAllByRole('option')).toHaveLength(1);
  });

  it('calls its commands by what they do to it', async () => {
    await open((items) => items.put('card', 'Visa', { fields: { number: '41' } }));
    await press('k', CTRL);
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'card number' } });
    await settle();
    const names = screen.getAllByRole('option').map((option) => option.textContent);
    expect(names.some((name) => name.startsWith('Copy card number'))).toBe(true);
    expect(names.some((name) => name.startsWith('Show or hide card number'))).toBe(true);
  });
});

function setVisibility(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
}
