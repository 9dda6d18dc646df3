// Mutations: sound inputs broken in the ways that break parsers. Everything comes from the dice it is handed, so that
// an input can be made again from its seed and number.
// SPDX-License-Identifier: MIT

import { concatBytes, toUtf8 } from '../../../src/shared/bytes.ts';
import type { Dice } from '../dice.ts';

/** Small enough that a parser that takes time in proportion stays far below its limit. */
const MOST_BYTES = 8 * 1024;
const MOST_MUTATIONS = 8;
const EDGES = [0, 1, 0x17, 0x18, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff];

type Mutation = (bytes: Uint8Array, dice: Dice, source: MutationSource) => Uint8Array;

export interface MutationSource {
  readonly seeds: readonly Uint8Array[];
  /** Pieces that mean something in the format. */
  readonly tokens: readonly Uint8Array[];
}

const MUTATIONS: readonly Mutation[] = [
  (bytes, dice) => changed(bytes, dice, (byte) => byte ^ (1 << dice.below(8))),
  (bytes, dice) => changed(bytes, dice, () => dice.pick(EDGES) & 0xff),
  (bytes, dice) => changed(bytes, dice, (byte) => byte + dice.pick([1, -1])),
  (bytes, dice) => spliced(bytes, dice, dice.bytes(1 + dice.below(8))),
  (bytes, dice) => without(bytes, dice),
  (bytes, dice) => spliced(bytes, dice, rangeOf(bytes, dice)),
  (bytes, dice) => bytes.subarray(0, dice.below(bytes.length + 1)),
  (bytes, dice, { seeds }) => spliced(bytes, dice, rangeOf(dice.pick(seeds), dice)),
  (bytes, dice) => overwritten(bytes, dice, bigEndian(dice.pick(EDGES), dice.pick([1, 2, 4, 8]))),
  (bytes, dice, { tokens }) =>
    tokens.length === 0 ? bytes : spliced(bytes, dice, dice.pick(tokens)),
  (bytes, dice) => (dice.oneIn(20) ? repeated(bytes, dice) : bytes),
];

/** A sound input, broken one to eight times; now and then nothing but noise. */
export function mutate(source: MutationSource, dice: Dice): Uint8Array {
  if (dice.oneIn(50)) return dice.bytes(dice.below(200));
  let bytes: Uint8Array = Uint8Array.from(dice.pick(source.seeds));
  const count = 1 + dice.below(MOST_MUTATIONS);
  for (let index = 0; index < count; index += 1) {
    bytes = dice.pick(MUTATIONS)(bytes, dice, source);
  }
  return Uint8Array.from(bytes.subarray(0, MOST_BYTES));
}

function changed(bytes: Uint8Array, dice: Dice, change: (byte: number) => number): Uint8Array {
  const at = dice.below(bytes.length);
  const copy = Uint8Array.from(bytes);
  if (copy.length > 0) copy[at] = change(copy[at] ?? 0);
  return copy;
}

function spliced(bytes: Uint8Array, dice: Dice, piece: Uint8Array): Uint8Array {
  const at = dice.below(bytes.length + 1);
  return concatBytes(bytes.subarray(0, at), piece, bytes.subarray(at));
}

function without(bytes: Uint8Array, dice: Dice): Uint8Array {
  const at = dice.below(bytes.length + 1);
  return concatBytes(bytes.subarray(0, at), bytes.subarray(at + 1 + dice.below(16)));
}

function overwritten(bytes: Uint8Array, dice: Dice, piece: Uint8Array): Uint8Array {
  const at = dice.below(bytes.length + 1);
  return concatBytes(bytes.subarray(0, at), piece, bytes.subarray(at + piece.length));
}

function rangeOf(bytes: Uint8Array, dice: Dice): Uint8Array {
  const at = dice.below(bytes.length + 1);
  return bytes.subarray(at, at + dice.below(64));
}

/** The same again and again: what nests, recurses or grows by squares shows itself. */
function repeated(bytes: Uint8Array, dice: Dice): Uint8Array {
  const piece = rangeOf(bytes, dice);
  const room = Math.floor((MOST_BYTES - Math.min(MOST_BYTES, bytes.length)) / (piece.length || 1));
  const times = dice.below(dice.oneIn(10) ? room + 1 : 40);
  return spliced(bytes, dice, concatBytes(...Array.from({ length: times }, () => piece)));
}

function bigEndian(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let index = length - 1; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

const STRANGE: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, -(2 ** 31), '', '\u0000', '\ud800', 'A'],
  ...[[], {}, [[]], [null], { length: 3 }, 'constructor', '../..', 'AAAA====', 'a'.repeat(5000)],
];
const STRANGE_KEYS = ['__proto__', 'constructor', 'toString', '', 'length', 'id', 'type'];

/** A JSON value with one to four of its parts put otherwise, as text. */
export function mutateJson(seed: unknown, dice: Dice): Uint8Array {
  let value = seed;
  const count = 1 + dice.below(4);
  for (let index = 0; index < count; index += 1) value = strange(value, dice);
  return toUtf8(JSON.stringify(value));
}

function strange(value: unknown, dice: Dice): unknown {
  const isHere = typeof value !== 'object' || value === null || dice.oneIn(6);
  if (isHere) return dice.oneIn(8) ? nested(dice) : dice.pick(STRANGE);
  if (Array.isArray(value)) return strangeList(value, dice);
  const entries = Object.entries(value);
  const at = dice.below(entries.length + 1);
  const [key = dice.pick(STRANGE_KEYS), inner] = entries[at] ?? [];
  if (dice.oneIn(5)) entries.splice(at, 1);
  else if (dice.oneIn(5)) entries.push([dice.pick(STRANGE_KEYS), inner]);
  else entries[at] = [key, strange(inner ?? null, dice)];
  // Not an assignment: `__proto__` is to be a key like any other.
  return Object.fromEntries(entries);
}

function strangeList(list: readonly unknown[], dice: Dice): readonly unknown[] {
  const at = dice.below(list.length + 1);
  const rest = list.slice(at + dice.below(2));
  return [...list.slice(0, at), strange(list[at] ?? null, dice), ...rest];
}

function nested(dice: Dice): unknown {
  let value: unknown = 0;
  for (let depth = dice.below(dice.oneIn(10) ? 2000 : 50); depth > 0; depth -= 1) value = [value];
  return value;
}
