// What Latchkey tells the person about a ceremony after it ended, and the state of the test site.
// SPDX-License-Identifier: MIT

/** Why a ceremony ended as it did: for the person, never for the page. */
export const CEREMONY_REASONS = [
  'completed',
  'denied',
  'timed-out',
  'aborted',
  'queue-full',
  'no-passkey',
  'already-registered',
  'wrong-password-limit',
  'insecure-origin',
  'opaque-origin',
  'ip-address',
  'rp-id-invalid',
  'rp-id-is-public-suffix',
  'rp-id-not-a-suffix-of-origin',
  'no-common-algorithm',
  'empty-challenge',
  'user-handle-length',
  'malformed-request',
  'too-large',
  'prompt-changed',
  'vault-locked',
  'internal',
] as const;

export type CeremonyReason = (typeof CEREMONY_REASONS)[number];

export interface CeremonyReport {
  readonly at: number;
  readonly operation: 'create' | 'get';
  readonly origin: string;
  /** As far as it was readable in the request. */
  readonly rpId: string | null;
  readonly reason: CeremonyReason;
  /** Name of the DOMException given to the page; null on success. */
  readonly errorName: string | null;
}

export interface TestSiteStatus {
  readonly isRunning: boolean;
  /** The site's own addresses, the first of them the one to open. Empty when stopped. */
  readonly urls: readonly string[];
  readonly recent: readonly CeremonyReport[];
}
