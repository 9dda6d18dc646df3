// Web addresses as people write them into items, as far as password health asks: where they lead and whether in clear.
// SPDX-License-Identifier: MIT

export interface WebAddress {
  readonly isEncrypted: boolean;
  readonly host: string;
  /** It stays on this computer: nobody is in between. */
  readonly isLoopback: boolean;
  /** A site on the net, named by a domain: WebAuthn, section 5.1.2 wants one for a passkey. */
  readonly isSite: boolean;
}

const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;

/** What `text` names, a missing scheme being read as https; null where it is no address of the web. */
export function toWebAddress(text: string): WebAddress | null {
  const trimmed = text.trim();
  const url = URL.parse(HAS_SCHEME.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  const host = url.hostname.replace(/\.$/, '');
  const isAddress = IPV4.test(host) || host.startsWith('[');
  const isLoopback =
    host === '[::1]' || /(^|\.)localhost$/.test(host) || (isAddress && host.startsWith('127.'));
  return {
    isEncrypted: url.protocol === 'https:',
    host,
    isLoopback,
    isSite: !isAddress && !isLoopback && host.includes('.'),
  };
}
