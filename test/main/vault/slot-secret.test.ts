// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/main/crypto/digest.ts';
import { KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';
import type { SlotFields } from '../../../src/main/vault/key-slot.ts';
import {
  deriveSlotSecret,
  digestKeyFile,
  type UnlockSecret,
} from '../../../src/main/vault/slot-secret.ts';
import { toHex, toUtf8 } from '../../../src/shared/bytes.ts';
import { keyFileSecret, passwordSecret, recoverySecret } from '../../support/unlock-secrets.ts';
import { QuickKdf } from '../../support/vault-tools.ts';

const salt = new Uint8Array(16).fill(7);
const fieldsOf = (type: SlotFields['type']): SlotFields =>
  type === 'recovery' ? { type, kdf: null } : { type, kdf: KDF_FLOOR };

async function derive(secret: UnlockSecret, fields = fieldsOf(secret.type)) {
  const kdf = new QuickKdf();
  using derived = await deriveSlotSecret(secret, { ...fields, salt }, kdf.derive);
  return { hex: derived.use(toHex), runs: kdf.runs };
}

describe('deriveSlotSecret', () => {
  it('runs the KDF once for a password and not at all for a recovery key', async () => {
    expect((await derive(passwordSecret())).runs).toEqual([KDF_FLOOR]);
    expect((await derive(keyFileSecret('file'))).runs).toEqual([KDF_FLOOR]);
    expect((await derive(recoverySecret('a'))).runs).toEqual([]);
  });

  it('puts the digest of the key file behind what the password gives', async () => {
    const password = await derive(passwordSecret());
    const both = await derive(keyFileSecret('file'));
    expect(both.hex).toBe(password.hex + toHex(sha256(toUtf8('file'))));
    expect((await derive(recoverySecret('a'))).hex).toBe(recoverySecret('a').key.use(toHex));
  });

  it('depends on password, key file, salt and cost', async () => {
    const all = [
      await derive(keyFileSecret('file')),
      await derive(keyFileSecret('File')),
      await derive(keyFileSecret('')),
      await derive(keyFileSecret('file', 'other')),
      await derive(keyFileSecret('file'), {
        type: 'password-key-file',
        kdf: { ...KDF_FLOOR, passes: 4 },
      }),
    ];
    expect(new Set(all.map(({ hex }) => hex)).size).toBe(all.length);
  });

  it('leaves the secret to its owner', async () => {
    const secret = keyFileSecret('file');
    await derive(secret);
    if (secret.type !== 'password-key-file') throw new Error('another secret');
    expect([secret.password.isDisposed, secret.keyFile.isDisposed]).toEqual([false, false]);
    const recovery = recoverySecret('a');
    await derive(recovery);
    expect(recovery.key.isDisposed).toBe(false);
  });

  it('takes a secret of another type for the bug it is, before any work', async () => {
    const secrets = [passwordSecret(), keyFileSecret('f'), recoverySecret('a')];
    for (const secret of secrets) {
      for (const other of secrets) {
        if (secret.type === other.type) continue;
        await expect(derive(secret, fieldsOf(other.type))).rejects.toThrow('another type');
      }
    }
  });
});

describe('digestKeyFile', () => {
  it('is of any file, also an empty one', () => {
    for (const text of ['', 'x', 'y'.repeat(100_000)]) {
      expect(digestKeyFile(toUtf8(text)).use(toHex)).toBe(toHex(sha256(toUtf8(text))));
    }
  });

  it('leaves the file as it was', () => {
    const content = toUtf8('key file');
    digestKeyFile(content);
    expect(content).toEqual(toUtf8('key file'));
  });
});
