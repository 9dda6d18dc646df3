// Vectors of pins: records that are read, and records with one fault each. They stand by themselves: no vault is needed.
// SPDX-License-Identifier: MIT

import { hex, join, utf8 } from '../bytes.ts';
import {
  encodeFields,
  type FoundPin,
  kdfBlockOf,
  type PinFields,
  readPin,
  withDigest,
  writePin,
} from '../pin.ts';
import { derive, digest, mac } from '../primitives.ts';

export interface PinVector {
  readonly name: string;
  readonly says: string;
  readonly record: string;
  readonly expect: FoundPin | 'damaged';
}

export interface PinFamily {
  readonly format: 1;
  readonly family: 'pin';
  readonly about: string;
  readonly vaultId: string;
  /** VRK of the epoch that the pins name. */
  readonly rootKey: string;
  readonly vectors: readonly PinVector[];
}

const vaultId = digest(utf8('vectors of pins: vault id'));
const rootKey = digest(utf8('vectors of pins: root key'));
const otherId = digest(utf8('vectors of pins: another vault id'));
const USUAL = { memoryKib: 262_144, passes: 3, lanes: 4 };

const PIN: PinFields = {
  ...{ vaultId, generation: 7, epoch: 2, lamport: 123_456 },
  ...{ seenAt: Date.UTC(2026, 0, 1), kdfBlock: kdfBlockOf(USUAL) },
};
const record = writePin(PIN, rootKey);

type Case = readonly [name: string, says: string, record: Uint8Array];

const good: readonly Case[] = [
  ['pin', 'a pin', record],
  ['pin-least', 'the least of everything', writePin(least(), rootKey)],
  ['pin-most', 'the most of everything', writePin(most(), rootKey)],
  ['pin-no-password', 'a vault without a password', changed({ kdfBlock: new Uint8Array(14) })],
  ['pin-cost-ceiling', 'the dearest KDF', changed({ kdfBlock: block(1_048_576, 4, 8) })],
];

/** Whole, but not made with the key of the epoch: to be told of once the vault is open. */
const forged: readonly Case[] = [
  ['pin-mac-flipped', 'the MAC with one bit changed', forgedMac((own) => flipped(own, 31))],
  ['pin-mac-zeros', 'zeros for a MAC', forgedMac(() => new Uint8Array(32))],
  ['pin-mac-other-root', 'made with another root key', writePin(PIN, digest(rootKey))],
  ['pin-mac-other-label', 'made with the key of the header', forgedMac(() => macBy('v1/header'))],
  ['pin-mac-other-salt', 'made with another salt', forgedMac(() => macBy('v1/pins', otherId))],
  ['pin-raised', 'the lamport raised by someone without the key', keepingMac({ lamport: 999_999 })],
  ['pin-lowered', 'the lamport lowered by someone without the key', keepingMac({ lamport: 1 })],
  ['pin-generation-raised', 'the generation raised likewise', keepingMac({ generation: 8 })],
  ['pin-epoch-lowered', 'the epoch lowered likewise', keepingMac({ epoch: 1 })],
  ['pin-time-changed', 'the time changed likewise', keepingMac({ seenAt: 0 })],
  ['pin-cost-lowered', 'the cost lowered likewise', keepingMac({ kdfBlock: block(65_536, 3, 1) })],
];

const damaged: readonly Case[] = [
  ['pin-empty', 'no byte', new Uint8Array(0)],
  ['pin-short', 'a byte too few', record.subarray(0, -1)],
  ['pin-long', 'a byte too many', join(record, new Uint8Array(1))],
  ['pin-half', 'a write that was cut off', join(record.subarray(0, 73), new Uint8Array(73))],
  ['pin-zeros', 'zeros', new Uint8Array(146)],
  ['pin-digest-flipped', 'the digest with one bit changed', flipped(record, 145)],
  ['pin-field-flipped', 'one bit of the lamport changed', flipped(record, 59)],
  ['pin-magic', 'another magic', changed({ magic: 'LATCHKEY' })],
  ['pin-version', 'another version', changed({ version: 2 })],
  ['pin-suite', 'another suite', changed({ suite: 2 })],
  ['pin-other-vault', 'a pin of another vault', writePin({ ...PIN, vaultId: otherId }, rootKey)],
  ['pin-generation-0', 'generation 0', changed({ generation: 0 })],
  ['pin-epoch-0', 'epoch 0', changed({ epoch: 0 })],
  ['pin-lamport-too-large', 'a lamport of 2^53', changed({ lamport: 2n ** 53n })],
  ['pin-time-too-late', 'a time that there is not', changed({ seenAt: 8_640_000_000_000_001n })],
  ['pin-kdf-algorithm', 'another KDF', changed({ kdfBlock: altered(0, 1) })],
  ['pin-kdf-version', 'another version of the KDF', changed({ kdfBlock: altered(1, 0x10) })],
  ['pin-memory-low', 'memory below the floor', changed({ kdfBlock: block(65_535, 3, 1) })],
  ['pin-memory-high', 'memory above the ceiling', changed({ kdfBlock: block(1_048_577, 3, 1) })],
  ['pin-passes-low', 'passes below the floor', changed({ kdfBlock: block(65_536, 2, 1) })],
  ['pin-passes-high', 'passes above the ceiling', changed({ kdfBlock: block(65_536, 17, 1) })],
  ['pin-lanes-low', 'no lane', changed({ kdfBlock: block(65_536, 3, 0) })],
  ['pin-lanes-high', 'lanes above the ceiling', changed({ kdfBlock: block(65_536, 3, 9) })],
  [
    'pin-work-high',
    'memory times passes above the ceiling',
    changed({ kdfBlock: block(1_048_576, 5, 1) }),
  ],
];

export function pinFamily(): PinFamily {
  const vectors = [...good, ...forged, ...damaged].map(([name, says, bytes]): PinVector => {
    return { name, says, record: hex(bytes), expect: readPin(bytes, vaultId, rootKey) };
  });
  const expected = [
    ...good.map(() => 'authentic'),
    ...forged.map(() => 'forged'),
    ...damaged.map(() => 'damaged'),
  ];
  for (const [index, { name, expect }] of vectors.entries()) {
    if (kindOf(expect) !== expected[index]) throw new Error(`${name}: is ${kindOf(expect)}`);
  }
  const about = 'What a machine remembers of a vault: each record by itself, read with a root key.';
  const keys = { vaultId: hex(vaultId), rootKey: hex(rootKey) };
  return { format: 1, family: 'pin', about, ...keys, vectors };
}

export function printPinFamily({ vectors, ...head }: PinFamily): string {
  const lines = vectors.map((vector) => JSON.stringify(vector));
  return `${JSON.stringify(head).slice(0, -1)},\n"vectors":[\n${lines.join(',\n')}\n]}\n`;
}

function kindOf(found: FoundPin | 'damaged'): string {
  if (found === 'damaged') return found;
  return found.isAuthentic ? 'authentic' : 'forged';
}

function least(): PinFields {
  return { vaultId, generation: 1, epoch: 1, lamport: 0, seenAt: 0, kdfBlock: block(65_536, 3, 1) };
}

function most(): PinFields {
  const [generation, epoch] = [2 ** 32 - 1, 2 ** 32 - 1];
  const [lamport, seenAt] = [2 ** 53 - 1, 8.64e15];
  return { vaultId, generation, epoch, lamport, seenAt, kdfBlock: block(262_144, 16, 8) };
}

function block(memoryKib: number, passes: number, lanes: number): Uint8Array {
  return kdfBlockOf({ memoryKib, passes, lanes });
}

function altered(at: number, byte: number): Uint8Array {
  return kdfBlockOf(USUAL).with(at, byte);
}

function changed(change: Partial<PinFields>): Uint8Array {
  return writePin({ ...PIN, ...change }, rootKey);
}

/** With a digest that fits and the MAC of the pin as it was. */
function keepingMac(change: Partial<PinFields>): Uint8Array {
  return withDigest(join(encodeFields({ ...PIN, ...change }), record.subarray(82, 114)));
}

function forgedMac(make: (own: Uint8Array) => Uint8Array): Uint8Array {
  return withDigest(join(record.subarray(0, 82), make(record.slice(82, 114))));
}

function macBy(label: string, salt = vaultId): Uint8Array {
  return mac(derive(rootKey, salt, label), record.subarray(0, 82));
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.with(at, (bytes[at] ?? 0) ^ 1);
}
