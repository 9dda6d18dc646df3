// SPDX-License-Identifier: MIT

import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import { readyAead } from '../../../src/main/crypto/aead.ts';
import { CryptoError } from '../../../src/main/crypto/crypto-error.ts';
import {
  deriveKey,
  deriveVaultKeys,
  KEY_LABELS,
  randomItemKey,
  randomPasskeyKey,
  randomVaultRootKey,
  unwrapKey,
  wrapKey,
} from '../../../src/main/crypto/keys.ts';
import { toHex, toUtf8 } from '../../../src/shared/bytes.ts';
import { flipped } from '../../support/flipped-bits.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const vaultId = new Uint8Array(32).fill(3);

describe('KEY_LABELS', () => {
  it('gives no label twice', () => {
    const labels = Object.values(KEY_LABELS);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('deriveVaultKeys', () => {
  it('derives what an independent HKDF derives, a different key for each purpose', () => {
    using root = randomVaultRootKey(seededRandom('root'));
    using keys = deriveVaultKeys(root, vaultId);
    const names = ['header', 'wrap', 'passkey', 'manifest', 'meta', 'pack', 'pins'] as const;
    const derived = names.map((name) => keys[name].use(toHex));
    const expected = names.map((name) =>
      toHex(root.use((bytes) => hkdf(sha256, bytes, vaultId, toUtf8(`v1/${name}`), 32))),
    );
    expect(derived).toEqual(expected);
    expect(new Set(derived).size).toBe(names.length);
  });

  it('gives other keys for another root and another vault', () => {
    using root = randomVaultRootKey(seededRandom('root'));
    using other = randomVaultRootKey(seededRandom('other'));
    const all = [
      deriveVaultKeys(root, vaultId),
      deriveVaultKeys(other, vaultId),
      deriveVaultKeys(root, new Uint8Array(32)),
    ].map((keys) => keys.wrap.use(toHex));
    expect(new Set(all).size).toBe(3);
  });

  it('erases all keys when disposed', () => {
    using root = randomVaultRootKey(seededRandom('root'));
    const keys = deriveVaultKeys(root, vaultId);
    keys[Symbol.dispose]();
    for (const name of ['header', 'wrap', 'passkey', 'manifest', 'meta', 'pack', 'pins'] as const) {
      expect(keys[name].isDisposed).toBe(true);
    }
  });

  it('binds a context into the key', () => {
    using root = randomVaultRootKey(seededRandom('root'));
    const derive = (context?: Uint8Array): string => {
      const input = { label: 'slot', salt: vaultId } as const;
      return deriveKey(root, context ? { ...input, context } : input).use(toHex);
    };
    expect(new Set([derive(), derive(toUtf8('a')), derive(toUtf8('b'))]).size).toBe(3);
  });
});

describe('wrapKey and unwrapKey', () => {
  const random = seededRandom('wrap');
  const aad = toUtf8('place');

  it('gives the key and its note back', async () => {
    const aead = await readyAead();
    using keys = deriveVaultKeys(randomVaultRootKey(random), vaultId);
    using key = randomItemKey(random);
    const note = toUtf8('note');
    const sealed = wrapKey(aead, { key, under: keys.wrap, aad, random, note });
    const unwrapped = unwrapKey(aead, { sealed, under: keys.wrap, aad });
    expect(unwrapped.key.use(toHex)).toBe(key.use(toHex));
    expect(unwrapped.note).toEqual(note);
  });

  it('gives back every pair of keys that may be wrapped under one another', async () => {
    const aead = await readyAead();
    using root = randomVaultRootKey(random);
    using keys = deriveVaultKeys(root, vaultId);
    using kek = deriveKey(root, { label: 'kek', salt: vaultId });
    using quick = deriveKey(root, { label: 'quickUnlock', salt: vaultId });
    using passkeyKey = randomPasskeyKey(random);
    const place = { aad, random };
    const passkey = wrapKey(aead, { key: passkeyKey, under: keys.passkey, ...place });
    const opened = unwrapKey(aead, { sealed: passkey, under: keys.passkey, aad });
    expect(opened.key.use(toHex)).toBe(passkeyKey.use(toHex));
    expect(opened.note).toHaveLength(0);
    const underKek = wrapKey(aead, { key: root, under: kek, ...place });
    const underQuick = wrapKey(aead, { key: root, under: quick, ...place });
    const roots = [
      unwrapKey(aead, { sealed: underKek, under: kek, aad }),
      unwrapKey(aead, { sealed: underQuick, under: quick, aad }),
    ];
    for (const { key } of roots) expect(key.use(toHex)).toBe(root.use(toHex));
    expect(() => unwrapKey(aead, { sealed: underKek, under: quick, aad })).toThrow(CryptoError);
    expect(() => unwrapKey(aead, { sealed: underQuick, under: kek, aad })).toThrow(CryptoError);
  });

  it('refuses another wrapping key, another place, and a changed wrap', async () => {
    const aead = await readyAead();
    using keys = deriveVaultKeys(randomVaultRootKey(random), vaultId);
    using others = deriveVaultKeys(randomVaultRootKey(random), vaultId);
    using key = randomItemKey(random);
    const sealed = wrapKey(aead, { key, under: keys.wrap, aad, random });
    const attempts = [
      { sealed, under: others.wrap, aad },
      { sealed, under: keys.wrap, aad: toUtf8('other place') },
      { sealed: flipped(sealed, 30), under: keys.wrap, aad },
    ];
    for (const attempt of attempts) {
      expect(() => unwrapKey(aead, attempt)).toThrow(CryptoError);
    }
  });
});
