import { beforeEach, describe, expect, it } from 'vitest';
import { toHex, toUtf8 } from '../../../src/shared/bytes.ts';
import { AppError } from '../../../src/shared/errors.ts';
import type { Keystore } from '../../../src/main/shell/keystore.ts';
import { QuickUnlock } from '../../../src/main/shell/quick-unlock.ts';
import type { VaultSession } from '../../../src/main/shell/vault-session.ts';
import type { SealedSecret } from '../../../src/shared/sealed-secret.ts';
import { code } from '../../support/error-code.ts';
import { HandClock } from '../../support/hand-clock.ts';

const PATH = '/vaults/Personal.latchkey';
const STALE = 'ff'.repeat(16);
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Main never looks into it. */
const sealed = (text: string): SealedSecret => ({
  ...{ keyId: '00'.repeat(16), enc: new Uint8Array(32), ciphertext: toUtf8(text) },
});
const present = () => ({ type: 'password', password: sealed('secret') }) as const;

/** A vault process that knows one PIN and hears what it is asked. */
class Session implements Pick<VaultSession, 'call' | 'openPath'> {
  openPath: string | null = PATH;
  readonly asked: { readonly name: string; readonly guarded: string; readonly pin: string }[] = [];

  call(name: string, input: unknown): Promise<never> {
    const { guarded, pin } = input as { guarded: Uint8Array; pin: SealedSecret | null };
    const typed = new TextDecoder().decode(pin?.ciphertext ?? new Uint8Array(0));
    this.asked.push({ name, guarded: toHex(guarded), pin: typed });
    if (pin?.keyId === STALE)
      return Promise.reject(new AppError('ipc/stale-sealing-key', 'another'));
    const answer =
      name === 'quick-unlock:seal'
        ? { salt: new Uint8Array(16), sealed: new Uint8Array(72).fill(1) }
        : typed === '123456' || pin === null;
    return Promise.resolve(answer as never);
  }
}

class TestKeystore implements Keystore {
  isThere = true;
  finger: 'right' | 'wrong' | null = null;

  isReal = () => Promise.resolve(this.isThere);
  seal = (text: string) => Promise.resolve(toUtf8(`sealed ${text}`));
  open = (sealed: Uint8Array) =>
    Promise.resolve(new TextDecoder().decode(sealed).replace('sealed ', ''));
  hasTouchId = (): boolean => this.finger !== null;
  promptTouchId = (): Promise<void> =>
    this.finger === 'right' ? Promise.resolve() : Promise.reject(new Error('no'));
}

let clock: HandClock;
let session: Session;
let keystore: TestKeystore;
let quick: QuickUnlock;

beforeEach(() => {
  clock = new HandClock();
  session = new Session();
  keystore = new TestKeystore();
  const randomBytes = (length: number) => new Uint8Array(length).fill(9);
  quick = new QuickUnlock({ session, keystore, clock, randomBytes });
});

const set = (pin: string | null = '123456') =>
  quick.set(present(), pin === null ? null : sealed(pin));
const unlock = (pin: string | null) => quick.unlock(PATH, pin === null ? null : sealed(pin));

describe('QuickUnlock', () => {
  it('is off until it is set, and opens with the guarded bytes of the keystore', async () => {
    expect(await quick.stateOf(PATH)).toEqual({ is: 'off' });
    expect(await set()).toMatchObject({ is: 'ready', by: 'pin', triesLeft: 5 });
    await unlock('123456');
    const guarded = '09'.repeat(32);
    expect(session.asked.map((one) => one.guarded)).toEqual([guarded, guarded]);
  });

  it('counts a try before anything is derived, and is gone after five', async () => {
    await set();
    for (const left of [4, 3, 2, 1]) {
      await expect(unlock('000001')).rejects.toMatchObject({
        code: 'vault/wrong-password',
        details: { triesLeft: left },
      });
      expect(await quick.stateOf(PATH)).toMatchObject({ triesLeft: left });
    }
    await expect(unlock('000001')).rejects.toThrow(code('keys/no-tries-left'));
    expect(await quick.stateOf(PATH)).toEqual({ is: 'off' });
    const before = session.asked.length;
    await expect(unlock('123456')).rejects.toThrow(code('keys/no-tries-left'));
    expect(session.asked).toHaveLength(before);
  });

  it('counts a try that was cut off as used', async () => {
    await set();
    session.call = async () => {
      expect(await quick.stateOf(PATH)).toMatchObject({ triesLeft: 4 });
      throw new Error('the process ended');
    };
    await expect(unlock('123456')).rejects.toThrow();
    expect(await quick.stateOf(PATH)).toMatchObject({ triesLeft: 4 });
  });

  it('counts no try for a PIN that was sealed to a process that is gone', async () => {
    await set();
    const stale = { ...sealed('123456'), keyId: STALE };
    await expect(quick.unlock(PATH, stale)).rejects.toThrow(code('ipc/stale-sealing-key'));
    expect(await quick.stateOf(PATH)).toMatchObject({ is: 'ready', triesLeft: 5 });
  });

  it('has all tries again after the right PIN', async () => {
    await set();
    await expect(unlock('000001')).rejects.toThrow();
    await unlock('123456');
    expect(await quick.stateOf(PATH)).toMatchObject({ triesLeft: 5 });
  });

  it('ends after seven days, and with every reason to', async () => {
    await set();
    clock.turn(7 * DAY_MS - 1);
    expect(await quick.stateOf(PATH)).toMatchObject({ is: 'ready' });
    clock.turn(1);
    expect(await quick.stateOf(PATH)).toEqual({ is: 'off' });
    await set();
    quick.forget();
    expect(await quick.stateOf(PATH)).toEqual({ is: 'off' });
  });

  it('is for one vault', async () => {
    await set();
    expect(await quick.stateOf('/vaults/Other.latchkey')).toEqual({ is: 'off' });
    await expect(quick.unlock('/vaults/Other.latchkey', sealed('123456'))).rejects.toThrow(
      code('keys/no-tries-left'),
    );
  });

  it('is refused where the keystore is not real', async () => {
    keystore.isThere = false;
    expect(await quick.stateOf(PATH)).toEqual({ is: 'unavailable', reason: 'no-keystore' });
    await expect(set()).rejects.toThrow(code('keys/no-keystore'));
    expect(session.asked).toEqual([]);
  });

  it('is refused where no vault is open', async () => {
    session.openPath = null;
    await expect(set()).rejects.toThrow(code('vault/locked'));
  });

  it('opens nothing for a finger that comes when nobody waits for it any more', async () => {
    keystore.finger = 'right';
    await quick.set(present(), null);
    const tries = new AbortController();
    const finger = Promise.withResolvers<undefined>();
    keystore.promptTouchId = () => finger.promise;
    const trying = quick.unlock(PATH, null, { signal: tries.signal });
    tries.abort();
    finger.resolve(undefined);
    await expect(trying).rejects.toEqual(code('ipc/cancelled'));
    expect(session.asked.map(({ name }) => name)).toEqual(['quick-unlock:seal']);
    expect(await quick.stateOf(PATH)).toMatchObject({ is: 'ready', triesLeft: 5 });
    await quick.unlock(PATH, null);
  });

  it('asks for the finger where it was set without a PIN, and for nothing else', async () => {
    await expect(set(null)).rejects.toThrow(code('keys/no-keystore'));
    keystore.finger = 'wrong';
    expect(await set(null)).toMatchObject({ is: 'ready', by: 'touch-id' });
    await expect(unlock(null)).rejects.toThrow(code('ipc/cancelled'));
    expect(await quick.stateOf(PATH)).toMatchObject({ triesLeft: 5 });
    await expect(unlock('123456')).rejects.toThrow(code('keys/no-tries-left'));
    keystore.finger = 'right';
    await unlock(null);
    expect(session.asked.at(-1)).toMatchObject({ name: 'quick-unlock:open', pin: '' });
  });
});
