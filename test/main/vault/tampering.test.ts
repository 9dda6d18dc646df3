// An attacker who can write the vault file and has no key: what was changed at rest is refused or reported, and what was
// left alone still opens, with its newest content (threats H4, K10, L8).
// SPDX-License-Identifier: MIT

import { beforeAll, describe, expect, it } from 'vitest';
import type { SealedBody, SealedItemKeys } from '../../../src/main/vault/sealed-item.ts';
import type { UnlockedVault } from '../../../src/main/vault/unlocked-vault.ts';
import type { DeviceId, ItemId } from '../../../src/shared/brand.ts';
import { attach, patternBytes } from '../../support/attached-files.ts';
import { loginItem, passkeyItem, privateKeyBytes } from '../../support/canary-items.ts';
import { code } from '../../support/error-code.ts';
import { flipped } from '../../support/flipped-bits.ts';
import { type MemoryVaultFile, MemoryVaultStore } from '../../support/memory-vault-store.ts';
import { passwordSecret, secret } from '../../support/unlock-secrets.ts';
import { checkAllRows, createTestVault, reopenTestVault } from '../../support/vault-fixture.ts';
import { vaultTools } from '../../support/vault-tools.ts';
import { KDF_FLOOR } from '../../../src/main/crypto/password-kdf.ts';

const ITEMS = 80;
const tools = vaultTools('tampering');
const damaged = code('vault/item-damaged');
const device = 'ee'.repeat(16) as DeviceId;
/** The newest state, and authentic older ones of the same vault. */
let file: MemoryVaultFile;
const older: MemoryVaultFile[] = [];
/** What every item is in the newest state, by id. */
const titles = new Map<ItemId, string>();
let revision = 0;

beforeAll(async () => {
  const store = new MemoryVaultStore();
  using vault = await createTestVault(store, tools);
  const keep = (): void => {
    older.push(structuredClone(store.file));
  };
  for (let index = 0; index < ITEMS; index += 1) {
    const id = vault.newItemId();
    // All of one size, of two kinds by turns: nothing but the cryptography can tell them apart.
    if (index % 2 === 0) vault.save(loginItem(id));
    else vault.save(passkeyItem(id), privateKeyBytes(id));
    titles.set(id, index % 2 === 0 ? 'Canary-title' : 'Canary-passkey');
  }
  keep();
  const ids = [...titles.keys()];
  for (const [index, id] of ids.entries()) {
    if (index % 5 !== 0) continue;
    titles.set(id, `renamed ${String(index)}`);
    vault.save({ ...vault.get(id), title: `renamed ${String(index)}` });
  }
  keep();
  attach(vault, ids[1] ?? vault.newItemId(), patternBytes(70_000));
  vault.saveDocument('savedSearches', [{ id: '00'.repeat(8), name: 'weak', text: 'is:weak' }]);
  keep();
  await vault.access.changePassword(
    passwordSecret(),
    secret('correct horse battery staple'),
    KDF_FLOOR,
  );
  vault.save({ ...vault.get(ids[2] ?? vault.newItemId()), note: 'last' });
  revision = vault.revision;
  file = structuredClone(store.file);
});

async function openWith(change: (copy: MemoryVaultFile) => void): Promise<UnlockedVault> {
  const copy = structuredClone(file);
  change(copy);
  return await reopenTestVault(new MemoryVaultStore(copy), tools);
}

/** Everything is there with its newest content but what is `lost`; and whatever was done is reported. */
function assertReported(vault: UnlockedVault, lost: readonly ItemId[] = []): void {
  for (const [id, title] of titles) {
    if (lost.includes(id)) continue;
    expect(vault.get(id).title).toBe(title);
    expect(vault.overview(id)?.title).toBe(title);
  }
  expect(checkAllRows(vault)).toBe('not-intact');
  expect(vault.revision).toBeGreaterThanOrEqual(revision);
}

/** The vault goes on, and still says it after the next save and the next unlock. */
async function assertStaysReported(
  change: (copy: MemoryVaultFile) => void,
  lost: readonly ItemId[] = [],
) {
  const copy = structuredClone(file);
  change(copy);
  const first = await reopenTestVault(new MemoryVaultStore(copy), tools);
  assertReported(first, lost);
  const added = loginItem(first.newItemId());
  first.save(added);
  const reached = first.revision;
  first.close();
  using second = await reopenTestVault(new MemoryVaultStore(copy), tools);
  assertReported(second, lost);
  expect(second.get(added.id)).toEqual(added);
  expect(second.revision).toBeGreaterThanOrEqual(reached);
}

function at<Row>(rows: readonly Row[], index: number): Row {
  const row = rows.at(index);
  if (row === undefined) throw new Error(`the fixture has no row ${String(index)}`);
  return row;
}

describe('an untouched vault', () => {
  it('is intact, and its older states were', async () => {
    for (const state of [file, ...older]) {
      using vault = await reopenTestVault(new MemoryVaultStore(structuredClone(state)), tools);
      expect(checkAllRows(vault)).toBe('intact');
      expect([...vault.damaged]).toEqual([]);
      expect(vault.size).toBe(ITEMS);
    }
  });
});

describe('a row of bodies that was changed', () => {
  const changes: ((row: SealedBody) => SealedBody)[] = [
    (row) => ({ ...row, id: 'ff'.repeat(16) as ItemId }),
    (row) => ({ ...row, revision: { ...row.revision, deviceId: device } }),
    (row) => ({ ...row, revision: { ...row.revision, lamport: 2 ** 53 - 1 } }),
    (row) => ({ ...row, schema: 2 }),
    (row) => ({ ...row, keyVersion: 2 }),
    (row) => ({ ...row, body: flipped(row.body, row.body.length - 1) }),
    (row) => ({ ...row, body: row.body.subarray(0, 30) }),
    (row) => ({ ...row, body: new Uint8Array(0) }),
  ];

  it('is refused and reported, and the others are there', async () => {
    for (const change of changes) {
      const { id } = at(file.bodies, 3);
      using vault = await openWith((copy) => {
        copy.bodies[3] = change(at(copy.bodies, 3));
      });
      expect(() => vault.get(id)).toThrow(damaged);
      expect(() => {
        vault.save(loginItem(id));
      }).toThrow(damaged);
      vault.probe(id);
      expect([...vault.damaged]).toEqual([id]);
      assertReported(vault, [id]);
      await assertStaysReported(
        (copy) => {
          copy.bodies[3] = change(at(copy.bodies, 3));
        },
        [id],
      );
    }
  });

  it('does not use the counter up', async () => {
    using vault = await openWith((copy) => {
      const row = at(copy.bodies, 3);
      copy.bodies.push({ ...row, revision: { ...row.revision, lamport: 2 ** 53 - 1 } });
      copy.objects = copy.objects.filter(({ role }) => role !== 'manifest');
    });
    expect(vault.revision).toBeLessThan(2 ** 22);
    vault.save(loginItem(vault.newItemId()));
    assertReported(vault);
  });
});

describe('a row of keys that was changed', () => {
  const changes: ((row: SealedItemKeys) => SealedItemKeys)[] = [
    (row) => ({ ...row, epoch: 2 }),
    (row) => ({ ...row, version: 2 }),
    (row) => ({ ...row, deviceId: device }),
    (row) => ({ ...row, itemKey: flipped(row.itemKey, 30) }),
    (row) => ({ ...row, itemKey: new Uint8Array(0) }),
  ];

  it('is refused and reported, and the others are there', async () => {
    for (const change of changes) {
      const { id } = at(file.keys, 4);
      const meddle = (copy: MemoryVaultFile): void => {
        copy.keys[4] = change(at(copy.keys, 4));
      };
      using vault = await openWith(meddle);
      expect(() => vault.get(id)).toThrow(damaged);
      await assertStaysReported(meddle, [id]);
    }
  });

  it('costs a passkey its private key and nothing else where that one key was changed', async () => {
    const id = [...titles.keys()][1] ?? ('' as ItemId);
    const meddle = (copy: MemoryVaultFile): void => {
      copy.keys = copy.keys.map((row) =>
        row.id === id ? { ...row, passkeyKey: flipped(row.passkeyKey, 40) } : row,
      );
    };
    using vault = await openWith(meddle);
    expect(() => vault.openPrivateKey(id)).toThrow(damaged);
    for (const one of titles.keys()) vault.probe(one);
    expect([...vault.damaged]).toEqual([id]);
    await assertStaysReported(meddle);
  });
});

describe('rows that were taken away, doubled or put back', () => {
  const tables = ['bodies', 'keys', 'attachments', 'packs', 'objects'] as const;

  it.each(tables)('are noticed for every single row of the %s that was removed', async (table) => {
    for (let index = 0; index < file[table].length; index += 1) {
      const row = at<MemoryVaultFile[typeof table][number]>(file[table], index);
      if ('role' in row && row.role === 'meta') continue;
      const isOwn = 'id' in row && !('number' in row);
      using vault = await openWith((copy) => {
        copy[table].splice(index, 1);
      });
      assertReported(vault, isOwn ? [row.id] : []);
    }
  });

  it('are refused for a vault without its meta object', async () => {
    const copy = structuredClone(file);
    copy.objects = copy.objects.filter(({ role }) => role !== 'meta');
    await expect(reopenTestVault(new MemoryVaultStore(copy), tools)).rejects.toThrow(
      code('vault/corrupt'),
    );
  });

  it.each(tables)('are noticed for every single row of the %s that was doubled', async (table) => {
    for (let index = 0; index < file[table].length; index += 1) {
      for (const place of ['before', 'behind']) {
        using vault = await openWith((copy) => {
          // Of two equal rows on both sides of a page of the check only one is ever read: read all at once.
          const rows: unknown[] = copy[table];
          const row = structuredClone(rows[index]);
          if (place === 'before') rows.unshift(row);
          else rows.push(row);
        });
        while (!vault.checkRows(1000));
        assertReported(vault);
      }
    }
  });

  it('are noticed for every single row that was put back to an older state that was authentic', async () => {
    let rolledBack = 0;
    for (const state of older) {
      for (const row of state.packs) {
        const now = file.packs.find(({ number }) => number === row.number);
        if (now?.revision.lamport === row.revision.lamport) continue;
        rolledBack += 1;
        await assertStaysReported((copy) => {
          copy.packs = copy.packs.map((one) => (one.number === row.number ? row : one));
        });
      }
      for (const row of state.objects) {
        const now = file.objects.find(({ role }) => role === row.role);
        if (now?.revision.lamport === row.revision.lamport) continue;
        rolledBack += 1;
        await assertStaysReported((copy) => {
          copy.objects = copy.objects.map((one) => (one.role === row.role ? row : one));
        });
      }
    }
    // The header of before the password was changed: the old password opens it again, and that is noticed.
    using vault = await openWith((copy) => {
      copy.header = older.at(-1)?.header ?? null;
    });
    assertReported(vault);
    expect(rolledBack).toBeGreaterThanOrEqual(8);
  });

  it('are noticed where the newest revision of an item is gone: the older one is not shown for it', async () => {
    const [id] = titles.keys();
    if (id === undefined) throw new Error('the fixture has no item');
    using vault = await openWith((copy) => {
      const newest = Math.max(
        ...copy.bodies.filter((row) => row.id === id).map((row) => row.revision.lamport),
      );
      copy.bodies = copy.bodies.filter((row) => row.id !== id || row.revision.lamport !== newest);
    });
    expect(() => vault.get(id)).toThrow(damaged);
    assertReported(vault, [id]);
  });
});

describe('packs', () => {
  const all = (copy: MemoryVaultFile): number[] => copy.packs.map((_, index) => index);

  it('that were damaged, cut or emptied are made again from the items', async () => {
    const changes: ((sealed: Uint8Array) => Uint8Array)[] = [
      (sealed) => flipped(sealed, 30),
      (sealed) => sealed.subarray(0, 30),
      () => new Uint8Array(0),
      (sealed) => new Uint8Array(sealed.length),
    ];
    for (const change of changes) {
      for (const indexes of [[0], [1], all(file)]) {
        await assertStaysReported((copy) => {
          for (const index of indexes) {
            const pack = at(copy.packs, index);
            copy.packs[index] = { ...pack, sealed: change(pack.sealed) };
          }
        });
      }
    }
  });

  it('that are gone, swapped, renamed or of another epoch are made again', async () => {
    const changes: ((copy: MemoryVaultFile) => void)[] = [
      (copy) => {
        copy.packs = [];
      },
      (copy) => {
        const [one, other] = [at(copy.packs, 0), at(copy.packs, 1)];
        copy.packs[0] = { ...one, sealed: other.sealed };
        copy.packs[1] = { ...other, sealed: one.sealed };
      },
      (copy) => {
        copy.packs = copy.packs.map((pack) => ({ ...pack, number: pack.number + 7 }));
      },
      (copy) => {
        copy.packs = copy.packs.map((pack) => ({ ...pack, epoch: 2 }));
      },
      (copy) => {
        copy.packs.push({ ...at(copy.packs, 0), number: 99 });
      },
    ];
    for (const change of changes) await assertStaysReported(change);
  });

  it('of before and after side by side do not confuse one item with another', async () => {
    const [before] = older;
    if (!before) throw new Error('the fixture has no older state');
    for (const order of [1, -1]) {
      using vault = await openWith((copy) => {
        copy.packs = [...before.packs, ...copy.packs].sort(
          (a, b) => order * (a.revision.lamport - b.revision.lamport),
        );
      });
      assertReported(vault);
    }
  });

  it('are written again with the next save, and then found as they should be', async () => {
    const copy = structuredClone(file);
    copy.packs = [];
    const first = await reopenTestVault(new MemoryVaultStore(copy), tools);
    first.save(loginItem(first.newItemId()));
    expect(copy.packs.length).toBe(Math.ceil((ITEMS + 1) / 32));
    first.close();
    using second = await reopenTestVault(new MemoryVaultStore(copy), tools);
    expect(second.size).toBe(ITEMS + 1);
    expect(second.integrity).toBe('not-intact');
  });
});

describe('the manifest', () => {
  it('that is damaged, gone or of another time keeps nobody out and is not forgotten', async () => {
    const changes: ((copy: MemoryVaultFile) => void)[] = [
      (copy) => {
        copy.objects = copy.objects.map((row) =>
          row.role === 'manifest' ? { ...row, sealed: flipped(row.sealed, 9) } : row,
        );
      },
      (copy) => {
        copy.objects = copy.objects.filter(({ role }) => role !== 'manifest');
      },
      (copy) => {
        const manifest = older[0]?.objects.find(({ role }) => role === 'manifest');
        copy.objects = copy.objects.map((row) =>
          row.role === 'manifest' ? (manifest ?? row) : row,
        );
      },
      (copy) => {
        copy.objects = copy.objects.map((row) =>
          row.role === 'manifest' ? { ...row, epoch: 2 } : row,
        );
      },
    ];
    for (const change of changes) await assertStaysReported(change);
  });

  it('gives out no revision twice, whatever is left of the file', async () => {
    const seen = new Set(file.bodies.map((row) => `${String(row.revision.lamport)} ${row.id}`));
    const changes: ((copy: MemoryVaultFile) => void)[] = [
      (copy) => {
        copy.objects = copy.objects.filter(({ role }) => role === 'meta');
      },
      (copy) => {
        copy.objects = copy.objects.filter(({ role }) => role === 'meta');
        copy.packs = [];
      },
      (copy) => {
        copy.objects = copy.objects.filter(({ role }) => role === 'meta');
        copy.packs = [];
        copy.bodies = copy.bodies.map((row) =>
          row.revision.lamport > revision - 20 ? { ...row, body: flipped(row.body, 50) } : row,
        );
      },
    ];
    for (const change of changes) {
      using vault = await openWith(change);
      expect(vault.revision).toBeGreaterThanOrEqual(revision);
      for (const { id } of vault.overviews()) {
        vault.save(vault.get(id));
        expect(seen).not.toContain(`${String(vault.revision)} ${id}`);
      }
    }
  });
});

describe('documents', () => {
  it('that are damaged are empty, and reported', async () => {
    using vault = await openWith((copy) => {
      copy.objects = copy.objects.map((row) =>
        row.role === 'savedSearches' ? { ...row, sealed: flipped(row.sealed, 30) } : row,
      );
    });
    expect(vault.document('savedSearches')).toEqual([]);
    assertReported(vault);
  });
});

describe('acceptRows', () => {
  it('takes what is there for what should be there, also at the next unlock', async () => {
    const copy = structuredClone(file);
    const { id } = at(copy.bodies, 3);
    copy.bodies.splice(3, 1);
    const first = await reopenTestVault(new MemoryVaultStore(copy), tools);
    expect(checkAllRows(first)).toBe('not-intact');
    await first.acceptRows();
    expect(first.integrity).toBe('intact');
    first.save(loginItem(first.newItemId()));
    first.close();
    using second = await reopenTestVault(new MemoryVaultStore(copy), tools);
    expect(checkAllRows(second)).toBe('intact');
    expect(() => second.get(id)).toThrow(damaged);
  });

  it('loses no item where packs had been damaged and nothing was saved since', async () => {
    for (const left of [0, 1]) {
      const copy = structuredClone(file);
      copy.packs.splice(left);
      const first = await reopenTestVault(new MemoryVaultStore(copy), tools);
      checkAllRows(first);
      await first.acceptRows();
      first.close();
      using second = await reopenTestVault(new MemoryVaultStore(copy), tools);
      expect(second.size).toBe(ITEMS);
      for (const [one, title] of titles) expect(second.overview(one)?.title).toBe(title);
      expect(checkAllRows(second)).toBe('intact');
    }
  });

  it('notices what is done after it', async () => {
    const copy = structuredClone(file);
    copy.bodies.splice(3, 1);
    const first = await reopenTestVault(new MemoryVaultStore(copy), tools);
    await first.acceptRows();
    first.close();
    copy.bodies.splice(5, 1);
    using second = await reopenTestVault(new MemoryVaultStore(copy), tools);
    expect(checkAllRows(second)).toBe('not-intact');
  });

  it('changes nothing in a vault that is intact', async () => {
    const copy = structuredClone(file);
    const first = await reopenTestVault(new MemoryVaultStore(copy), tools);
    await first.acceptRows();
    first.close();
    using second = await reopenTestVault(new MemoryVaultStore(copy), tools);
    expect(checkAllRows(second)).toBe('intact');
  });
});
