// The worked example of docs/vault-format.md: the page shows what both implementations compute, and the product opens it.
// SPDX-License-Identifier: MIT

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { derivePasswordKey } from '../../../src/main/crypto/password-kdf.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import { writeVaultFile } from '../../support/independent/file.ts';
import { stretchByArgon2id } from '../../support/independent/primitives.ts';
import { printDocument, readDocument } from '../../support/independent/vectors/make.ts';
import { EXAMPLE_SECRET, exampleWriter } from '../../support/independent/worked-example.ts';
import { readByProduct } from '../../support/read-by-product.ts';

const folder = mkdtempSync(joinPath(tmpdir(), 'worked-example-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the worked example', () => {
  it('stands in the document as it is computed', () => {
    expect(readDocument() === printDocument()).toBe(true);
  });

  it('is a vault that the product opens', async () => {
    const path = joinPath(folder, 'example.latchkey');
    const made = exampleWriter(stretchByArgon2id);
    writeVaultFile(path, made.build());
    const read = await readByProduct(
      () => SqliteVaultStore.open(path),
      EXAMPLE_SECRET,
      derivePasswordKey,
    );
    expect(read).toEqual({ opened: made.contents() });
  });
});
