// Quick unlock of a file that is refused as an older copy: no try is used up by it, since nothing was wrong.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import type { Keystore } from '../../../src/main/shell/keystore.ts';
import { QuickUnlock } from '../../../src/main/shell/quick-unlock.ts';
import type { VaultSession } from '../../../src/main/shell/vault-session.ts';
import { fromUtf8, toUtf8 } from '../../../src/shared/bytes.ts';
import { AppError, type ErrorCode } from '../../../src/shared/errors.ts';
import { HandClock } from '../../support/hand-clock.ts';

const PATH = '/vaults/Personal.latchkey';

const keystore: Keystore = {
  isReal: () => Promise.resolve(true),
  seal: (text) => Promise.resolve(toUtf8(text)),
  open: (sealed) => Promise.resolve(fromUtf8(sealed)),
  hasTouchId: () => true,
  promptTouchId: () => Promise.resolve(),
};

/** A vault process that refuses until it is told that the copy is meant. */
class Session {
  readonly openPath = PATH;
  readonly asked: unknown[] = [];
  refusal: AppError = new AppError('vault/older-copy', 'older', { details: { step: 'pins' } });

  call(name: string, input: { readonly acceptOlder?: boolean }): Promise<unknown> {
    if (name === 'quick-unlock:seal') {
      return Promise.resolve({ salt: new Uint8Array(16), sealed: new Uint8Array(72) });
    }
    this.asked.push(input.acceptOlder);
    return input.acceptOlder ? Promise.resolve(true) : Promise.reject(this.refusal);
  }
}

async function made() {
  const session = new Session();
  const quick = new QuickUnlock({
    session: session as unknown as VaultSession,
    keystore,
    clock: new HandClock(),
    randomBytes: (length) => new Uint8Array(length).fill(9),
  });
  await quick.set({ type: 'password', password: new Uint8Array(0) } as never, null);
  return { session, quick };
}

describe('QuickUnlock of an older copy', () => {
  it('uses no try up, however often it is refused, and says what the person said', async () => {
    const { session, quick } = await made();
    for (let count = 0; count < 7; count += 1) {
      await expect(quick.unlock(PATH, null)).rejects.toMatchObject({ code: 'vault/older-copy' });
    }
    expect(await quick.stateOf(PATH)).toMatchObject({ is: 'ready', triesLeft: 5 });
    await quick.unlock(PATH, null, { acceptOlder: true });
    expect(session.asked).toEqual([...Array<undefined>(7), true]);
  });

  it.each(['vault/corrupt', 'vault/parameters-refused'] as readonly ErrorCode[])(
    'uses a try up for what is refused for another reason: %s',
    async (code) => {
      const { session, quick } = await made();
      session.refusal = new AppError(code, 'another reason', { details: { step: 'kdf' } });
      await expect(quick.unlock(PATH, null)).rejects.toMatchObject({ code });
      expect(await quick.stateOf(PATH)).toMatchObject({ triesLeft: 4 });
    },
  );
});
