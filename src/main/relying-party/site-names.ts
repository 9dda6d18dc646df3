// The names that the test site answers to, and what each is as a relying party. All of them lie under `localhost`,
// which resolves to this machine alone and is a secure context over http.
// SPDX-License-Identifier: MIT

export interface SiteName {
  readonly hostname: string;
  /** The RP ID that its page asks for. */
  readonly rpId: string;
  readonly rpName: string;
  /** Sites of one realm share their accounts. */
  readonly realm: string;
  /** The site that it imitates; its RP ID is not its own to claim. */
  readonly pretendsToBe: string | null;
}

/** The plain one first: it is the one to open. */
export const SITE_NAMES: readonly SiteName[] = [
  {
    hostname: 'localhost',
    rpId: 'localhost',
    rpName: 'Latchkey test site',
    realm: 'localhost',
    pretendsToBe: null,
  },
  {
    hostname: 'bank.localhost',
    rpId: 'bank.localhost',
    rpName: 'Test bank',
    realm: 'bank.localhost',
    pretendsToBe: null,
  },
  {
    hostname: 'login.bank.localhost',
    rpId: 'bank.localhost',
    rpName: 'Test bank',
    realm: 'bank.localhost',
    pretendsToBe: null,
  },
  {
    hostname: 'bank-secure.localhost',
    rpId: 'bank.localhost',
    rpName: 'Test bank',
    realm: 'bank-secure.localhost',
    pretendsToBe: 'bank.localhost',
  },
];
