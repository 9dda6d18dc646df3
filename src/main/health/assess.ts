// Password health: looks at each item once, in small steps, and keeps no password. What two items share is told by a
// MAC under a key of this run alone, so that nothing that is kept can be tried against guesses afterwards.
// SPDX-License-Identifier: MIT

import { toBase64Url, toUtf8 } from '../../shared/bytes.ts';
import type { ItemId } from '../../shared/brand.ts';
import {
  WEAK_BELOW,
  type ExpiredFinding,
  type HealthReport,
  type HttpUrlFinding,
  type NoSecondFactorFinding,
  type OldFinding,
  type ReusedFinding,
  type StrengthScore,
  type WeakFinding,
} from '../../shared/model/health.ts';
import { hmacSha256 } from '../crypto/digest.ts';
import type { RandomSource } from '../crypto/random.ts';
import { toReport } from './health-findings.ts';
import { knownInputs } from './known-inputs.ts';
import { systemPace, type Pace } from './pace.ts';
import { ScoreBook } from './score-book.ts';
import type { StrengthMeter } from './strength-meter.ts';
import { toWebAddress } from './web-address.ts';

/** What is asked of an item. Times are milliseconds since the epoch. */
export interface HealthInput {
  readonly id: ItemId;
  readonly title: string;
  readonly username: string;
  readonly urls: readonly string[];
  /** Null or empty: the item has none. */
  readonly password: string | null;
  readonly passwordChangedAt: number | null;
  /** A one-time code, or a passkey that is linked to the item. */
  readonly hasSecondFactor: boolean;
  /** Of a card, a licence, a key. */
  readonly expiresAt: number | null;
}

export interface HealthOptions {
  readonly nowMs: number;
  /** Full days after which a password is old; null: it never is. */
  readonly oldAfterDays: number | null;
}

export interface HealthPorts {
  readonly strength: StrengthMeter;
  readonly random: RandomSource;
  readonly pace?: Pace;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const KEY_BYTES = 32;
/** Between password and inputs; no text has this byte. */
const SEPARATOR = Uint8Array.of(0xff);

interface Judged {
  readonly itemId: ItemId;
  /** The name under which the score book has the password's score. */
  readonly judgement: string;
}

/** One run. Add all items, one after the other, then finish; whoever holds one must `dispose()` it. */
export class HealthAssessment implements Disposable {
  readonly #options: HealthOptions;
  readonly #pace: Pace;
  readonly #key: Uint8Array;
  readonly #scores: ScoreBook;
  readonly #judged: Judged[] = [];
  readonly #sharers = new Map<string, ItemId[]>();
  readonly #old: OldFinding[] = [];
  readonly #expired: ExpiredFinding[] = [];
  readonly #noSecondFactor: NoSecondFactorFinding[] = [];
  readonly #httpUrls: HttpUrlFinding[] = [];
  #total = 0;
  #isOver = false;

  constructor(ports: HealthPorts, options: HealthOptions) {
    this.#options = options;
    this.#pace = ports.pace ?? systemPace();
    this.#key = ports.random.bytes(KEY_BYTES);
    this.#scores = new ScoreBook(ports.strength);
  }

  /** Looks at one item. Waits where the strength meter is behind, and lets the event loop breathe. */
  async add(input: HealthInput): Promise<void> {
    if (this.#isOver) throw new Error('health assessment: used after it was over');
    this.#total += 1;
    this.#addTimes(input);
    this.#addAddresses(input);
    if (input.password !== null && input.password !== '') {
      await this.#addPassword(input, input.password);
    }
    await this.#pace.breathe();
  }

  /** Waits for the last judgements and sums up. Nothing can be added afterwards. */
  async finish(): Promise<HealthReport> {
    await this.#scores.settled();
    this.dispose();
    const weak: WeakFinding[] = [];
    const strengths: [number, number, number, number, number] = [0, 0, 0, 0, 0];
    for (const { itemId, judgement } of this.#judged) {
      const score = this.#scores.scoreOf(judgement);
      strengths[score] += 1;
      if (isWeak(score)) weak.push({ kind: 'weak', itemId, score });
      await this.#pace.breathe();
    }
    const { reused, groups } = await this.#reused();
    return toReport(
      {
        checkedAt: this.#options.nowMs,
        breachCheck: null,
        total: this.#total,
        passwords: this.#judged.length,
        strengths,
        reusedGroups: groups,
      },
      {
        weak,
        reused,
        old: this.#old,
        expired: this.#expired,
        'no-second-factor': this.#noSecondFactor,
        'http-url': this.#httpUrls,
        breached: [],
      },
      this.#pace,
    );
  }

  /** Erases the key. Safe to call again. */
  dispose(): void {
    this.#key.fill(0);
    this.#isOver = true;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #addTimes({ id, password, passwordChangedAt, expiresAt }: HealthInput): void {
    const { nowMs, oldAfterDays } = this.#options;
    if (expiresAt !== null && expiresAt <= nowMs) {
      this.#expired.push({ kind: 'expired', itemId: id, expiresAt });
    }
    if (!password || passwordChangedAt === null || oldAfterDays === null) return;
    const ageDays = Math.floor((nowMs - passwordChangedAt) / DAY_MS);
    if (ageDays >= oldAfterDays) this.#old.push({ kind: 'old', itemId: id, ageDays });
  }

  #addAddresses({ id, urls, password, hasSecondFactor }: HealthInput): void {
    const addresses = urls.map(toWebAddress).filter((address) => address !== null);
    const open = addresses.find(({ isEncrypted, isLoopback }) => !isEncrypted && !isLoopback);
    if (open) this.#httpUrls.push({ kind: 'http-url', itemId: id, host: open.host });
    const site = addresses.find(({ isSite }) => isSite);
    if (site && password && !hasSecondFactor) {
      this.#noSecondFactor.push({ kind: 'no-second-factor', itemId: id, host: site.host });
    }
  }

  async #addPassword(input: HealthInput, password: string): Promise<void> {
    const inputs = knownInputs(password, input);
    const bytes = toUtf8(password);
    const name = toBase64Url(hmacSha256(this.#key, bytes));
    const judgement =
      inputs.length === 0
        ? name
        : toBase64Url(hmacSha256(this.#key, bytes, SEPARATOR, toUtf8(inputs.join('\n'))));
    bytes.fill(0);
    this.#judged.push({ itemId: input.id, judgement });
    const sharers = this.#sharers.get(name);
    if (sharers) sharers.push(input.id);
    else this.#sharers.set(name, [input.id]);
    await this.#scores.ask(judgement, password, inputs);
  }

  async #reused(): Promise<{ reused: readonly ReusedFinding[]; groups: number }> {
    const groups = [...this.#sharers.values()].filter(({ length }) => length > 1);
    groups.sort((a, b) => b.length - a.length);
    const reused: ReusedFinding[] = [];
    for (const [index, sharers] of groups.entries()) {
      for (const itemId of sharers) {
        reused.push({ kind: 'reused', itemId, group: index + 1, groupSize: sharers.length });
      }
      await this.#pace.breathe();
    }
    return { reused, groups: groups.length };
  }
}

function isWeak(score: StrengthScore): score is WeakFinding['score'] {
  return score < WEAK_BELOW;
}

export interface AssessOptions extends HealthOptions {
  readonly signal?: AbortSignal | undefined;
  /** How many items have been looked at. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** The report over `items`. Rejects with the reason of the signal when aborted. */
export async function assessHealth(
  items: Iterable<HealthInput> | AsyncIterable<HealthInput>,
  options: AssessOptions,
  ports: HealthPorts,
): Promise<HealthReport> {
  using assessment = new HealthAssessment(ports, options);
  let done = 0;
  for await (const item of items) {
    options.signal?.throwIfAborted();
    await assessment.add(item);
    done += 1;
    options.onProgress?.(done);
  }
  options.signal?.throwIfAborted();
  return await assessment.finish();
}
