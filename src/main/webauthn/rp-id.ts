// Origins and RP IDs (WebAuthn Level 3, section 5.1.3 steps 6 to 8 and section 5.1.4 steps 5 to 7; HTML,
// "is a registrable domain suffix of or is equal to"). Public suffixes come from tldts, private domains included.
// Related origins are not honoured.
// SPDX-License-Identifier: MIT

import { getDomain, getPublicSuffix } from 'tldts';
import { WebAuthnError } from './webauthn-error.ts';

/** A caller's origin that may use WebAuthn at all. */
export interface CallerOrigin {
  /** Its ASCII serialisation, the form that goes into the client data. */
  readonly serialized: string;
  /** Its effective domain: a valid domain in ASCII form, no address. */
  readonly effectiveDomain: string;
}

const SUFFIX_LIST = {
  allowPrivateDomains: true,
  extractHostname: false,
  validateHostname: false,
  detectIp: false,
};

/** Letters, digits and inner hyphens, 1 to 63 of them (RFC 1123, section 2.1). */
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const MAX_DOMAIN_LENGTH = 253;
/** What the URL parser would take for the end of a host, decode, or silently drop. */
const NOT_IN_HOST = /[\p{Cc}\s/\\:@?#%[\]]/u;

/** Parses what the transport says the origin is. Throws `WebAuthnError`; steps 6 and 7 of `create()`. */
export function parseCallerOrigin(text: string): CallerOrigin {
  if (text === 'null') throw new WebAuthnError('opaque-origin');
  const url = parseBareUrl(text);
  const domain = url.hostname;
  if (isAddress(domain)) throw new WebAuthnError('ip-address');
  if (!isValidDomain(domain)) throw new WebAuthnError('not-a-domain');
  // WebAuthn is [SecureContext]: https, or http on the names that never leave the machine.
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocalhost(domain))) {
    throw new WebAuthnError('insecure-origin');
  }
  return { serialized: url.origin, effectiveDomain: domain };
}

/**
 * The RP ID of a ceremony, in ASCII form: what the caller asked for when its origin may claim it, or the
 * effective domain when it asked for none. Throws `WebAuthnError`, whose reason says which rule it broke.
 */
export function determineRpId(origin: CallerOrigin, requested: string | undefined): string {
  if (requested === undefined) return origin.effectiveDomain;
  const rpId = toAsciiDomain(requested);
  if (rpId === origin.effectiveDomain) return rpId;
  if (isAddress(rpId)) throw new WebAuthnError('ip-address');
  if (!isValidDomain(rpId)) throw new WebAuthnError('rp-id-not-a-domain');
  // The dot is part of what must match: `bank.com` is no suffix of `fakebank.com`.
  if (!origin.effectiveDomain.endsWith(`.${rpId}`)) {
    throw new WebAuthnError('rp-id-not-a-suffix-of-origin');
  }
  if (isAtOrAbovePublicSuffix(rpId, origin.effectiveDomain)) {
    throw new WebAuthnError('rp-id-is-public-suffix');
  }
  return rpId;
}

/** The registrable domain inside an RP ID, for emphasis; the RP ID itself where there is none. */
export function registrableDomain(rpId: string): string {
  return getDomain(rpId, SUFFIX_LIST) ?? rpId;
}

function parseBareUrl(text: string): URL {
  const isBare = /^https?:\/\/[^/?#@\\\s]+\/?$/i.test(text);
  if (!isBare || !URL.canParse(text)) throw new WebAuthnError('not-an-origin');
  return new URL(text);
}

function toAsciiDomain(text: string): string {
  const url = `https://${text}/`;
  if (NOT_IN_HOST.test(text) || !URL.canParse(url)) throw new WebAuthnError('rp-id-not-a-domain');
  return new URL(url).hostname;
}

/** The URL parser has brought every spelling of an IPv4 address to four decimal parts, IPv6 into brackets. */
function isAddress(host: string): boolean {
  return host.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

/** No trailing dot either: the root label is empty. */
function isValidDomain(host: string): boolean {
  return host.length <= MAX_DOMAIN_LENGTH && DOMAIN.test(host);
}

/** Exceptions in the list (`!city.kobe.jp`) make `kobe.jp` a suffix of that origin, though not of itself. */
function isAtOrAbovePublicSuffix(rpId: string, effectiveDomain: string): boolean {
  const suffixOfOrigin = getPublicSuffix(effectiveDomain, SUFFIX_LIST) ?? '';
  return (
    rpId === getPublicSuffix(rpId, SUFFIX_LIST) ||
    rpId === suffixOfOrigin ||
    suffixOfOrigin.endsWith(`.${rpId}`)
  );
}

function isLocalhost(domain: string): boolean {
  return domain === 'localhost' || domain.endsWith('.localhost');
}
