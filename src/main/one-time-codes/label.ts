// The label of a key URI, `[issuer ":"] account`: taken apart and put together.
// Key URI Format of Google Authenticator, section "Label".
// SPDX-License-Identifier: MIT

interface Names {
  readonly issuer: string;
  readonly account: string;
}

/**
 * Who the code is for, from a decoded label and the issuer given beside it (empty: none). A prefix that says
 * something else than that issuer, such as the tenant of a service, stays part of the account.
 */
export function splitLabel(label: string, givenIssuer: string): Names {
  const issuer = givenIssuer.trim();
  const colon = label.indexOf(':');
  const prefix = label.slice(0, Math.max(colon, 0)).trim();
  const rest = label.slice(colon + 1).trim();
  if (colon === -1 || prefix === '') return { issuer, account: rest };
  if (issuer === '') return { issuer: prefix, account: rest };
  const isSame = prefix.toLowerCase() === issuer.toLowerCase();
  return { issuer, account: isSame ? rest : label.trim() };
}

/** A percent-encoded label from which `splitLabel`, given the same issuer, reads both names again. */
export function joinLabel({ issuer, account }: Names): string {
  // An issuer with a colon of its own would be cut there: it stands in its parameter alone.
  const prefix = issuer.includes(':') ? '' : issuer;
  if (prefix === '' && !account.includes(':')) return encodeURIComponent(account);
  return `${encodeURIComponent(prefix)}:${encodeURIComponent(account)}`;
}
