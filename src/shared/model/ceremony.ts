// What Latchkey tells the person about a ceremony after it ended, and the state of the test site.
// SPDX-License-Identifier: MIT

/** Why a ceremony ended as it did: for the person, never for the page. */
export const CEREMONY_REASONS = [
  'completed',
  'opaque-origin',
  'not-an-origin',
  'insecure-origin',
  'ip-address',
  'not-a-domain',
  'rp-id-not-a-domain',
  'rp-id-not-a-suffix-of-origin',
  'rp-id-is-public-suffix',
  'options-malformed',
  'options-too-large',
  'empty-challenge',
  'user-handle-length',
  'no-common-algorithm',
  'no-suitable-authenticator',
  'denied',
  'timed-out',
  'no-passkey',
  'wrong-password-limit',
  'user-not-verified',
  'approval-mismatch',
  'vault-locked',
  'too-many-requests',
  'already-registered',
  'discoverable-not-possible',
  'aborted',
  'malformed-request',
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
