// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { assertRowSizes, ROW_LIMITS } from '../../../src/main/vault/row-limits.ts';
import type { VaultChange } from '../../../src/main/vault/vault-store.ts';
import type { DeviceId, ItemId } from '../../../src/shared/brand.ts';

const deviceId = 'dd'.repeat(16) as DeviceId;
const id = 'aa'.repeat(16) as ItemId;
const revision = { lamport: 1, deviceId };
const keys = { id, version: 1, deviceId, epoch: 1 };
const of = (length: number): Uint8Array => new Uint8Array(length);

/** A change with a row of `length` sealed bytes in each of the columns. */
const changes: Readonly<
  Record<Exclude<keyof typeof ROW_LIMITS, 'chunk'>, (length: number) => VaultChange>
> = {
  object: (length) => ({ objects: [{ role: 'meta', revision, epoch: 1, sealed: of(length) }] }),
  pack: (length) => ({ packs: [{ number: 1, revision, epoch: 1, sealed: of(length) }] }),
  itemKey: (length) => ({ keys: [{ ...keys, itemKey: of(length), passkeyKey: of(72) }] }),
  passkeyKey: (length) => ({ keys: [{ ...keys, itemKey: of(76), passkeyKey: of(length) }] }),
  body: (length) => ({
    bodies: [{ id, revision, schema: 1, keyVersion: 1, keyDevice: deviceId, body: of(length) }],
  }),
  attachment: (length) => ({
    attachments: [
      {
        ...{ number: 1, id: 'bb'.repeat(16), itemId: id, keyVersion: 1, keyDevice: deviceId },
        ...{ revision, sealed: of(length) },
      },
    ],
  }),
};

describe('rows', () => {
  it.each(Object.entries(changes))('of a %s are as large as they may be', (column, change) => {
    const most = ROW_LIMITS[column as keyof typeof ROW_LIMITS];
    assertRowSizes(change(most));
    expect(() => {
      assertRowSizes(change(most + 1));
    }).toThrow(
      expect.objectContaining({ code: 'vault/too-large', details: { column, maxBytes: most } }),
    );
  });

  it('that do not come are no matter', () => {
    assertRowSizes({ erasedItems: [id], removedPacks: [3], removedAttachments: [1] });
  });
});
