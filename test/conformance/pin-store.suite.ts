// What every PinStore must do, the one in memory included.
// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import type { PinStore } from '../../src/main/vault/pin-store.ts';
import { seededRandom } from '../support/seeded-random.ts';

/** One place where records lie, empty at first. */
export interface PinPlace extends Disposable {
  readonly store: PinStore;
  /** The same place as the next start of the program finds it. */
  reopen(): PinStore;
  /** Makes what is there unreadable. */
  spoil(vaultId: Uint8Array): void;
  /** Makes it impossible to save. */
  block(): void;
}

const random = seededRandom('pin-store-suite');

export function describePinStore(name: string, open: () => PinPlace): void {
  describe(`${name} as a PinStore`, () => {
    it('has nothing of a vault that it never saw', () => {
      using place = open();
      expect(place.store.load(random.bytes(32))).toBe('none');
    });

    it('gives back what was saved last, at once and after a new start', () => {
      using place = open();
      const id = random.bytes(32);
      place.store.save(id, random.bytes(146));
      const record = random.bytes(140);
      place.store.save(id, record);
      expect(place.store.load(id)).toEqual(record);
      expect(place.reopen().load(id)).toEqual(record);
    });

    it('keeps vaults apart', () => {
      using place = open();
      const [a, b] = [random.bytes(32), random.bytes(32)];
      const record = random.bytes(146);
      place.store.save(a, record);
      place.store.save(b, random.bytes(146));
      expect(place.store.load(a)).toEqual(record);
    });

    it('gives out copies and keeps copies', () => {
      using place = open();
      const id = random.bytes(32);
      const record = random.bytes(146);
      const before = Uint8Array.from(record);
      place.store.save(id, record);
      record.fill(0);
      const loaded = place.store.load(id);
      if (loaded instanceof Uint8Array) loaded.fill(0);
      expect(place.store.load(id)).toEqual(before);
    });

    it('says that it cannot read what is there', () => {
      using place = open();
      const id = random.bytes(32);
      place.store.save(id, random.bytes(146));
      place.spoil(id);
      expect(place.store.load(id)).toBe('unreadable');
    });

    it('throws a typed error where it cannot save, and keeps what was there', () => {
      using place = open();
      const id = random.bytes(32);
      const record = random.bytes(146);
      place.store.save(id, record);
      place.block();
      expect(() => {
        place.store.save(id, random.bytes(146));
      }).toThrow(expect.objectContaining({ code: 'vault/write-failed' }) as Error);
      expect(place.store.load(id)).toEqual(record);
    });
  });
}
