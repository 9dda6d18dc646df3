// What every VaultStore must do, the one in memory included.
// SPDX-License-Identifier: MIT

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SealedAttachment } from '../../src/main/vault/sealed-attachment.ts';
import type { SealedBody, SealedItemKeys } from '../../src/main/vault/sealed-item.ts';
import type { VaultChange, VaultStore } from '../../src/main/vault/vault-store.ts';
import { code } from '../support/error-code.ts';
import {
  random,
  device,
  otherDevice,
  id,
  at,
  object,
  contents,
  pack,
  keysOf,
  body,
  head,
  allOf,
  plain,
  usesOf,
} from './vault-store-rows.ts';

/** One place where a vault can lie, empty at first. */
export interface VaultPlace {
  create(): VaultStore;
  reopen(): VaultStore;
  /** A name for a copy; one that is given is given again. */
  copyPath(): string;
  openCopy(path: string): VaultStore;
  remove(): void;
}

export function describeVaultStore(name: string, makePlace: () => VaultPlace): void {
  describe(`${name} as a VaultStore`, () => {
    let place: VaultPlace;
    let store: VaultStore;

    beforeEach(() => {
      place = makePlace();
      store = place.create();
    });
    afterEach(() => {
      store.close();
      place.remove();
    });
    const reopen = (): void => {
      store.close();
      store = place.reopen();
    };
    const fill = (change: VaultChange = {}): void => {
      store.initialise(contents());
      store.commit(change);
    };
    const expectNoUse = async (refusal: string): Promise<void> => {
      for (const use of usesOf(store)) expect(use, String(use)).toThrow(code(refusal));
      await expect(async () => {
        await store.copyTo(place.copyPath());
      }).rejects.toThrow(code(refusal));
    };

    describe('a vault', () => {
      it('gives back the contents it was made with, also after it was closed', () => {
        const made = contents();
        store.initialise(made);
        expect(plain(store.loadContents())).toEqual({ ...made, unknown: [] });
        reopen();
        expect(plain(store.loadContents())).toEqual({ ...made, unknown: [] });
        expect(allOf(store)).toMatchObject({ packs: [], bodies: [], keys: [], attachments: [] });
      });

      it('refuses to be made twice and keeps what it has', () => {
        const made = contents();
        store.initialise(made);
        expect(() => {
          store.initialise(contents());
        }).toThrow(code('vault/already-exists'));
        expect(plain(store.loadContents())).toEqual({ ...made, unknown: [] });
      });

      it('has nothing to load, to write or to copy before it was made', async () => {
        await expectNoUse('vault/not-found');
      });

      it('can be closed twice and is not used after', async () => {
        fill();
        store.close();
        store.close();
        await expectNoUse('vault/locked');
      });

      it('is the same after it was scrubbed', () => {
        const item = id('a');
        fill({ keys: [keysOf(item)], bodies: [body(item, at(1))], packs: [pack(0)] });
        const before = allOf(store);
        store.scrub();
        expect(allOf(store)).toEqual(before);
        reopen();
        expect(allOf(store)).toEqual(before);
      });
    });

    describe('commit', () => {
      it('keeps rows of every table, over closing too', () => {
        const item = id('a');
        const change = {
          header: random.bytes(310),
          objects: [object('manifest', 1), object('slotNames', 1)],
          packs: [pack(0), pack(7)],
          keys: [keysOf(item)],
          bodies: [body(item, at(1)), body(item, at(2))],
          attachments: [head(item, '1', 1)],
        };
        store.initialise(contents());
        const { objects } = store.loadContents();
        const meta = objects.filter(({ role }) => role === 'meta');
        store.commit(change);
        reopen();
        const byRole = [...change.objects, ...plain(meta)].sort((a, b) =>
          a.role < b.role ? -1 : 1,
        );
        expect(allOf(store)).toEqual({ ...change, objects: byRole });
      });

      it('replaces header, objects, packs and keys, and leaves the rest', () => {
        const item = id('a');
        const bodies = [body(item, at(1))];
        fill({ keys: [keysOf(item)], bodies, packs: [pack(0), pack(1)] });
        const kept = allOf(store).packs.filter(({ number }) => number === 1);
        const change = {
          header: random.bytes(280),
          objects: [object('meta', 2), object('manifest', 2)],
          packs: [pack(0, 2)],
          keys: [{ ...keysOf(item), epoch: 2 }],
        };
        store.commit(change);
        const objects = [...change.objects].sort((a, b) => (a.role < b.role ? -1 : 1));
        const packs = [...change.packs, ...kept];
        expect(allOf(store)).toEqual({ ...change, objects, packs, bodies, attachments: [] });
      });

      it('keeps the keys of two devices at one version apart, each for its own bodies', () => {
        const item = id('a');
        const [own, theirs] = [keysOf(item, 2), { ...keysOf(item, 2), deviceId: otherDevice }];
        const bodies = [
          body(item, at(1), 2),
          { ...body(item, at(2), 2), keyDevice: otherDevice },
        ] as const;
        fill({ keys: [theirs, own], bodies: [...bodies] });
        expect(plain(store.loadKeys(item))).toEqual([own, theirs]);
        expect(plain(store.loadItem(item, at(1))?.keys)).toEqual(own);
        expect(plain(store.loadItem(item, at(2))?.keys)).toEqual(theirs);
        expect(plain(store.scanKeys(own, 5))).toEqual([theirs]);
        const renewed = { ...theirs, epoch: 2 };
        store.commit({ keys: [renewed] });
        expect(plain(store.loadKeys(item))).toEqual([own, renewed]);
      });

      it('refuses a body and a head that name keys of another device', () => {
        const item = id('a');
        fill({ keys: [keysOf(item)], bodies: [body(item, at(1))] });
        const before = allOf(store);
        const elsewhere = { keyDevice: otherDevice };
        for (const change of [
          { bodies: [{ ...body(item, at(2)), ...elsewhere }] },
          { attachments: [{ ...head(item, '1', 1), ...elsewhere }] },
        ]) {
          expect(() => {
            store.commit(change);
          }).toThrow(code('vault/write-failed'));
        }
        expect(allOf(store)).toEqual(before);
      });

      it('lets objects go by their role', () => {
        const made = contents();
        store.initialise(made);
        store.commit({ objects: [object('savedSearches', 1)], removedObjects: [200, 7] });
        expect(store.loadContents().objects).toHaveLength(3);
        expect(store.loadContents().unknown).toEqual([]);
      });

      it('lets packs go before others come, also one of the same number', () => {
        fill({ packs: [pack(0), pack(1), pack(2)] });
        const again = pack(1, 2);
        store.commit({ removedPacks: [0, 1, 9], packs: [again] });
        expect(allOf(store).packs.map(({ number }) => number)).toEqual([1, 2]);
        expect(allOf(store).packs[0]).toEqual(again);
      });

      it('keeps revisions of one counter by two devices apart', () => {
        const item = id('a');
        const bodies = [body(item, at(3)), body(item, at(3, otherDevice))];
        fill({ keys: [keysOf(item)], bodies });
        expect(allOf(store).bodies).toEqual(bodies);
      });

      it('changes nothing where it is given nothing', () => {
        fill({ packs: [pack(3)] });
        const before = allOf(store);
        store.commit({});
        store.commit({ bodies: [], packs: [], erasedItems: [], removedAttachments: [] });
        expect(allOf(store)).toEqual(before);
      });

      it('is undone as a whole where one row cannot be written', () => {
        const item = id('a');
        fill({
          keys: [keysOf(item)],
          bodies: [body(item, at(1))],
          packs: [pack(0)],
          attachments: [head(item, '1', 1)],
        });
        store.writeChunks(1, 0, [random.bytes(100)]);
        const before = allOf(store);
        const chunk = store.readChunk(1, 0);
        const more = {
          header: random.bytes(10),
          objects: [object('manifest', 9), object('savedSearches', 9)],
          packs: [pack(0, 9), pack(5, 9)],
          keys: [keysOf(id('b'))],
        };
        const failing: VaultChange[] = [
          { ...more, bodies: [body(id('b'), at(2)), body(item, at(1))] },
          { ...more, bodies: [body(id('b'), at(2)), body(id('b'), at(2))] },
          { ...more, bodies: [body(id('b'), at(2)), body(id('c'), at(2))] },
          { ...more, bodies: [body(id('b'), at(2), 2)] },
          { ...more, attachments: [head(id('b'), '2', 2), head(item, '1', 3)] },
          { ...more, attachments: [head(id('c'), '2', 2)] },
          { ...more, erasedItems: [item], bodies: [body(item, at(5))] },
          { ...more, removedAttachments: [1], removedPacks: [0], bodies: [body(item, at(1))] },
        ];
        for (const change of failing) {
          expect(() => {
            store.commit(change);
          }).toThrow(code('vault/write-failed'));
          expect(allOf(store)).toEqual(before);
          expect(plain(store.readChunk(1, 0))).toEqual(plain(chunk));
        }
        reopen();
        expect(allOf(store)).toEqual(before);
      });
    });

    describe('items', () => {
      it('are found by id and revision alone, with the keys that they need', () => {
        const item = id('a');
        const keys = [keysOf(item, 1), keysOf(item, 2)];
        const bodies = [body(item, at(5), 1), body(item, at(6), 2)];
        fill({ keys, bodies });
        expect(plain(store.loadItem(item, at(5)))).toEqual({ ...bodies[0], keys: keys[0] });
        expect(plain(store.loadItem(item, at(6)))).toEqual({ ...bodies[1], keys: keys[1] });
        expect(store.loadItem(id('b'), at(5))).toBeNull();
        expect(store.loadItem(item, at(4))).toBeNull();
        expect(store.loadItem(item, at(5, otherDevice))).toBeNull();
      });

      it('have their bodies newest first and their keys by version', () => {
        const item = id('a');
        const keys = [keysOf(item, 1), keysOf(item, 10), keysOf(item, 2)];
        const revisions = [at(2), at(10), at(9), at(10, otherDevice)];
        const bodies = revisions.map((revision) => body(item, revision));
        fill({ keys: [...keys, keysOf(id('b'))], bodies: [...bodies, body(id('b'), at(99))] });
        expect(store.loadBodies(item).map(({ revision }) => revision)).toEqual([
          at(10, otherDevice),
          at(10),
          at(9),
          at(2),
        ]);
        expect(store.loadKeys(item).map(({ version }) => version)).toEqual([1, 2, 10]);
        expect(store.listRevisions(item)).toEqual(
          store.loadBodies(item).map(({ revision }) => revision),
        );
        expect(store.listRevisions(id('c'))).toEqual([]);
        expect(store.loadBodies(id('c'))).toEqual([]);
        expect(store.loadKeys(id('c'))).toEqual([]);
      });

      it('go with every body, key, attachment and chunk when they are erased, and others stay', () => {
        const [gone, kept] = [id('a'), id('b')];
        fill({
          keys: [keysOf(gone, 1), keysOf(gone, 2), keysOf(kept)],
          bodies: [body(gone, at(1)), body(gone, at(2), 2), body(kept, at(1))],
          attachments: [head(gone, '1', 1), head(gone, '2', 2), head(kept, '1', 3)],
        });
        for (const number of [1, 2, 3]) store.writeChunks(number, 0, [random.bytes(9)]);
        store.commit({ erasedItems: [gone, id('f')] });
        reopen();
        const after = allOf(store);
        expect(after.bodies.map((row) => row.id)).toEqual([kept]);
        expect(after.keys.map((row) => row.id)).toEqual([kept]);
        expect(after.attachments.map(({ number }) => number)).toEqual([3]);
        expect([1, 2, 3].map((number) => store.readChunk(number, 0) === null)).toEqual([
          true,
          true,
          false,
        ]);
      });

      it('can come again in the transaction in which they go', () => {
        const item = id('a');
        fill({ keys: [keysOf(item)], bodies: [body(item, at(1))] });
        const [keys, bodies] = [[keysOf(item)], [body(item, at(1))]];
        store.commit({ erasedItems: [item], keys, bodies });
        expect(allOf(store)).toMatchObject({ keys, bodies });
      });
    });

    describe('scans', () => {
      const items = ['a', 'b', '0', 'f', 'c'].map(id);
      const fillRows = (): void => {
        fill({
          keys: items.flatMap((item) => [keysOf(item, 1), keysOf(item, 2), keysOf(item, 11)]),
          bodies: items.flatMap((item) =>
            [at(11), at(2), at(2, otherDevice)].map((revision) => body(item, revision)),
          ),
          attachments: items.flatMap((item, index) =>
            ['f', '0', '8'].map((letter, place) => head(item, letter, 1 + index * 3 + place)),
          ),
        });
      };
      const bodyNames = (rows: readonly SealedBody[]): string[] =>
        rows.map((row) => `${row.id} ${String(row.revision.lamport)} ${row.revision.deviceId}`);
      const keyNames = (rows: readonly SealedItemKeys[]): string[] =>
        rows.map((row) => `${row.id} ${String(row.version)}`);
      const headNames = (rows: readonly SealedAttachment[]): string[] =>
        rows.map((row) => `${row.itemId} ${row.id}`);

      it('go through all rows in their order, whatever the limit', () => {
        fillRows();
        const sorted = items.toSorted();
        const expected = {
          bodies: sorted.flatMap((item) => [
            `${item} 2 ${device}`,
            `${item} 2 ${otherDevice}`,
            `${item} 11 ${device}`,
          ]),
          keys: sorted.flatMap((item) => [`${item} 1`, `${item} 2`, `${item} 11`]),
          heads: sorted.flatMap((item) =>
            ['0', '8', 'f'].map((one) => `${item} ${one.repeat(32)}`),
          ),
        };
        for (const limit of [1, 2, 4, 14, 15, 16, 1000]) {
          const pages = <Row>(next: (after: Row | null) => readonly Row[]): Row[] => {
            const rows: Row[] = [];
            for (let page = next(null); page.length > 0; page = next(rows.at(-1) ?? null)) {
              expect(page.length).toBeLessThanOrEqual(limit);
              rows.push(...page);
            }
            return rows;
          };
          const found = {
            bodies: bodyNames(pages<SealedBody>((after) => store.scanBodies(after, limit))),
            keys: keyNames(pages<SealedItemKeys>((after) => store.scanKeys(after, limit))),
            heads: headNames(
              pages<SealedAttachment>((after) => store.scanAttachments(after, limit)),
            ),
          };
          expect(found).toEqual(expected);
        }
      });

      it('go on after a place where there is no row, or none any more', () => {
        fillRows();
        store.commit({ erasedItems: [id('b')] });
        const c = id('c');
        expect(bodyNames(store.scanBodies({ id: id('b'), revision: at(2) }, 1))).toEqual([
          `${c} 2 ${device}`,
        ]);
        expect(bodyNames(store.scanBodies({ id: c, revision: at(3) }, 1))).toEqual([
          `${c} 11 ${device}`,
        ]);
        expect(keyNames(store.scanKeys({ id: id('b'), version: 1, deviceId: device }, 1))).toEqual([
          `${c} 1`,
        ]);
        expect(keyNames(store.scanKeys({ id: c, version: 3, deviceId: device }, 1))).toEqual([
          `${c} 11`,
        ]);
        const nowhere = { itemId: id('b'), id: '1'.repeat(32) };
        expect(headNames(store.scanAttachments(nowhere, 1))).toEqual([`${c} ${'0'.repeat(32)}`]);
        const between = { itemId: c, id: '9'.repeat(32) };
        expect(headNames(store.scanAttachments(between, 1))).toEqual([`${c} ${'f'.repeat(32)}`]);
      });

      it('end behind the last row and in an empty vault', () => {
        fill();
        expect(allOf(store)).toMatchObject({ bodies: [], keys: [], attachments: [] });
        store.commit({ keys: [keysOf(id('a'))], bodies: [body(id('a'), at(1))] });
        expect(store.scanBodies({ id: id('a'), revision: at(1) }, 5)).toEqual([]);
        expect(store.scanBodies({ id: id('f'), revision: at(1) }, 5)).toEqual([]);
        expect(store.scanKeys({ id: id('a'), version: 1, deviceId: device }, 5)).toEqual([]);
        expect(store.scanAttachments({ itemId: id('a'), id: '0'.repeat(32) }, 5)).toEqual([]);
      });

      it('may be followed by a write before the next page is asked for', () => {
        fillRows();
        const [first] = store.scanBodies(null, 1);
        store.commit({ keys: [keysOf(id('1'))], bodies: [body(id('1'), at(1))] });
        expect(bodyNames(store.scanBodies(first ?? null, 100))).toContain(`${id('1')} 1 ${device}`);
      });
    });

    describe('packs', () => {
      it('are all handed out, more than any page holds', () => {
        const packs = Array.from({ length: 700 }, (_, number) => pack(number * 3));
        fill({ packs });
        expect(allOf(store).packs).toEqual(packs);
        expect([...store.loadPacks()]).toHaveLength(700);
      });

      it('may be changed while they are being read', () => {
        fill({ packs: Array.from({ length: 300 }, (_, number) => pack(number)) });
        const seen = new Set<number>();
        for (const { number } of store.loadPacks()) {
          seen.add(number);
          if (number === 100) store.commit({ packs: [pack(100, 2)], removedPacks: [50] });
        }
        expect(seen.size).toBeGreaterThanOrEqual(299);
      });
    });

    describe('attachments', () => {
      const item = id('a');
      const begin = (): void => {
        fill({ keys: [keysOf(item)], bodies: [body(item, at(1))] });
      };

      it('are listed by item, and go one by one with their chunks', () => {
        begin();
        const heads = [head(item, '2', 1), head(item, '1', 2)];
        for (const number of [1, 2]) store.writeChunks(number, 0, [random.bytes(5)]);
        store.commit({ attachments: heads });
        expect(store.loadAttachments(item).map(({ number }) => number)).toEqual([2, 1]);
        expect(store.loadAttachments(id('b'))).toEqual([]);
        store.commit({ removedAttachments: [1, 77] });
        expect(store.loadAttachments(item).map(({ number }) => number)).toEqual([2]);
        expect(store.readChunk(1, 0)).toBeNull();
        expect(store.readChunk(2, 0)).not.toBeNull();
      });

      it('get numbers that no head and no chunk has, nor anyone who asked before', () => {
        begin();
        const numbers = [store.newAttachmentNumber(), store.newAttachmentNumber()];
        expect(new Set(numbers).size).toBe(2);
        expect(Math.min(...numbers)).toBeGreaterThan(0);
        const [first = 0, second = 0] = numbers;
        store.writeChunks(second, 0, [random.bytes(5)]);
        store.commit({ attachments: [head(item, '1', first)] });
        reopen();
        expect(store.newAttachmentNumber()).toBeGreaterThan(Math.max(first, second));
      });

      it('have chunks that come back by their place and nowhere else', () => {
        begin();
        const chunks = [0, 1, 65_576].map((length) => random.bytes(length));
        store.writeChunks(4, 0, chunks.slice(0, 2));
        store.writeChunks(4, 2, chunks.slice(2));
        store.writeChunks(5, 0, [random.bytes(3)]);
        reopen();
        expect([0, 1, 2].map((index) => plain(store.readChunk(4, index)))).toEqual(chunks);
        expect(store.readChunk(4, 3)).toBeNull();
        expect(store.readChunk(3, 0)).toBeNull();
      });

      it('never have a chunk in the place of another', () => {
        begin();
        const first = random.bytes(5);
        store.writeChunks(1, 1, [first]);
        expect(() => {
          store.writeChunks(1, 0, [random.bytes(5), random.bytes(5)]);
        }).toThrow(code('vault/write-failed'));
        expect(store.readChunk(1, 0)).toBeNull();
        expect(plain(store.readChunk(1, 1))).toEqual(first);
      });

      it('leave nothing of one that was given up', () => {
        begin();
        for (const number of [1, 2, 3]) {
          store.writeChunks(
            number,
            0,
            Array.from({ length: 40 }, () => random.bytes(9)),
          );
        }
        store.removeChunks(2);
        store.removeChunks(99);
        expect([1, 2, 3].map((number) => store.readChunk(number, 39) === null)).toEqual([
          false,
          true,
          false,
        ]);
        expect(store.readChunk(2, 0)).toBeNull();
      });

      it('keep their chunks when strays are dropped, and only they', () => {
        begin();
        for (const number of [1, 2, 3, 9])
          store.writeChunks(number, 0, [random.bytes(9), random.bytes(9)]);
        store.commit({ attachments: [head(item, '1', 2), head(item, '2', 9)] });
        reopen();
        store.dropStrayChunks();
        const isThere = (number: number): boolean[] =>
          [0, 1].map((index) => store.readChunk(number, index) !== null);
        expect([1, 2, 3, 9].map(isThere)).toEqual([
          [false, false],
          [true, true],
          [false, false],
          [true, true],
        ]);
        store.dropStrayChunks();
        expect(isThere(9)).toEqual([true, true]);
      });

      it('do not go by themselves once there is a head', () => {
        begin();
        store.writeChunks(1, 0, [random.bytes(9)]);
        store.commit({ attachments: [head(item, '1', 1)] });
        store.removeChunks(1);
        expect(store.readChunk(1, 0)).not.toBeNull();
      });

      it('are no strays while they are on their way in', () => {
        begin();
        const number = store.newAttachmentNumber();
        store.writeChunks(number, 0, [random.bytes(9)]);
        store.dropStrayChunks();
        expect(store.readChunk(number, 0)).not.toBeNull();
        reopen();
        store.dropStrayChunks();
        expect(store.readChunk(number, 0)).toBeNull();
      });
    });

    describe('copyTo', () => {
      it('writes the whole vault of one moment, which goes its own way then', async () => {
        const item = id('a');
        fill({
          keys: [keysOf(item)],
          bodies: [body(item, at(1))],
          packs: [pack(0)],
          attachments: [head(item, '1', 1)],
        });
        store.writeChunks(1, 0, [random.bytes(65_576)]);
        const before = allOf(store);
        const chunk = plain(store.readChunk(1, 0));
        await store.copyTo(place.copyPath());
        store.commit({ erasedItems: [item], removedPacks: [0] });
        const copy = place.openCopy(place.copyPath());
        expect(allOf(copy)).toEqual(before);
        expect(plain(copy.readChunk(1, 0))).toEqual(chunk);
        copy.commit({ packs: [pack(4)] });
        copy.close();
        expect(allOf(store).packs).toEqual([]);
      });

      it('never writes over what is there', async () => {
        fill({ packs: [pack(0)] });
        await store.copyTo(place.copyPath());
        store.commit({ packs: [pack(1)] });
        await expect(store.copyTo(place.copyPath())).rejects.toThrow(code('vault/already-exists'));
        const copy = place.openCopy(place.copyPath());
        expect(allOf(copy).packs.map(({ number }) => number)).toEqual([0]);
        copy.close();
      });
    });
  });
}
