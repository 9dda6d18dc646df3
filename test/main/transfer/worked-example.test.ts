// The worked example of docs/export-format.md: made by the product, and every value that the page prints made again by the
// independent implementation.
// SPDX-License-Identifier: MIT

import { argon2Sync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ItemId } from '../../../src/shared/brand.ts';
import { toUtf8 } from '../../../src/shared/bytes.ts';
import { toCanonicalJson } from '../../../src/shared/canonical-json.ts';
import { derivePasswordKey } from '../../../src/main/crypto/password-kdf.ts';
import { NOTHING_MORE, type Item } from '../../../src/main/vault/item.ts';
import { entryOf, exportOf, PASSWORD } from './export-fixtures.ts';
import { decodeContainer, keysOf, macOf, sha256 } from './independent-export.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/export-format.md'), 'utf8');

const NOTE: Item = {
  ...NOTHING_MORE,
  id: '00'.repeat(16) as ItemId,
  kind: 'note',
  title: 'Gate',
  note: '4711',
  fields: {},
  createdAt: 1_789_999_999_000,
  modifiedAt: 1_790_000_000_000,
};

/** 00 01 02 … in the order in which random bytes are asked for. */
function counting() {
  let next = 0;
  return { bytes: (length: number) => Uint8Array.from({ length }, () => next++ & 0xff) };
}

const slowKey = (fields: Uint8Array) =>
  argon2Sync('argon2id', {
    ...{ message: PASSWORD, nonce: fields.subarray(25, 41), parallelism: 1, tagLength: 32 },
    ...{ memory: 65_536, passes: 3 },
  });

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the worked example of the format', () => {
  it('is what the product writes and what the independent implementation makes of it', async () => {
    const entry = entryOf(NOTE, toUtf8('hello'));
    const attachments = entry.item.attachments.map((one) => ({ ...one, name: 'a.txt' }));
    const item = { ...entry.item, attachments } as Item;
    const file = await exportOf([{ ...entry, item }], {
      ...{ derive: derivePasswordKey, random: counting() },
    });
    const fields = file.subarray(0, 65);
    const passwordKey = slowKey(fields);
    const keys = keysOf(passwordKey, fields);
    const { manifest, entries } = decodeContainer(file, slowKey);
    const json = toCanonicalJson(entries[0]?.item);
    const printed = {
      fields: hex(fields),
      P: hex(passwordKey),
      K_mac: hex(keys.mac),
      K_stream: hex(keys.stream),
      headerMAC: hex(macOf(keys, fields)),
      checksum: hex(file.subarray(97, 129)),
      manifest: toCanonicalJson(manifest),
      item: json,
      body: hex(Buffer.concat([length(json.length), Buffer.from(json), length(0)])).slice(0, 32),
      chunk0: hex(file.subarray(129, 129 + 40)),
      chunk1: hex(file.subarray(129 + 552, 129 + 552 + 40)),
      chunk2: hex(file.subarray(-72)),
      sha256: hex(sha256(file)),
      length: `${file.length} bytes`,
    };
    for (const [name, value] of Object.entries(printed)) {
      expect(page.replaceAll(/\s/g, ''), name).toContain(value.replaceAll(/\s/g, ''));
    }
    expect(entries[0]?.files).toEqual([Buffer.from('hello')]);
  });
});

function length(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
