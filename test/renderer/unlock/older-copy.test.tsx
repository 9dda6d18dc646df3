// @vitest-environment jsdom
// A file that is older than what this computer has seen of its vault: what is said, and the ways on.
// SPDX-License-Identifier: MIT

import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiError } from '../../../src/renderer/api.ts';
import { olderCopySentence } from '../../../src/renderer/unlock/older-copy-notice.tsx';
import { UnlockWindow } from '../../../src/renderer/unlock/unlock-window.tsx';
import type { QuickUnlockState, SlotType } from '../../../src/shared/model/keys.ts';
import type { VaultFile } from '../../../src/shared/model/vault.ts';
import { alertText, field } from '../keys/open-room.tsx';
import { click, settle, type } from '../support/hands.ts';
import { fakeConnection, ok, refuse } from '../support/fake-connection.ts';

type Answers = Parameters<typeof fakeConnection<'unlock'>>[0];

const vault = (number: number, name: string, isLast: boolean): VaultFile => ({
  ...{ key: String(number).repeat(32), name, isLast },
  ...{ sizeBytes: 4096, modifiedAt: 1_700_000_000_000 },
});
const OLDER = {
  ...{ step: 'pins', of: 'rows' },
  ...{ seenAt: Date.UTC(2026, 4, 3, 12), newestAt: Date.UTC(2025, 1, 2, 12) },
} as const;
const OPEN = 'Open this older copy all the same';
const PIN: QuickUnlockState = {
  ...{ is: 'ready', by: 'pin', triesLeft: 5, expiresAt: 2_000_000_000_000 },
};

async function open(answers: Answers, quickUnlock: QuickUnlockState = { is: 'off' }) {
  const slots: readonly SlotType[] = ['password', 'recovery'];
  const { api } = fakeConnection<'unlock'>({
    'vaults:list': () => ok([vault(1, 'Personal', true)]),
    'vaults:ways': () => ok({ slots, quickUnlock }),
    ...answers,
  });
  render(<UnlockWindow api={api} />);
  await settle();
}

const buttons = () => screen.getAllByRole('button').map(({ textContent }) => textContent);

afterEach(cleanup);

describe('an older copy', () => {
  it('is said with its dates, and opened all the same with what is typed', async () => {
    const asked: unknown[] = [];
    await open({
      'vault:unlock': ({ acceptOlder }) => {
        asked.push(acceptOlder);
        return acceptOlder ? ok(null) : refuse('vault/older-copy', OLDER);
      },
    });
    await type('Master password', 'pass phrase');
    await click('Unlock');
    expect(alertText()).toContain('This file is an older copy of this vault.');
    expect(alertText()).toContain('3 May 2026');
    expect(alertText()).toContain('2 Feb 2025');
    expect(buttons()).not.toContain('Unlock');
    expect(field('Master password').value).toBe('pass phrase');
    await click(OPEN);
    expect(asked).toEqual([undefined, true]);
    expect(field('Master password').value).toBe('');
  });

  it('is tried again once the newer file is back, with nothing accepted', async () => {
    const asked: unknown[] = [];
    await open({
      'vault:unlock': ({ acceptOlder }) => {
        asked.push(acceptOlder);
        return asked.length > 1 ? ok(null) : refuse('vault/older-copy', OLDER);
      },
    });
    await type('Master password', 'pass phrase');
    await click('Unlock');
    await click('Try again');
    expect(asked).toEqual([undefined, undefined]);
    expect(buttons()).not.toContain(OPEN);
    expect(field('Master password').value).toBe('');
  });

  it('is told again where trying again finds the same file', async () => {
    await open({ 'vault:unlock': () => refuse('vault/older-copy', OLDER) });
    await type('Master password', 'pass phrase');
    await click('Unlock');
    await click('Try again');
    expect(alertText()).toContain('This file is an older copy of this vault.');
    expect(field('Master password').value).toBe('pass phrase');
  });

  it('offers another file once', async () => {
    await open({ 'vault:unlock': () => refuse('vault/older-copy', OLDER) });
    const files = () => buttons().filter((text) => text.includes('file'));
    expect(files()).toEqual(['Other vault file…']);
    await type('Master password', 'pass phrase');
    await click('Unlock');
    expect(files()).toEqual(['Choose another file…']);
    await click('Use recovery key');
    expect(files()).toEqual(['Other vault file…']);
  });

  it('can be left for another file', async () => {
    await open({
      'vault:unlock': () => refuse('vault/older-copy', OLDER),
      'vaults:choose-file': () => ok(vault(2, 'Newer', true)),
    });
    await type('Master password', 'pass phrase');
    await click('Unlock');
    await click('Choose another file…');
    expect(screen.getByRole('heading', { name: 'Unlock Newer' })).toBeTruthy();
    expect(buttons()).not.toContain(OPEN);
  });

  it('is opened by pressing Unlock again no more than before', async () => {
    const asked: unknown[] = [];
    await open({
      'vault:unlock': ({ acceptOlder }) => {
        asked.push(acceptOlder);
        return refuse('vault/older-copy', OLDER);
      },
    });
    await type('Master password', 'pass phrase');
    await click('Unlock');
    await type('Master password', 'pass phrase again');
    expect(buttons()).toContain(OPEN);
    await click('Use recovery key');
    expect(buttons()).not.toContain(OPEN);
    expect(asked).toEqual([undefined]);
  });

  it('can be opened by PIN as well', async () => {
    const asked: unknown[] = [];
    const answers: Answers = {
      'vault:quick-unlock': ({ acceptOlder }) => {
        asked.push(acceptOlder);
        return acceptOlder ? ok(null) : refuse('vault/older-copy', OLDER);
      },
    };
    await open(answers, PIN);
    await type('PIN', '493027');
    await click('Unlock');
    expect(buttons()).not.toContain('Unlock');
    await click(OPEN);
    expect(asked).toEqual([undefined, true]);
  });

  it('can be tried again by PIN as well', async () => {
    const asked: unknown[] = [];
    const answers: Answers = {
      'vault:quick-unlock': ({ acceptOlder }) => {
        asked.push(acceptOlder);
        return asked.length > 1 ? ok(null) : refuse('vault/older-copy', OLDER);
      },
    };
    await open(answers, PIN);
    await type('PIN', '493027');
    await click('Unlock');
    await click('Try again');
    expect(asked).toEqual([undefined, undefined]);
  });

  it('of which the password costs less says so', async () => {
    await open({
      'vault:unlock': () => refuse('vault/parameters-refused', { step: 'pins', seenAt: 0 }),
    });
    await type('Master password', 'pass phrase');
    await click('Unlock');
    expect(alertText()).toContain('protects its password less than this computer has seen');
    expect(buttons()).toContain('Open this file all the same');
  });

  it('is not what bounds of the format are about: those stay a wall', async () => {
    await open({ 'vault:unlock': () => refuse('vault/parameters-refused', { step: 'kdf' }) });
    await type('Master password', 'pass phrase');
    await click('Unlock');
    expect(alertText()).toContain('asks for protection that Latchkey does not accept');
    expect(buttons()).toContain('Unlock');
  });
});

describe('olderCopySentence', () => {
  const now = Date.UTC(2026, 5, 1);
  const said = (details: Record<string, string | number>): string => {
    const { happened, kept, todo } = olderCopySentence(
      new ApiError('vault/older-copy', { step: 'pins', ...details }),
      now,
    );
    return [happened, kept, todo].join(' ');
  };

  it('claims no date that it does not know', () => {
    expect(said({ of: 'header', seenAt: Date.UTC(2026, 4, 3) })).toContain(
      'In this copy the latest changes are missing.',
    );
    expect(said({})).toContain('This computer has seen it further on.');
  });

  it.each([Number.NaN, Infinity, 8.64e15 + 1, -1e300, 'soon'])('is not upset by %s', (seenAt) => {
    expect(said({ seenAt, newestAt: seenAt })).toContain('older copy');
  });

  it('says that two copies side by side look the same', () => {
    expect(said({})).toContain('keep two copies side by side');
  });
});
