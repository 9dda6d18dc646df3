// Files of items in a real vault file: streamed without being held in memory, cleared away after a crash, gone when they
// are removed.
// SPDX-License-Identifier: MIT

import { statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hmacSha256 } from '../../../src/main/crypto/digest.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqlite-vault-store.ts';
import { attach, attachmentOf, patternBytes, readAttached } from '../../support/attached-files.ts';
import { loginItem } from '../../support/canary-items.ts';
import { checkAllRows, createTestVault, reopenTestVault } from '../../support/vault-fixture.ts';
import { VaultFolder } from '../../support/vault-folder.ts';
import { vaultTools } from '../../support/vault-tools.ts';

const MIB = 1024 * 1024;
const LARGE_MIB = 256;
/** What may be held beside the file: a megabyte on its way, SQLite's cache, and what waits to be collected. */
const HELD_BYTES = 160 * MIB;

async function makeVault(folder: VaultFolder, seed: string) {
  const tools = vaultTools(seed);
  const vault = await createTestVault(SqliteVaultStore.open(folder.file(), 'create'), tools);
  const id = vault.newItemId();
  vault.save(loginItem(id));
  return { vault, tools, id };
}

function held(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

it(
  `streams ${String(LARGE_MIB)} MiB in and out with a bounded memory`,
  { timeout: 300_000 },
  async () => {
    using folder = new VaultFolder();
    const { vault, id } = await makeVault(folder, 'large');
    const before = held();
    let highest = 0;
    const watch = (): void => {
      highest = Math.max(highest, held() - before);
    };
    const piece = patternBytes(MIB);
    const key = new Uint8Array(32);
    const digests: Buffer[] = [];
    const writer = vault.beginAttachment(id);
    for (let index = 0; index < LARGE_MIB; index += 1) {
      new DataView(piece.buffer).setUint32(8, index);
      digests.push(Buffer.from(hmacSha256(key, piece)));
      writer.write(piece);
      watch();
    }
    const head = writer.finish();
    const attachments = [attachmentOf(writer.id, LARGE_MIB * MIB)];
    vault.saveWithAttachment({ ...vault.get(id), attachments }, head);
    const written = highest;
    using reader = vault.attachments.read(id, writer.id);
    let chunks: Uint8Array[] = [];
    let read = 0;
    for (const chunk of reader.chunks()) {
      chunks.push(chunk);
      watch();
      if (chunks.length < 16) continue;
      const isSame = digests[read]?.equals(hmacSha256(key, ...chunks));
      if (isSame !== true) throw new Error(`another megabyte at ${String(read)}`);
      chunks = [];
      read += 1;
    }
    expect(read).toBe(LARGE_MIB);
    expect(statSync(folder.file()).size + statSync(`${folder.file()}-wal`).size).toBeGreaterThan(
      LARGE_MIB * MIB,
    );
    expect(written).toBeLessThan(HELD_BYTES);
    expect(highest).toBeLessThan(HELD_BYTES);
    vault.attachments.remove(vault.attachments.rows(id));
    vault.scrub();
    vault.close();
    // Removed for good: the file is small again.
    expect(statSync(folder.file()).size).toBeLessThan(MIB);
  },
);

it('drops the strays of a crash at the next opening and keeps the rest', async () => {
  using folder = new VaultFolder();
  const { vault, tools, id } = await makeVault(folder, 'strays');
  const kept = attach(vault, id, patternBytes(200_000));
  const writer = vault.beginAttachment(id);
  writer.write(patternBytes(3 * MIB));
  const numbers = vault.attachments.rows(id).map(({ number }) => number);
  // As after a crash: the vault is closed without the head having been stored.
  vault.close();
  const again = await reopenTestVault(SqliteVaultStore.open(folder.file()), tools);
  again.dropStrayChunks();
  expect(readAttached(again, id, kept)).toEqual(patternBytes(200_000));
  expect(checkAllRows(again)).toBe('intact');
  again.scrub();
  again.close();
  const store = SqliteVaultStore.open(folder.file());
  const strays = Array.from({ length: 10 }, (_, number) => number + 1).filter(
    (number) => !numbers.includes(number),
  );
  for (const number of strays) expect(store.readChunk(number, 0)).toBeNull();
  store.close();
  expect(statSync(folder.file()).size).toBeLessThan(MIB);
});
