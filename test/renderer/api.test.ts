// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { ApiError, toApi, toApiError } from '../../src/renderer/api.ts';
import type { VaultApi } from '../../src/shared/ipc/window-api.ts';
import { ok, refuse } from './support/fake-connection.ts';

const vaultWith = (part: Partial<VaultApi<'main'>>) => toApi(part as VaultApi<'main'>);

describe('toApi', () => {
  it('resolves with the value of a good envelope', async () => {
    const api = vaultWith({ 'vault:status': () => ok({ isUnlocked: true, name: 'Personal' }) });
    expect(await api['vault:status']({})).toEqual({ isUnlocked: true, name: 'Personal' });
  });

  it('hands the input through untouched', async () => {
    const seen: unknown[] = [];
    const api = vaultWith({
      'clipboard:copy-secret': (input) => {
        seen.push(input);
        return ok({ clearAfterMs: 1 });
      },
    });
    const input = { text: 'x' };
    await api['clipboard:copy-secret'](input);
    expect(seen).toEqual([input]);
  });

  it('rejects with the code and the details of a bad envelope', async () => {
    const api = vaultWith({
      'vault:lock': () =>
        Promise.resolve({
          ok: false,
          error: { code: 'vault/write-failed', details: { bytes: 12 } },
        }),
    });
    await expect(api['vault:lock']({})).rejects.toMatchObject({
      name: 'ApiError',
      code: 'vault/write-failed',
      details: { bytes: 12 },
    });
  });

  it('rejects with an internal error when the door itself fails', async () => {
    const api = vaultWith({ 'vault:lock': () => Promise.reject(new Error('no handler')) });
    await expect(api['vault:lock']({})).rejects.toMatchObject({ code: 'ipc/internal' });
  });
});

describe('toApiError', () => {
  it('keeps an ApiError as it is', async () => {
    const api = vaultWith({ 'vault:lock': () => refuse('vault/locked') });
    const error: unknown = await api['vault:lock']({}).catch((reason: unknown) => reason);
    expect(toApiError(error)).toBe(error);
  });

  it('wraps anything else with its cause', () => {
    const cause = new TypeError('boom');
    const error = toApiError(cause);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'ipc/internal', cause });
  });
});
