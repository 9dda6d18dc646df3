// One suite seals what is stored. Another cipher's name in the source means another format, or a way back to a weaker
// one, and has to be let in here with its reason.
// SPDX-License-Identifier: MIT

import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const NAMES =
  /\baes[-_\d]|a(128|256)gcm|chacha20|salsa20|secretbox|\bdes-|blowfish|twofish|camellia|\brc4/i;
const ALLOWED: Readonly<Record<string, string>> = {
  'src/main/crypto/aead.ts': 'the one cipher of the vault format, XChaCha20-Poly1305',
  'src/main/vault/aad.ts': 'names that suite',
  'src/main/transfer/export-header.ts': 'names that suite',
  'src/shared/hpke-suite.ts': 'AES-256-GCM inside HPKE, between processes: nothing stored is of it',
  'src/main/crypto/hpke.ts': 'AES-256-GCM inside HPKE, as above',
  'src/renderer/secrets/hpke-seal.ts': 'AES-256-GCM inside HPKE, as above',
};
/** Formats of others, read and written as they are. */
const FOREIGN = 'src/main/ssh/';

describe('the ciphers in the source', () => {
  it('are those that are named here, each for its reason', () => {
    const found = globSync('src/**/*.{ts,tsx}', { cwd: root })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => !path.startsWith(FOREIGN))
      .filter((path) => NAMES.test(readFileSync(resolve(root, path), 'utf8')));
    expect(found.sort()).toEqual(Object.keys(ALLOWED).sort());
  });
});
