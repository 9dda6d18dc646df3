// CollectedClientData and its bytes (WebAuthn Level 3, section 5.8.1), written in the form that a verifier may
// compare as text: the limited verification algorithm's serialisation (section 5.8.1.1), not JSON.stringify.
// SPDX-License-Identifier: MIT

import type { ClientDataHash } from '../../shared/brand.ts';
import { toBase64Url, toUtf8 } from '../../shared/bytes.ts';
import { sha256 } from '../crypto/digest.ts';

export interface CollectedClientData {
  readonly type: 'webauthn.create' | 'webauthn.get';
  readonly challenge: Uint8Array;
  /** ASCII serialisation of the caller's origin. */
  readonly origin: string;
  readonly crossOrigin: boolean;
}

/** The JSON-compatible serialisation of client data: `clientDataJSON`. */
export function encodeClientData(data: CollectedClientData): Uint8Array<ArrayBuffer> {
  const challenge = toBase64Url(data.challenge);
  return toUtf8(
    `{"type":${toClientDataString(data.type)}` +
      `,"challenge":${toClientDataString(challenge)}` +
      `,"origin":${toClientDataString(data.origin)}` +
      `,"crossOrigin":${data.crossOrigin ? 'true' : 'false'}}`,
  );
}

/** The hash of the serialized client data. */
export function hashClientData(clientDataJSON: Uint8Array): ClientDataHash {
  return sha256(clientDataJSON) as Uint8Array as ClientDataHash;
}

/** Section 5.8.1.1, CCDToString: escapes quotes, backslashes and what is below U+0020, nothing else. */
export function toClientDataString(text: string): string {
  let escaped = '';
  for (const character of text.toWellFormed()) {
    if (character === '"' || character === '\\') escaped += `\\${character}`;
    else if (character < ' ')
      escaped += `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    else escaped += character;
  }
  return `"${escaped}"`;
}
