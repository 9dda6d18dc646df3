// A one-time code as it is kept in an item (TOTP, RFC 6238; HOTP, RFC 4226; Steam Guard) and as it is shown.
// Types and bounds only: reading, writing and computing are done by `main/one-time-codes`.
// SPDX-License-Identifier: MIT

export const ONE_TIME_CODE_TYPES = ['totp', 'hotp', 'steam'] as const;
export type OneTimeCodeType = (typeof ONE_TIME_CODE_TYPES)[number];

export const ONE_TIME_CODE_ALGORITHMS = ['SHA-1', 'SHA-256', 'SHA-512'] as const;
export type OneTimeCodeAlgorithm = (typeof ONE_TIME_CODE_ALGORITHMS)[number];

export interface OneTimeCode {
  readonly type: OneTimeCodeType;
  /** Base32 (RFC 4648, section 6) in upper case, without padding or blanks. */
  readonly secret: string;
  /** Of the HMAC. Steam: SHA-1. */
  readonly algorithm: OneTimeCodeAlgorithm;
  /** Characters of a code: 6 to 10. Steam: 5. */
  readonly digits: number;
  /** Seconds that a code holds. Steam: 30; HOTP: 0. */
  readonly period: number;
  /** HOTP: that of the next code. Otherwise 0. */
  readonly counter: number;
  readonly issuer: string;
  readonly account: string;
}

export interface CurrentCode {
  readonly code: string;
  /** Milliseconds since the epoch at which the next code takes over; null for HOTP. */
  readonly validUntil: number | null;
  /** Null for HOTP. */
  readonly periodMs: number | null;
}

/** Lowest and highest of each field, both allowed; texts are counted in UTF-16 code units. */
export const ONE_TIME_CODE_LIMITS = {
  /** One byte of secret takes two characters. */
  secret: { min: 2, max: 1024 },
  digits: { min: 6, max: 10 },
  period: { min: 1, max: 86_400 },
  counter: { min: 0, max: Number.MAX_SAFE_INTEGER },
  issuer: { min: 0, max: 1024 },
  account: { min: 0, max: 1024 },
  /** A URI with issuer and account at their longest, every character percent-encoded, fits. */
  text: { min: 1, max: 32_768 },
} as const;

/** Every character of a secret is one of these; its length is bounded by {@link ONE_TIME_CODE_LIMITS}. */
export const ONE_TIME_CODE_SECRET = /^[A-Z2-7]+$/;

/** What is fixed for Steam Guard. */
export const STEAM_GUARD = { algorithm: 'SHA-1', digits: 5, period: 30 } as const;
