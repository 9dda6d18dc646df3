// The one suite of HPKE (RFC 9180) that Latchkey speaks, as far as both sides of it write the same bytes:
// base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
// SPDX-License-Identifier: MIT

import { concatBytes, toUtf8 } from './bytes.ts';

/** RFC 9180, sections 7.1 to 7.3: Npk and Nenc, Nk, Nn, Nt, and Nsecret of the KEM. */
export const HPKE_LENGTHS = { publicKey: 32, key: 32, nonce: 12, tag: 16, secret: 32 } as const;

const VERSION = toUtf8('HPKE-v1');
/** Section 7.1: DHKEM(X25519, HKDF-SHA256) is 0x0020. */
const KEM_SUITE = concatBytes(toUtf8('KEM'), uint16(0x0020));
/** Sections 7.2 and 7.3: HKDF-SHA256 is 0x0001, AES-256-GCM 0x0002. */
const HPKE_SUITE = concatBytes(toUtf8('HPKE'), uint16(0x0020), uint16(0x0001), uint16(0x0002));
/** Section 5.1: `mode_base`. */
const MODE_BASE = Uint8Array.of(0);

/** Whose key schedule a label belongs to: the KEM's or that of the whole (section 5.1). */
export type HpkePart = 'kem' | 'hpke';

const suiteOf = (part: HpkePart): Uint8Array => (part === 'kem' ? KEM_SUITE : HPKE_SUITE);

/** Section 4, `LabeledExtract`: what HKDF's extract is given as input keying material. The caller erases it. */
export function labeledInput(part: HpkePart, label: string, input: Uint8Array) {
  return concatBytes(VERSION, suiteOf(part), toUtf8(label), input);
}

/** Section 4, `LabeledExpand`: the info that HKDF's expand is given for `length` bytes. */
export function labeledInfo(
  part: HpkePart,
  label: string,
  { info, length }: { readonly info: Uint8Array; readonly length: number },
) {
  return concatBytes(uint16(length), VERSION, suiteOf(part), toUtf8(label), info);
}

/** Section 4.1: `kem_context` of DHKEM, for the sender's ephemeral key and the receiver's. */
export function kemContext(ephemeral: Uint8Array, receiver: Uint8Array) {
  return concatBytes(ephemeral, receiver);
}

/** Section 5.1: `key_schedule_context` of the base mode. */
export function keyScheduleContext(pskIdHash: Uint8Array, infoHash: Uint8Array) {
  return concatBytes(MODE_BASE, pskIdHash, infoHash);
}

/** RFC 8017's I2OSP for two bytes. */
function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}
