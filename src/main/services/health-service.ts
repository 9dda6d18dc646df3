// Health: how the passwords of the open vault are doing, and whether lists of breached ones have them. Every item is opened
// for it, one after the other, and forgotten again.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { Clock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { BreachSource, HealthReport } from '../../shared/model/health.ts';
import type { RandomSource } from '../crypto/random.ts';
import { assessHealth, type HealthInput } from '../health/assess.ts';
import type { BreachLookUp } from '../health/breach-look-up.ts';
import { BreachRangeClient, type FetchRange } from '../health/breach-range.ts';
import { BreachTargets } from '../health/breach-targets.ts';
import { withBreaches } from '../health/health-findings.ts';
import type { Pace } from '../health/pace.ts';
import type { StrengthMeter } from '../health/strength-meter.ts';
import { fieldValue, type Item } from '../vault/item.ts';
import { VaultError } from '../vault/vault-error.ts';
import type { ItemChanges } from './item-changes.ts';

/** Two years: old enough to ask whether the site still stores it well. */
const OLD_AFTER_DAYS = 730;

/** A list on this computer, opened; `close` it when searched. */
export interface OpenedBreachList {
  readonly lookUp: BreachLookUp;
  readonly isWholeList: boolean;
  readonly close: () => Promise<void>;
}

export interface HealthServicePorts {
  readonly changes: ItemChanges;
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly newPace: () => Pace;
  /** A meter of its own for each run; it is disposed of afterwards. */
  readonly newMeter: () => StrengthMeter & AsyncDisposable;
  /** Throws HealthError for what is no such list. */
  readonly openBreachList: (path: string) => Promise<OpenedBreachList>;
  readonly fetchRange: FetchRange;
  readonly onProgress: (done: number, total: number) => void;
}

export class HealthService {
  readonly #ports: HealthServicePorts;
  #run = new AbortController();

  constructor(ports: HealthServicePorts) {
    this.#ports = ports;
  }

  /** Throws `ipc/cancelled`. */
  async assess(): Promise<HealthReport> {
    return await this.#running((signal) => this.#assess(signal));
  }

  /** `path` null: over the network. Throws HealthError, `ipc/cancelled`. */
  async checkBreaches(path: string | null): Promise<HealthReport> {
    return await this.#running(async (signal) => {
      const list = path === null ? this.#online() : await this.#ports.openBreachList(path);
      try {
        const report = await this.#assess(signal);
        using targets = await this.#targets(signal);
        const { onProgress } = this.#ports;
        const counts = await targets.lookUp(list.lookUp, { signal, onProgress });
        const source: BreachSource = path === null ? 'online' : 'file';
        const checkedAt = this.#ports.clock.now();
        const check = { source, checkedAt, isWholeList: list.isWholeList };
        return await withBreaches(report, { counts, check }, this.#ports.newPace());
      } finally {
        await list.close();
      }
    });
  }

  cancel(): void {
    this.#run.abort();
  }

  #online(): OpenedBreachList {
    const lookUp = new BreachRangeClient(this.#ports.fetchRange, this.#ports.newPace());
    return { lookUp, isWholeList: true, close: () => Promise.resolve() };
  }

  /** One run at a time: a new one ends the former. */
  async #running<T>(action: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#run.abort();
    const run = new AbortController();
    this.#run = run;
    try {
      return await action(run.signal);
    } catch (error) {
      if (run.signal.aborted) throw new AppError('ipc/cancelled', 'stopped by the person');
      throw error;
    }
  }

  async #assess(signal: AbortSignal): Promise<HealthReport> {
    const { random, clock, newPace, onProgress } = this.#ports;
    await using strength = this.#ports.newMeter();
    const total = this.#idsInUse().length;
    return await assessHealth(
      this.#inputs(),
      {
        nowMs: clock.now(),
        oldAfterDays: OLD_AFTER_DAYS,
        signal,
        onProgress: (done) => {
          if (done % 100 === 0) onProgress(done, total);
        },
      },
      { strength, random, pace: newPace() },
    );
  }

  async #targets(signal: AbortSignal): Promise<BreachTargets> {
    const pace = this.#ports.newPace();
    const targets = new BreachTargets();
    for (const item of this.#items()) {
      signal.throwIfAborted();
      targets.add(item.id, fieldValue(item, 'password'));
      await pace.breathe();
    }
    return targets;
  }

  *#inputs(): Iterable<HealthInput> {
    for (const item of this.#items()) yield this.#toInput(item);
  }

  /** What is in use: neither in the trash nor archived. A damaged item is passed over: it is counted elsewhere. */
  *#items(): Iterable<Item> {
    for (const id of this.#idsInUse()) {
      const item = this.#open(id);
      if (item !== null) yield item;
    }
  }

  #idsInUse(): readonly ItemId[] {
    return Array.from(this.#ports.changes.vault.overviews())
      .filter((one) => one.trashedAt === null && one.archivedAt === null)
      .map(({ id }) => id);
  }

  #open(id: ItemId): Item | null {
    try {
      return this.#ports.changes.vault.get(id);
    } catch (error) {
      if (error instanceof VaultError && error.code !== 'vault/locked') return null;
      throw error;
    }
  }

  #toInput(item: Item): HealthInput {
    const isLogin = item.kind === 'login';
    const [lastReplaced] = item.formerPasswords;
    return {
      id: item.id,
      title: item.title,
      username: fieldValue(item, 'username'),
      // What is asked of addresses is asked of sign-ins alone.
      urls: isLogin ? item.urls.map(({ url }) => url) : [],
      password: fieldValue(item, 'password'),
      passwordChangedAt: lastReplaced?.replacedAt ?? item.createdAt,
      hasSecondFactor:
        item.oneTimeCode !== null || this.#ports.changes.index.passkeys.of(item.id).length > 0,
      expiresAt: expiryOf(item),
    };
  }
}

/** The end of the last day of a card, a licence. */
function expiryOf(item: Item): number | null {
  const date = fieldValue(item, 'expiresOn');
  if (/^\d{4}-\d{2}-\d{2}$/.test(date)) return endOfDay(date);
  const month = /^(\d{4})-(\d{2})$/.exec(fieldValue(item, 'expires'));
  if (month === null) return null;
  const [, year = '', number = ''] = month;
  return Date.UTC(Number(year), Number(number), 1) - 1;
}

function endOfDay(date: string): number | null {
  const start = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(start) ? null : start + 24 * 60 * 60 * 1_000 - 1;
}
