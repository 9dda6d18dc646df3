// Health in words: what the groups of findings are called and what to do about them, what each finding says, and why a
// list of breached passwords cannot be used.
// SPDX-License-Identifier: MIT

import {
  SCORE_CAPS,
  type HealthFinding,
  type HealthKind,
  type HealthReport,
  type StrengthScore,
} from '../../shared/model/health.ts';
import type { ApiError } from '../api.ts';
import { formatAmount, formatDay, formatTime } from '../format.ts';

export interface GroupWords {
  readonly title: string;
  /** What it means and what to do. */
  readonly lead: string;
}

/** In the order of their weight, which is that of the page. */
export const GROUPS: Readonly<Record<HealthKind, GroupWords>> = {
  breached: {
    title: 'Breached',
    lead: 'These passwords are in lists that thieves try first. Change them now, at the site and here.',
  },
  reused: {
    title: 'Reused',
    lead: 'When one of these sites loses the password, it opens the others. Give each its own.',
  },
  weak: {
    title: 'Weak',
    lead: 'Fewer guesses than a stolen copy withstands. Replace them by generated ones.',
  },
  expired: {
    title: 'Expired',
    lead: 'Cards and licences whose last day is over.',
  },
  'no-second-factor': {
    title: 'No second factor',
    lead: 'Only the password guards these accounts. See whether the site takes a passkey or one-time codes.',
  },
  'http-url': {
    title: 'Address without encryption',
    lead: 'An http address sends the password in the open. Change it to https where the site has it.',
  },
  old: {
    title: 'Old',
    lead: 'Unchanged for two years or more. No reason to change a good one; a reason to look whether the account is still needed.',
  },
};

export const GROUP_ORDER: readonly HealthKind[] = [
  'breached',
  'reused',
  'weak',
  'expired',
  'no-second-factor',
  'http-url',
  'old',
];

export const STRENGTH_NAMES: Readonly<Record<StrengthScore, string>> = {
  0: 'Very weak',
  1: 'Weak',
  2: 'Still weak',
  3: 'Strong',
  4: 'Very strong',
};

const GUESSES: Readonly<Record<0 | 1 | 2, string>> = {
  0: 'guessed within 1,000 tries',
  1: 'guessed within a million tries',
  2: 'guessed within 100 million tries',
};

/** What the finding says about its item. */
export function findingFact(finding: HealthFinding): string {
  switch (finding.kind) {
    case 'breached':
      return `seen ${formatAmount(finding.appearances, 'time')} in breaches`;
    case 'reused':
      return `shared by ${formatAmount(finding.groupSize, 'item')}`;
    case 'weak':
      return GUESSES[finding.score];
    case 'expired':
      return `ended ${formatDay(finding.expiresAt)}`;
    case 'no-second-factor':
    case 'http-url':
      return finding.host;
    case 'old':
      return `${formatAmount(finding.ageDays, 'day')} old`;
  }
}

/** `Good`, and the tone that goes with it. Never good beside a password that thieves have or that opens several sites. */
export function scoreGrade({ score, counts }: Pick<HealthReport, 'score' | 'counts'>): {
  readonly words: string;
  readonly tone: 'good' | 'warn' | 'bad';
} {
  if (score === null) return { words: 'No passwords', tone: 'warn' };
  if (counts.breached > 0) return { words: 'In danger', tone: 'bad' };
  if (counts.reused > 0 && score >= 50) return { words: 'Needs work', tone: 'warn' };
  if (score >= 90) return { words: 'Very good', tone: 'good' };
  if (score >= 75) return { words: 'Good', tone: 'good' };
  if (score >= 50) return { words: 'Needs work', tone: 'warn' };
  return { words: 'In danger', tone: 'bad' };
}

/** Why the score is no higher than it is, whatever the other passwords are like; null where they alone make it. */
export function capWords({
  score,
  counts,
  reusedGroups,
  breachedPasswords,
}: HealthReport): string | null {
  const cap = counts.breached > 0 ? SCORE_CAPS.breached : SCORE_CAPS.reused;
  if (score === null || score < cap) return null;
  if (counts.breached > 0) {
    return `${formatAmount(breachedPasswords, 'breached password holds', 'breached passwords hold')} it below ${cap + 1}.`;
  }
  if (counts.reused === 0) return null;
  return `${formatAmount(reusedGroups, 'shared password holds', 'shared passwords hold')} it below ${cap + 1}.`;
}

const SOURCES = { file: 'a list on this computer', online: 'Have I Been Pwned, online' } as const;

/** Whether and when the passwords were looked up in breaches. */
export function breachWords({ breachCheck }: HealthReport, now: number): string {
  if (breachCheck === null) return 'Breaches: not checked.';
  const when = formatTime(breachCheck.checkedAt, now);
  const { unchecked } = breachCheck;
  const fresh =
    unchecked === 0
      ? ''
      : ` ${formatAmount(unchecked, 'item has', 'items have')} a new password since.`;
  const whole = `Breaches: checked ${when}, against ${SOURCES[breachCheck.source]}.${fresh}`;
  if (breachCheck.isWholeList) return whole;
  return `${whole} The list is only a part of the whole: what is not found may still be breached.`;
}

/** Rounded up: who waits is not to be promised less. */
export function leftWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 5) return 'a few seconds left';
  if (seconds < 60) return `about ${Math.ceil(seconds / 5) * 5} seconds left`;
  return `about ${formatAmount(Math.ceil(seconds / 60), 'minute')} left`;
}

/** Behind what happened: why. Keys are the reasons that the main side gives in `details.reason`. */
const REASONS: Readonly<Record<string, string>> = {
  empty: 'The file is empty.',
  compressed: 'It is compressed: unpack it first.',
  ntlm: 'It holds NTLM hashes; Latchkey needs the list of SHA-1 hashes.',
  'single-range':
    'It is a single range, one of about a million: choose one in the folder of all of them.',
  'without-counts': 'Its lines have no counts behind the hashes.',
  'not-sorted': 'It is sorted by count; Latchkey needs the list that is ordered by hash.',
  foreign: 'Its lines are not hashes.',
  'malformed-line': 'One of its lines is not a hash with a count.',
  'out-of-order': 'Its hashes are not in order.',
  truncated: 'It ends in the middle of a line.',
  'read-failed': 'It could not be read to the end.',
  'range-missing': 'A range that was needed is not in the folder.',
  'range-too-large': 'A range in the folder is larger than any real one.',
  'fetch-failed': 'The service gave no answer.',
  'answer-too-large': 'An answer was larger than any real one.',
  'answer-malformed': 'An answer was not a list of hashes.',
  'switched-off': 'The online check is switched off in the settings.',
};

export function reasonWords({ details }: ApiError): string | null {
  const { reason } = details;
  return typeof reason === 'string' && Object.hasOwn(REASONS, reason)
    ? (REASONS[reason] ?? null)
    : null;
}
