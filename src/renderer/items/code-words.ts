// A one-time code in words: whose it is and how it works. Never its secret.
// SPDX-License-Identifier: MIT

import type { OneTimeCodeDetail } from '../../shared/model/item.ts';

/** `Issuer, account: 6 digits every 30 s`. */
export function codeWords(code: OneTimeCodeDetail): string {
  const owner = ownerOf(code);
  return owner === '' ? manner(code) : `${owner}: ${manner(code)}`;
}

/** `Issuer, account`; empty where nothing is known. */
export function ownerOf({ issuer, account }: OneTimeCodeDetail): string {
  return [issuer, account].filter((part) => part !== '').join(', ');
}

/** How the codes come about. */
export function manner({ type, digits, period }: OneTimeCodeDetail): string {
  switch (type) {
    case 'totp':
      return `${digits} digits every ${period} s`;
    case 'hotp':
      return `${digits} digits, counted`;
    case 'steam':
      return `Steam Guard, ${digits} characters every ${period} s`;
  }
}
