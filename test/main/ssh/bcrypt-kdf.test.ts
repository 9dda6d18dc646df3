// SPDX-License-Identifier: MIT

import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { deriveBcryptKey } from '../../../src/main/ssh/bcrypt-kdf.ts';
import { toHex, toUtf8 } from '../../../src/shared/bytes.ts';

type Pbkdf = (
  ...args: [Uint8Array, number, Uint8Array, number, Uint8Array, number, number]
) => number;
const { pbkdf } = createRequire(import.meta.url)('bcrypt-pbkdf') as { pbkdf: Pbkdf };

describe('deriveBcryptKey', () => {
  // OpenBSD, regress/lib/libutil/bcrypt_pbkdf.
  it.each([
    [4, '5bbf0cc293587f1c3635555c27796598d47e579071bf427e9d8fbe842aba34d9'],
    [12, '1ae42c05d487bc02f64921a4ebe4ea93bcacfe135fda99974c06b7b01fae149a'],
  ])('gives the known answer after %i rounds', async (rounds, expected) => {
    const key = await deriveBcryptKey(toUtf8('password'), {
      salt: toUtf8('salt'),
      rounds,
      length: 32,
    });
    expect(toHex(key)).toBe(expected);
  });

  it.each([1, 31, 32, 33, 40, 44, 48, 64, 65, 100])(
    'agrees with the loop of the package for %i bytes',
    async (length) => {
      const [passphrase, salt] = [toUtf8('пароль'), toUtf8('0123456789abcdef')];
      const expected = new Uint8Array(length);
      const { length: saltLength } = salt;
      expect(pbkdf(passphrase, passphrase.length, salt, saltLength, expected, length, 2)).toBe(0);
      const key = await deriveBcryptKey(passphrase, { salt, rounds: 2, length });
      expect(toHex(key)).toBe(toHex(expected));
    },
  );

  it('lets others have their turn between rounds', async () => {
    let isDone = false;
    let turns = 0;
    const count = (): void => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await deriveBcryptKey(toUtf8('p'), { salt: toUtf8('s'), rounds: 8, length: 64 });
    isDone = true;
    expect(turns).toBeGreaterThanOrEqual(15);
  });

  it('stops at once when called off', async () => {
    const stopping = new AbortController();
    const input = { salt: toUtf8('s'), rounds: 1e9, length: 32, signal: stopping.signal };
    const deriving = deriveBcryptKey(toUtf8('p'), input);
    setImmediate(() => {
      stopping.abort(new Error('called off'));
    });
    await expect(deriving).rejects.toThrow('called off');
  });

  it.each([
    ['no passphrase', { passphrase: '', salt: 's', rounds: 1, length: 32 }],
    ['no salt', { passphrase: 'p', salt: '', rounds: 1, length: 32 }],
    ['no rounds', { passphrase: 'p', salt: 's', rounds: 0, length: 32 }],
    ['no length', { passphrase: 'p', salt: 's', rounds: 1, length: 0 }],
    ['too long a key', { passphrase: 'p', salt: 's', rounds: 1, length: 1025 }],
  ])('refuses %s', async (_, { passphrase, salt, ...rest }) => {
    const deriving = deriveBcryptKey(toUtf8(passphrase), { salt: toUtf8(salt), ...rest });
    await expect(deriving).rejects.toThrow('the caller checks');
  });
});
