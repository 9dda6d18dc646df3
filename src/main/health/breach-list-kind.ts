// Tells by its first bytes what a file is that somebody took for a list of breached passwords.
// SPDX-License-Identifier: MIT

import { HealthError, type HealthErrorReason } from './health-error.ts';

/** Enough for a byte order mark and a line. */
const SAMPLE_CHARACTERS = 80;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** First bytes of the containers in which the lists have been passed around. */
const COMPRESSED = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
  [0x1f, 0x8b],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  [0x42, 0x5a, 0x68],
];

/** NTLM hashes have 32 digits, 27 behind the prefix; a range of SHA-1 hashes has 35. */
const KNOWN_LINES: readonly (readonly [RegExp, HealthErrorReason])[] = [
  [/^[0-9a-f]{32}:\d+$/i, 'ntlm'],
  [/^[0-9a-f]{27}:\d+$/i, 'ntlm'],
  [/^[0-9a-f]{35}:\d+$/i, 'single-range'],
  [/^[0-9a-f]{40}$/i, 'without-counts'],
];

const WORDS: Readonly<Partial<Record<HealthErrorReason, string>>> = {
  empty: 'has no bytes',
  compressed: 'is compressed: it has to be unpacked first',
  ntlm: 'holds NTLM hashes, not SHA-1',
  'single-range': 'holds one range; the folder with all of them is needed',
  'without-counts': 'has hashes without counts',
  'not-sorted': 'is not sorted by hash',
};

/** Throws the error for a file that begins with `head` and whose first line is none of the wanted form. */
export function refuseList(head: Uint8Array): never {
  throw notRecognised(reasonFor(head));
}

export function notRecognised(
  reason: HealthErrorReason,
  details: Readonly<Record<string, number>> = {},
): HealthError {
  return new HealthError(reason, `breach list: ${WORDS[reason] ?? 'is none'}`, { details });
}

/** How many bytes of a byte order mark `head` begins with. */
export function byteOrderMarkLength(head: Uint8Array): number {
  return startsWith(head, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
}

function reasonFor(head: Uint8Array): HealthErrorReason {
  const from = byteOrderMarkLength(head);
  if (head.length === from) return 'empty';
  if (COMPRESSED.some((magic) => startsWith(head, magic))) return 'compressed';
  const sample = String.fromCharCode(...head.subarray(from, from + SAMPLE_CHARACTERS));
  const firstLine = sample.split(/\r?\n/, 1)[0] ?? '';
  return KNOWN_LINES.find(([pattern]) => pattern.test(firstLine))?.[1] ?? 'foreign';
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
