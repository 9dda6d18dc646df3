// What a slot costs on this machine: measured once, and once more where the measurement failed.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { DEFAULT_KDF, type PasswordKdf } from '../../../src/main/crypto/password-kdf.ts';
import { KdfPolicy } from '../../../src/main/services/kdf-policy.ts';
import { vaultTools } from '../../support/vault-tools.ts';

const { random, clock, kdf } = vaultTools('kdf policy');

function policy(failures: number): { readonly policy: KdfPolicy; readonly runs: () => number } {
  let runs = 0;
  const deriveKey: PasswordKdf = (password, salt, cost) => {
    runs += 1;
    if (runs <= failures) return Promise.reject(new Error('Memory allocation error'));
    return kdf.derive(password, salt, cost);
  };
  return { policy: new KdfPolicy({ deriveKey, random, clock, fixed: null }), runs: () => runs };
}

describe('the cost of a new slot', () => {
  it('is measured once for all who ask', async () => {
    const { policy: one, runs } = policy(0);
    const [a, b] = await Promise.all([one.calibrated(), one.calibrated()]);
    expect(await one.calibrated()).toEqual(a);
    expect(b).toEqual(a);
    expect(runs()).toBe(1);
  });

  it('is measured anew after a measurement that failed, and those who waited for that one hear of it', async () => {
    const { policy: one, runs } = policy(1);
    const both = await Promise.allSettled([one.calibrated(), one.calibrated()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(runs()).toBe(1);
    expect((await one.calibrated()).memoryKib).toBe(DEFAULT_KDF.memoryKib);
    expect(runs()).toBe(2);
  });

  it('can fail more than once', async () => {
    const { policy: one } = policy(2);
    await expect(one.calibrated()).rejects.toThrow('Memory');
    await expect(one.calibrated()).rejects.toThrow('Memory');
    await expect(one.calibrated()).resolves.toMatchObject({ lanes: DEFAULT_KDF.lanes });
  });
});
