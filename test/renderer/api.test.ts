// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { ApiError, sealing, toApi, toApiError } from '../../src/renderer/api.ts';
import type { TypedVaultApi, VaultApi } from '../../src/shared/ipc/window-api.ts';
import type { SealedSecret } from '../../src/shared/sealed-secret.ts';
import { SealedSecrets } from '../../src/main/services/sealed-secrets.ts';
import { systemRandom } from '../../src/main/crypto/random.ts';
import { type FakeAnswers, ok, refuse } from './support/fake-connection.ts';

const vaultWith = (part: FakeAnswers<'main'>) => toApi(part as TypedVaultApi<'main'>);

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

describe('sealing', () => {
  const typed = (): Uint8Array => new TextEncoder().encode('correct horse');
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

  /** A main side whose vault process is replaced by another one when `end` is called. */
  function mainSide() {
    const state = { process: new SealedSecrets(systemRandom), asked: 0, sent: [] as unknown[] };
    const take = (channel: 'vault:unlock' | 'vault:quick-unlock', sealed: SealedSecret | null) => {
      state.sent.push(sealed);
      if (sealed?.keyId !== state.process.key.keyId) {
        return refuse<null>('ipc/stale-sealing-key');
      }
      expect(text(state.process.open(channel, sealed))).toBe('correct horse');
      return ok(null);
    };
    const vault: Partial<VaultApi<'unlock'>> = {
      'vault:sealing-key': () => {
        state.asked += 1;
        return ok(state.process.key);
      },
      'vault:unlock': ({ secret }) =>
        take('vault:unlock', secret.type === 'password' ? secret.password : null),
      'vault:quick-unlock': ({ pin }) => take('vault:quick-unlock', pin),
      'vaults:list': () => ok([]),
    };
    const api = toApi(sealing(vault as VaultApi<'unlock'>));
    const unlock = (password: Uint8Array) =>
      api['vault:unlock']({ key: 'k', secret: { type: 'password', password } });
    return { state, api, unlock };
  }

  it('seals what was typed for the channel that it goes through', async () => {
    const { state, api, unlock } = mainSide();
    await unlock(typed());
    await api['vault:quick-unlock']({ key: 'k', pin: typed() });
    expect(state.asked).toBe(1);
    expect(JSON.stringify(state.sent)).not.toContain(JSON.stringify([...typed()]).slice(1, -1));
  });

  it('asks for no key where nothing was typed', async () => {
    const { state, api } = mainSide();
    expect(await api['vaults:list']({})).toEqual([]);
    expect(state.asked).toBe(0);
  });

  it('leaves the bytes to their owner', async () => {
    const { unlock } = mainSide();
    const password = typed();
    await unlock(password);
    expect(text(password)).toBe('correct horse');
  });

  it('fetches the key anew and tries once more where another process has taken over', async () => {
    const { state, unlock } = mainSide();
    await unlock(typed());
    state.process = new SealedSecrets(systemRandom);
    await unlock(typed());
    expect([state.asked, state.sent.length]).toEqual([2, 3]);
  });

  it('gives up after the second refusal', async () => {
    const sealed = toApi(
      sealing({
        'vault:sealing-key': () => ok(new SealedSecrets(systemRandom).key),
        'vault:quick-unlock': () => refuse('ipc/stale-sealing-key'),
      } as Partial<VaultApi<'unlock'>> as VaultApi<'unlock'>),
    );
    const input = { key: 'k', pin: typed() };
    await expect(sealed['vault:quick-unlock'](input)).rejects.toMatchObject({
      code: 'ipc/stale-sealing-key',
    });
  });

  it('sends nothing where there is no key', async () => {
    const sent: unknown[] = [];
    const sealed = toApi(
      sealing({
        'vault:sealing-key': () => refuse('ipc/vault-process-ended'),
        'vault:quick-unlock': (input) => {
          sent.push(input);
          return ok(null);
        },
      } as Partial<VaultApi<'unlock'>> as VaultApi<'unlock'>),
    );
    const input = { key: 'k', pin: typed() };
    await expect(sealed['vault:quick-unlock'](input)).rejects.toMatchObject({
      code: 'ipc/vault-process-ended',
    });
    expect(sent).toEqual([]);
  });

  it('does not keep a failure: the next one asks for the key again', async () => {
    const { state, api } = mainSide();
    const ask = { fails: true };
    const moody = toApi(
      sealing({
        'vault:sealing-key': () =>
          ask.fails ? refuse('ipc/vault-process-ended') : ok(state.process.key),
        'vault:quick-unlock': () => ok(null),
      } as Partial<VaultApi<'unlock'>> as VaultApi<'unlock'>),
    );
    const input = { key: 'k', pin: typed() };
    await expect(moody['vault:quick-unlock'](input)).rejects.toThrow();
    ask.fails = false;
    await expect(moody['vault:quick-unlock'](input)).resolves.toBeNull();
    await expect(api['vault:quick-unlock'](input)).resolves.toBeNull();
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
