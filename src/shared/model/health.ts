// What the face may know of how the passwords of a vault are doing: findings by item, counts and one score.
// No password, no hash of one and no title is in here; whoever shows a finding asks for the item by its id.
// SPDX-License-Identifier: MIT

import type { ItemId } from '../brand.ts';

export const HEALTH_KINDS = [
  'weak',
  'reused',
  'old',
  'expired',
  'no-second-factor',
  'http-url',
  'breached',
] as const;

export type HealthKind = (typeof HEALTH_KINDS)[number];

/** How hard a password is to guess, from 0 (among the first tries) to 4, as zxcvbn tells it. */
export type StrengthScore = 0 | 1 | 2 | 3 | 4;

/** Scores below this are weak: fewer than 10^8 guesses, which an offline attack makes in no time. */
export const WEAK_BELOW = 3;

export interface WeakFinding {
  readonly kind: 'weak';
  readonly itemId: ItemId;
  readonly score: 0 | 1 | 2;
}

export interface ReusedFinding {
  readonly kind: 'reused';
  readonly itemId: ItemId;
  /** Items of one group have one password. Groups count from 1, the largest first. */
  readonly group: number;
  /** How many items share it, this one among them: at least 2. */
  readonly groupSize: number;
}

export interface OldFinding {
  readonly kind: 'old';
  readonly itemId: ItemId;
  /** Full days since the password was last changed. */
  readonly ageDays: number;
}

export interface ExpiredFinding {
  readonly kind: 'expired';
  readonly itemId: ItemId;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface NoSecondFactorFinding {
  readonly kind: 'no-second-factor';
  readonly itemId: ItemId;
  /** The first host at which a passkey or a one-time code could stand. */
  readonly host: string;
}

export interface HttpUrlFinding {
  readonly kind: 'http-url';
  readonly itemId: ItemId;
  /** The first host that the item reaches without encryption. */
  readonly host: string;
}

export interface BreachedFinding {
  readonly kind: 'breached';
  readonly itemId: ItemId;
  /** How often the password appears in the breaches that the list was made from: at least 1. */
  readonly appearances: number;
}

/** At most one finding of each kind for one item, in the order in which the items came. */
export interface HealthFindings {
  readonly weak: readonly WeakFinding[];
  /** Group by group. */
  readonly reused: readonly ReusedFinding[];
  readonly old: readonly OldFinding[];
  readonly expired: readonly ExpiredFinding[];
  readonly 'no-second-factor': readonly NoSecondFactorFinding[];
  readonly 'http-url': readonly HttpUrlFinding[];
  readonly breached: readonly BreachedFinding[];
}

export type HealthFinding = HealthFindings[HealthKind][number];

/** What the passwords were looked up in: a list on this computer, or range queries over the network. */
export type BreachSource = 'file' | 'online';

export interface BreachCheck {
  readonly source: BreachSource;
  /** Milliseconds since the epoch. */
  readonly checkedAt: number;
  /** Passwords that are new since: nothing is known of them. */
  readonly unchecked: number;
  /** False: the list does not begin and end where the whole one does, so "not found" says less. */
  readonly isWholeList: boolean;
}

/** The highest score of a vault with such a password. */
export const SCORE_CAPS = { breached: 49, reused: 74 } as const;

export interface HealthReport {
  /** Milliseconds since the epoch. */
  readonly checkedAt: number;
  /** Null while there was none: then nothing is known of any password, neither that it was breached nor that not. */
  readonly breachCheck: BreachCheck | null;
  /** Items looked at. */
  readonly total: number;
  /** Those of them that have a password. */
  readonly passwords: number;
  /** Items without any finding. */
  readonly sound: number;
  readonly findings: HealthFindings;
  /** How many items have a finding of each kind. */
  readonly counts: Readonly<Record<HealthKind, number>>;
  /** How many passwords there are of each strength, 0 to 4. */
  readonly strengths: readonly [number, number, number, number, number];
  readonly reusedGroups: number;
  /** How many different passwords were found in breaches; `counts.breached` counts the items that have them. */
  readonly breachedPasswords: number;
  /**
   * 0 to 100, null where there is no password: the mean worth of the passwords, rounded down. A password is worth what
   * its worst finding leaves of it: breached 0; weak 0, 25 or 50 for the scores 0, 1 and 2; reused 50; otherwise 100.
   * One that thieves have, or that opens several sites, is not made up for by any number of good ones: at most 49 where a
   * password is breached, at most 74 where one is reused.
   * Age does not lower it (NIST SP 800-63B-4, section 3.1.1.2: no change without a reason), nor do the other kinds.
   */
  readonly score: number | null;
}
