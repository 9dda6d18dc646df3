// What is typed is erased once it has been used, also where it was refused.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import {
  vaultCallHandlers,
  type VaultServices,
} from '../../../src/main/ipc/handlers/vault-calls.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';

const sealed = { keyId: '', enc: new Uint8Array(0), ciphertext: new Uint8Array(0) };

describe('the words of a rehearsal', () => {
  it.each([
    ['right', () => Promise.resolve()],
    ['wrong', () => Promise.reject(new Error('other words'))],
  ])('are erased where they are %s', async (_which, confirmRecovery) => {
    const typed = toUtf8('one two three');
    const services = { sealed: { open: () => typed }, keys: { confirmRecovery } };
    const handlers = vaultCallHandlers(services as unknown as VaultServices);
    const input = { token: '', words: sealed, name: '' };
    await Promise.resolve(
      handlers['keys:confirm-recovery'](input, new AbortController().signal),
    ).catch(() => undefined);
    expect(typed.every((byte) => byte === 0)).toBe(true);
  });
});
