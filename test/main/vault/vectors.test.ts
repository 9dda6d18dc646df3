// The vectors of test/vectors/vault, read by the product and by the second implementation: both have to say of every one
// what the vector says. docs/vault-format.md is what they are vectors of.
// SPDX-License-Identifier: MIT

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { derivePasswordKey, type PasswordKdf } from '../../../src/main/crypto/password-kdf.ts';
import { SecretBytes } from '../../../src/main/crypto/secret-bytes.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import { hex } from '../../support/independent/bytes.ts';
import { writeVaultFile } from '../../support/independent/file.ts';
import { type Outcome, readVault } from '../../support/independent/read.ts';
import {
  expectedOf,
  type Family,
  secretFor,
  vaultOf,
  type Vector,
} from '../../support/independent/vectors/format.ts';
import { makeFamilies, printFamily, readFamily } from '../../support/independent/vectors/make.ts';
import { stretch } from '../../support/independent/vectors/scene.ts';
import { readByProduct } from '../../support/read-by-product.ts';

const FAMILIES = [
  ...['good', 'header', 'slot', 'unknown-role', 'meta', 'manifest', 'document', 'pack'],
  ...['wrap', 'body', 'body-seal', 'private-key', 'file', 'former-key', 'number'],
];
const families = FAMILIES.map((name) => JSON.parse(readFamily(name)) as Family);
const folder = mkdtempSync(join(tmpdir(), 'vault-vectors-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Argon2id of the product, once for each password, salt and cost. */
const known = new Map<string, Uint8Array>();
const deriveKey: PasswordKdf = async (password, salt, cost) => {
  const name = JSON.stringify([password.use(hex), hex(salt), cost]);
  const derived = known.get(name);
  if (derived) return SecretBytes.take(Uint8Array.from(derived));
  const key = await derivePasswordKey(password, salt, cost);
  known.set(
    name,
    key.use((bytes) => Uint8Array.from(bytes)),
  );
  return key;
};

let files = 0;

async function productSays(family: Family, vector: Vector): Promise<Outcome> {
  files += 1;
  const path = join(folder, `${String(files)}.latchkey`);
  writeVaultFile(path, vaultOf(family, vector));
  const secret = secretFor(family, vector);
  return await readByProduct(() => SqliteVaultStore.open(path), secret, deriveKey);
}

describe('the vectors', () => {
  it('are those that their script makes', () => {
    for (const family of makeFamilies()) {
      expect(readFamily(family.family) === printFamily(family), family.family).toBe(true);
    }
  }, 600_000);

  it('are at least 150, each of a name of its own, four bad ones for every good one', () => {
    const names = families.flatMap(({ vectors }) => vectors.map(({ name }) => name));
    const good = families.find(({ family }) => family === 'good')?.vectors.length ?? 0;
    expect(new Set(names).size).toBe(names.length);
    const bad = families.flatMap(({ family, vectors }) => (family === 'good' ? [] : vectors));
    const withoutFault = bad.filter(({ change, secret }) => change.length === 0 && !secret);
    expect(withoutFault).toEqual([]);
    expect(good).toBeGreaterThanOrEqual(36);
    expect(bad.length).toBeGreaterThanOrEqual(4 * good);
  });
});

describe.each(families.map((family) => [family.family, family] as const))('%s', (_, family) => {
  it.each(family.vectors.map((vector) => [vector.name, vector] as const))(
    '%s',
    async (_name, vector) => {
      const expected = expectedOf(family, vector);
      expect(readVault(vaultOf(family, vector), secretFor(family, vector), stretch)).toEqual(
        expected,
      );
      const said: unknown = await productSays(family, vector).catch((bug: unknown) => bug);
      expect(said).toEqual(expected);
    },
  );
});
