// @vitest-environment jsdom
// The other ways into a vault: key file, recovery key, PIN, Touch ID; and the list of vaults.
// SPDX-License-Identifier: MIT

import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { UnlockWindow } from '../../../src/renderer/unlock/unlock-window.tsx';
import type { QuickUnlockState, SlotType, VaultWays } from '../../../src/shared/model/keys.ts';
import type { VaultFile } from '../../../src/shared/model/vault.ts';
import { alertText, field, Sent } from '../keys/open-room.tsx';
import { expectFocusOn } from '../support/eyes.ts';
import { click, settle, type } from '../support/hands.ts';
import { isHeld } from '../keys/react-state.ts';
import { type FakeAnswers, fakeConnection, ok, refuse } from '../support/fake-connection.ts';

const vault = (number: number, name: string, isLast: boolean): VaultFile => ({
  ...{ key: String(number).repeat(32), name, isLast },
  ...{ sizeBytes: 4096, modifiedAt: 1_700_000_000_000 },
});
const TWO = [vault(1, 'Family', false), vault(2, 'Personal', true)];
const CHOICE = { token: 'f'.repeat(32), fileName: 'photo.jpg' };

const ways = (slots: readonly SlotType[], quickUnlock: QuickUnlockState = { is: 'off' }) =>
  ({ slots, quickUnlock }) satisfies VaultWays;
const pin = (triesLeft: number): QuickUnlockState => ({
  ...{ is: 'ready', by: 'pin', triesLeft, expiresAt: 2_000_000_000_000 },
});

async function open(
  found: VaultWays | readonly VaultWays[],
  answers: FakeAnswers<'unlock'> = {},
  vaults: readonly VaultFile[] = TWO,
) {
  const all = Array.isArray(found) ? [...(found as readonly VaultWays[])] : [found as VaultWays];
  const { api } = fakeConnection<'unlock'>({
    'vaults:list': () => ok(vaults),
    'vaults:ways': () => ok((all.length > 1 ? all.shift() : all[0]) ?? ways([])),
    ...answers,
  });
  render(<UnlockWindow api={api} />);
  await settle();
}

const buttons = () => screen.getAllByRole('button').map(({ textContent }) => textContent);

afterEach(cleanup);

describe('a vault with a key file', () => {
  it('asks for the password and the file, and sends both', async () => {
    const sent = new Sent();
    const files: string[] = [];
    await open(ways(['password-key-file']), {
      'keys:choose-key-file': () => ok(CHOICE),
      'vault:unlock': ({ secret }) => {
        if (secret.type === 'password-key-file') {
          files.push(secret.keyFile);
          sent.take(secret.password);
        }
        return ok(null);
      },
    });
    await type('Master password', 'pass phrase');
    await click('Unlock');
    expect(files).toEqual([]);
    await click('Choose key file…');
    await click('Unlock');
    expect([files, sent.texts, sent.areErased]).toEqual([[CHOICE.token], ['pass phrase'], true]);
    expect(isHeld('pass phrase')).toBe(false);
  });

  it('remembers the file while the window is open, for its own vault alone', async () => {
    await open(ways(['password-key-file']), { 'keys:choose-key-file': () => ok(CHOICE) });
    await click('Choose key file…');
    await click(/^Family/);
    expect(screen.getByText('No file chosen')).toBeTruthy();
    await click(/^Personal/);
    expect(screen.getByText('photo.jpg')).toBeTruthy();
  });

  it('does not say which of the two is wrong', async () => {
    await open(ways(['password-key-file']), {
      'keys:choose-key-file': () => ok(CHOICE),
      'vault:unlock': () => refuse('vault/wrong-password'),
    });
    await click('Choose key file…');
    await type('Master password', 'wrong');
    await click('Unlock');
    expect(alertText()).toContain(
      'This password and this key file do not open the vault together.',
    );
  });

  it('makes no key file: there is nothing yet that could be opened with it', async () => {
    await open(ways(['password-key-file']));
    expect(buttons()).not.toContain('Make one…');
  });
});

describe('a recovery key', () => {
  it('is not offered where the vault has none', async () => {
    await open(ways(['password']));
    expect(buttons()).not.toContain('Use recovery key');
  });

  it('is taken however it is written', async () => {
    const sent = new Sent();
    await open(ways(['password', 'recovery', 'recovery']), {
      'vault:unlock': ({ secret }) => {
        if (secret.type === 'recovery') sent.take(secret.words);
        return ok(null);
      },
    });
    await click('Use recovery key');
    await type('Recovery key', ' 1. ABLE\n 2. Acid \n\n3. zebra');
    expect(screen.getByText('3 of 24 words')).toBeTruthy();
    await click('Unlock');
    expect([sent.texts, sent.areErased]).toEqual([['able acid zebra'], true]);
    expect(isHeld('zebra')).toBe(false);
  });

  it('names the word that is not in the list, where main says which', async () => {
    await open(ways(['recovery']), {
      'vault:unlock': () => refuse('keys/unknown-recovery-word', { place: 2 }),
    });
    await type('Recovery key', 'able acidd zebra');
    await click('Unlock');
    expect(screen.getByText('Word 2, “acidd”, is not in the list.')).toBeTruthy();
    expect(field('Recovery key').value).toBe('able acidd zebra');
  });

  it.each([
    ['keys/unknown-recovery-word', 'not a word that recovery keys are made of'],
    ['keys/recovery-damaged', 'do not belong together'],
    ['vault/wrong-password', 'does not open this vault'],
  ] as const)('explains %s without guessing at a word', async (code, words) => {
    await open(ways(['recovery']), { 'vault:unlock': () => refuse(code) });
    await type('Recovery key', 'able acid zebra');
    await click('Unlock');
    expect(alertText()).toContain(words);
    expect(screen.queryByText(/is not in the list/)).toBeNull();
  });

  it('gives way to the master password, and what was typed is forgotten', async () => {
    await open(ways(['password', 'recovery']));
    await click('Use recovery key');
    await type('Recovery key', 'able acid');
    await click('Use master password instead');
    expect(field('Master password').value).toBe('');
    expect(isHeld('able acid')).toBe(false);
  });
});

describe('quick unlock by PIN', () => {
  it('comes first, says how many tries are left, and sends bytes', async () => {
    const sent = new Sent();
    await open(ways(['password'], pin(5)), {
      'vault:quick-unlock': ({ pin: bytes }) => {
        sent.take(bytes);
        return ok(null);
      },
    });
    expect(screen.getByText('5 tries left')).toBeTruthy();
    await type('PIN', '493027');
    await click('Unlock');
    expect([sent.texts, sent.areErased]).toEqual([['493027'], true]);
    expect(isHeld('493027')).toBe(false);
  });

  it('counts down as main counts', async () => {
    await open([ways(['password'], pin(2)), ways(['password'], pin(1))], {
      'vault:quick-unlock': () => refuse('vault/wrong-password'),
    });
    await type('PIN', '493020');
    await click('Unlock');
    expect(alertText()).toContain('That is not the PIN.');
    expect(screen.getByText(/^Last try:/)).toBeTruthy();
    await expectFocusOn(() => field('PIN'));
  });

  it.each([
    ['keys/no-tries-left', 'The five tries are used up'],
    ['vault/wrong-password', 'That is not the PIN.'],
  ] as const)('gives way to the master password when it is gone: %s', async (code, words) => {
    await open([ways(['password'], pin(1)), ways(['password'])], {
      'vault:quick-unlock': () => refuse(code),
    });
    await type('PIN', '493020');
    await click('Unlock');
    expect(alertText()).toContain(words);
    expect(field('Master password')).toBeTruthy();
    expect(screen.getAllByText(/tries .*are used up/)).toHaveLength(1);
    expect(isHeld('493020')).toBe(false);
  });

  it('can be passed over, and come back to', async () => {
    await open(ways(['password', 'recovery'], pin(5)));
    await click('Use master password instead');
    expect(screen.queryByLabelText('PIN')).toBeNull();
    await click('Use PIN');
    expect(field('PIN')).toBeTruthy();
  });

  it.each([
    ['off', { is: 'off' }],
    ['unavailable', { is: 'unavailable', reason: 'no-keystore' }],
    ['out of tries', pin(0)],
  ] as const)('is not offered when it is %s', async (_name, quickUnlock) => {
    await open(ways(['password'], quickUnlock));
    expect(screen.queryByLabelText('PIN')).toBeNull();
    expect(buttons()).not.toContain('Use PIN');
  });

  it('sends nothing of an empty field', async () => {
    await open(ways(['password'], pin(5)));
    await click('Unlock');
    expect(alertText()).toBe('');
  });
});

describe('quick unlock by Touch ID', () => {
  const TOUCH: QuickUnlockState = {
    ...{ is: 'ready', by: 'touch-id', triesLeft: 5, expiresAt: 2_000_000_000_000 },
  };

  it('is one press, without a PIN', async () => {
    const pins: unknown[] = [];
    await open(ways(['password'], TOUCH), {
      'vault:quick-unlock': ({ pin: bytes }) => {
        pins.push(bytes);
        return ok(null);
      },
    });
    expect(document.activeElement?.textContent).toBe('Unlock with Touch ID');
    await click('Unlock with Touch ID');
    expect(pins).toEqual([null]);
  });

  it('says that it was not recognised', async () => {
    await open(ways(['password'], TOUCH), {
      'vault:quick-unlock': () => refuse('vault/wrong-password'),
    });
    await click('Unlock with Touch ID');
    expect(alertText()).toContain('Touch ID did not recognise you.');
  });
});

describe('the list of vaults', () => {
  const rows = () =>
    within(screen.getByRole('region', { name: 'Vaults on this computer' }))
      .getAllByRole('listitem')
      .map((row) => row.querySelector('b')?.textContent);

  it('is not drawn for one', async () => {
    await open(ways(['password']), {}, TWO.slice(1));
    expect(screen.queryByRole('region')).toBeNull();
  });

  it('leads from one to the other, with nothing typed carried over', async () => {
    const asked: string[] = [];
    await open(ways([]), {
      'vaults:ways': ({ key }) => {
        asked.push(key);
        return ok(ways(['password']));
      },
    });
    await type('Master password', 'for personal');
    await click(/^Family/);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Unlock Family');
    expect(field('Master password').value).toBe('');
    expect(asked).toEqual(['2'.repeat(32), '1'.repeat(32)]);
    expect(isHeld('for personal')).toBe(false);
  });

  it('takes one off, and says nothing of the file', async () => {
    const forgotten: string[] = [];
    await open(
      ways(['password']),
      {
        'vaults:forget': ({ key }) => {
          forgotten.push(key);
          return ok(null);
        },
      },
      [...TWO, vault(3, 'Club', false)],
    );
    await click('Take Family off the list');
    expect(forgotten).toEqual(['1'.repeat(32)]);
    expect(rows()).toEqual(['Personal', 'Club']);
  });

  it('goes on with another when the chosen one is taken off', async () => {
    await open(ways(['password']), { 'vaults:forget': () => ok(null) });
    await click('Take Personal off the list');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Unlock Family');
  });

  it('keeps what could not be taken off', async () => {
    await open(ways(['password']), { 'vaults:forget': () => refuse('settings/write-failed') });
    await click('Take Family off the list');
    expect(alertText()).toContain('could not be saved');
    expect(rows()).toEqual(['Family', 'Personal']);
  });

  it.each(['vault/not-found', 'vault/not-a-vault', 'vault/unsupported-version'] as const)(
    'says of a file that cannot be asked why (%s), tries again and takes it off',
    async (code) => {
      let asked = 0;
      await open(
        ways([]),
        {
          'vaults:ways': () => {
            asked += 1;
            return refuse(code);
          },
          'vaults:forget': () => ok(null),
        },
        TWO.slice(1),
      );
      expect(alertText()).toMatch(/[.]$/);
      expect(screen.queryByLabelText('Master password')).toBeNull();
      await click('Try again');
      expect(asked).toBe(2);
      await click('Take it off the list');
      expect(screen.getByRole('heading', { name: 'Make your vault' })).toBeTruthy();
    },
  );
});
