// The parts of `SCHEME://TYPE/LABEL?PARAMETERS` (RFC 3986), percent-decoding strict and every known parameter once.
// Written by hand because URL classes quietly drop tabs and line breaks and let the first of two parameters win.
// SPDX-License-Identifier: MIT

import { OneTimeCodeError, type OneTimeCodeReason } from './one-time-code-error.ts';

export interface KeyUri {
  /** Lower case. */
  readonly scheme: string;
  /** Lower case: what stands where other URIs have their host. */
  readonly type: string;
  /** Percent-encoded as it stands; empty when there is none. */
  readonly label: string;
  /** Everything between `?` and `#`, as it stands. */
  readonly query: string;
}

const KEY_URI = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?(?:#|$)/;

/** Null when `text` is no such URI. Nothing is decoded yet. */
export function parseKeyUri(text: string): KeyUri | null {
  const match = KEY_URI.exec(text);
  if (match === null) return null;
  const [, scheme = '', type = '', label = '', query = ''] = match;
  return { scheme: scheme.toLowerCase(), type: type.toLowerCase(), label, query };
}

/**
 * The `known` parameters of a query, names in any case, not yet decoded; others are ignored.
 * Throws `reason` when one of them is there twice.
 */
export function pickParameters<Name extends string>(
  query: string,
  known: readonly Name[],
  reason: OneTimeCodeReason,
): ReadonlyMap<Name, string> {
  const found = new Map<Name, string>();
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    const written = (equals === -1 ? part : part.slice(0, equals)).toLowerCase();
    const name = known.find((candidate) => candidate === written);
    if (name === undefined) continue;
    if (found.has(name)) throw new OneTimeCodeError(reason);
    found.set(name, equals === -1 ? '' : part.slice(equals + 1));
  }
  return found;
}

/** Percent-decoding with a plus sign for a blank, as forms write it: issuers do too. */
export function decodeFormValue(value: string): string {
  return decode(value.replaceAll('+', ' '), 'uri');
}

/** Percent-decoding of UTF-8. Throws `reason` for anything malformed. */
export function decode(value: string, reason: OneTimeCodeReason): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // The engine's own error adds nothing and could name the text.
    throw new OneTimeCodeError(reason);
  }
}
