// Damage: what is known to be wrong with the file of the open vault, and a person's word that it is to stay as it is.
// SPDX-License-Identifier: MIT

import type { PresentedSecret } from '../../shared/model/keys.ts';
import type { DamagedItem, DamageReport } from '../../shared/model/vault.ts';
import type { IntegrityState } from '../../shared/model/item.ts';
import { type Pace, systemPace } from '../health/pace.ts';
import { damageOf } from './damage-of.ts';
import type { ItemChanges } from './item-changes.ts';

/** As many as a person would read. */
const MOST_NAMED = 100;

export interface DamagePorts {
  readonly changes: ItemChanges;
  /** Throws `vault/wrong-password` for a secret that opens no slot of the vault; zeroes it. */
  readonly verify: (present: PresentedSecret) => Promise<void>;
  readonly onChecked: (integrity: IntegrityState) => void;
  /** That of this process unless a test hands in another. */
  readonly pace?: Pace;
}

export class DamageService {
  readonly #ports: DamagePorts;

  constructor(ports: DamagePorts) {
    this.#ports = ports;
  }

  report(): DamageReport {
    const { vault } = this.#ports.changes;
    const { damaged, integrity, verdict } = vault;
    const all = Array.from(damaged, (id): Omit<DamagedItem, 'damage'> => {
      const overview = vault.overview(id);
      return { id, title: overview?.title ?? null, kind: overview?.kind ?? null };
    });
    const named = all
      .toSorted((a, b) => Number(a.title === null) - Number(b.title === null))
      .slice(0, MOST_NAMED);
    const items = named.map((item) => ({ ...item, damage: damageOf(vault, item.id) ?? 'content' }));
    return {
      ...{ integrity, damaged: damaged.size, items },
      rows: verdict && { expected: verdict.expectedRows, found: verdict.foundRows },
    };
  }

  /**
   * Takes the rows that are in the file now for all there is. Items that do not open stay as they are. Nothing is written
   * where the vault is intact. Throws `vault/wrong-password`.
   */
  async accept(present: PresentedSecret): Promise<DamageReport> {
    const { changes, verify, onChecked, pace = systemPace() } = this.#ports;
    const { vault } = changes;
    await verify(present);
    if (vault.integrity === 'not-intact') {
      await vault.acceptRows(() => pace.breathe());
      onChecked(vault.integrity);
      changes.refresh(vault.damaged);
    }
    return this.report();
  }
}
