// Health: how the passwords of the open vault are doing, and whether lists of breached ones have them. Every item is opened
// for it, one after the other, and forgotten again.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../../shared/brand.ts';
import type { Clock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { WorkStage } from '../../shared/ipc/events.ts';
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
import type { UnlockedVault } from '../vault/unlocked-vault.ts';
import { VaultError } from '../vault/vault-error.ts';
import { BreachMemory, type Recollection } from './breach-memory.ts';
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
  readonly onProgress: (stage: WorkStage, done: number, total: number) => void;
}

export class HealthService {
  readonly #ports: HealthServicePorts;
  #run = new AbortController();
  #memory: { readonly vault: UnlockedVault; readonly of: BreachMemory } | null = null;

  constructor(ports: HealthServicePorts) {
    this.#ports = ports;
  }

  /** With what the last breach check of this session has found. Throws `ipc/cancelled`. */
  async assess(): Promise<HealthReport> {
    return await this.#running((signal) => this.#assess(signal));
  }

  /** `path` null: over the network. Throws HealthError, `ipc/cancelled`. */
  async checkBreaches(path: string | null): Promise<HealthReport> {
    return await this.#running(async (signal) => {
      const list = path === null ? this.#online() : await this.#ports.openBreachList(path);
      try {
        const source: BreachSource = path === null ? 'online' : 'file';
        await this.#lookUp(list, source, signal);
        return await this.#assess(signal);
      } finally {
        await list.close();
      }
    });
  }

  cancel(): void {
    this.#run.abort();
  }

  /** Looks every password up and remembers what was found. */
  async #lookUp(list: OpenedBreachList, source: BreachSource, signal: AbortSignal): Promise<void> {
    const memory = this.#remembered();
    using targets = new BreachTargets();
    const names = await this.#collect(targets, memory, signal);
    const counts = await targets.lookUp(list.lookUp, {
      signal,
      onProgress: (done, total) => this.#ports.onProgress('checking', done, total),
    });
    const found = new Map(Array.from(names, ([id, name]) => [name, counts.get(id) ?? 0]));
    const checkedAt = this.#ports.clock.now();
    memory.remember({ source, checkedAt, isWholeList: list.isWholeList }, found);
  }

  /** What is remembered of the vault that is open now. */
  #remembered(): BreachMemory {
    const { changes, random } = this.#ports;
    const { vault } = changes;
    if (this.#memory?.vault !== vault) this.#memory = { vault, of: new BreachMemory(random) };
    return this.#memory.of;
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
    const memory = this.#remembered();
    const recalled: Recollection = { counts: new Map(), unchecked: 0 };
    await using strength = this.#ports.newMeter();
    const total = this.#idsInUse().length;
    const report = await assessHealth(
      this.#inputs(memory, recalled),
      {
        nowMs: clock.now(),
        oldAfterDays: OLD_AFTER_DAYS,
        signal,
        onProgress: (done) => {
          if (done % 100 === 0) onProgress('reading', done, total);
        },
      },
      { strength, random, pace: newPace() },
    );
    if (memory.check === null) return report;
    const check = { ...memory.check, unchecked: recalled.unchecked };
    return await withBreaches(report, { counts: recalled.counts, check }, newPace());
  }

  /** Puts every password into `targets`; returns under which name each item's is remembered. */
  async #collect(
    targets: BreachTargets,
    memory: BreachMemory,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<ItemId, string>> {
    const pace = this.#ports.newPace();
    const total = this.#idsInUse().length;
    const names = new Map<ItemId, string>();
    let done = 0;
    for (const item of this.#items()) {
      signal.throwIfAborted();
      const password = fieldValue(item, 'password');
      targets.add(item.id, password);
      if (password !== '') names.set(item.id, memory.nameOf(password));
      done += 1;
      if (done % 100 === 0) this.#ports.onProgress('reading', done, total);
      await pace.breathe();
    }
    return names;
  }

  *#inputs(memory: BreachMemory, recalled: Recollection): Iterable<HealthInput> {
    for (const item of this.#items()) {
      memory.recall(recalled, item.id, fieldValue(item, 'password'));
      yield this.#toInput(item);
    }
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
