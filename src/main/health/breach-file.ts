// A list of breached passwords in one file: Have I Been Pwned's download, `SHA1:COUNT` lines sorted by hash, 40 GB and
// more. Searched where it lies: a few blocks of 4 KiB for each hash, and hashes near each other share them.
// SPDX-License-Identifier: MIT

import {
  BLOCK_BYTES,
  damaged,
  isAscending,
  readBlock,
  readBytes,
  type Block,
  type RandomAccessFile,
} from './breach-block.ts';
import { byteOrderMarkLength, notRecognised, refuseList } from './breach-list-kind.ts';
import type { BreachLookUp, LookUpOptions } from './breach-look-up.ts';
import { compareHex, fractionAt, HASH_DIGITS, parseHashLines } from './hash-lines.ts';
import { systemPace, type Pace } from './pace.ts';
import type { Sha1Hex } from './sha1.ts';
import { sortHashes, type IndexedHash } from './sorted-hashes.ts';

/** Blocks looked at when the file is opened, spread over it, the last one among them. */
const SAMPLES = 16;
/**
 * Hashes are spread evenly, so their place can be guessed, mostly within three blocks. A list that is not as even gets
 * this many guesses; then halving bounds what is left, some 24 blocks for 40 GB.
 */
const MOST_GUESSES = 8;
/** What one of the 16^5 ranges takes of the hash space. The whole list has hundreds of hashes in each. */
const RANGE_FRACTION = 1 / 0x10_0000;

/** Lines begin at `from` and end at `to`; no hash of theirs is below `low` or above `high`. */
interface Window {
  readonly from: number;
  readonly to: number;
  readonly low: Uint8Array;
  readonly high: Uint8Array;
}

/** The sorted targets from `first` up to `last`, and the window that answers them. */
interface Search {
  readonly window: Window;
  readonly first: number;
  readonly last: number;
  /** Blocks read in vain since these targets were parted from others. */
  readonly misses: number;
}

export interface BreachFileFacts {
  readonly sizeBytes: number;
  /** By the mean length of the lines looked at. */
  readonly estimatedHashes: number;
  /** It begins and ends where the whole list does. Where it does not, "not found" says less. */
  readonly isWhole: boolean;
}

/** An opened list. Searching leaves the file as it is; closing it is up to whoever opened it. */
export class BreachFile implements BreachLookUp {
  readonly facts: BreachFileFacts;
  readonly #file: RandomAccessFile;
  readonly #window: Window;
  readonly #pace: Pace;

  private constructor(file: RandomAccessFile, window: Window, facts: BreachFileFacts, pace: Pace) {
    this.#file = file;
    this.#window = window;
    this.facts = facts;
    this.#pace = pace;
  }

  /** Looks at the first, the last and some blocks between. Rejects with {@link HealthError} where it is no such list. */
  static async open(file: RandomAccessFile, pace: Pace = systemPace()): Promise<BreachFile> {
    const from = await recognise(file);
    const blocks: Block[] = [];
    for (const offset of samplePlaces(from, file.size)) {
      blocks.push(await readBlock(file, { offset, isLineStart: offset === from, end: file.size }));
    }
    const first = blocks[0];
    const last = blocks.at(-1);
    if (!first || !last || !areAscending(blocks)) throw notRecognised('not-sorted');
    const window = { from, to: file.size, low: first.low, high: last.high };
    return new BreachFile(file, window, factsOf(file, window, blocks), pace);
  }

  async lookUp(
    hashes: readonly Sha1Hex[],
    { signal, onProgress }: LookUpOptions = {},
  ): Promise<readonly number[]> {
    const targets = await sortHashes(hashes, this.#pace);
    const counts = new Array<number>(hashes.length).fill(0);
    const whole = { window: this.#window, first: 0, last: targets.length, misses: 0 };
    const searches: Search[] = targets.length > 0 ? [whole] : [];
    for (let search = searches.pop(); search; search = searches.pop()) {
      signal?.throwIfAborted();
      const block = await this.#probe(search, targets);
      for (const [index, count] of answers(search, block, targets)) counts[index] = count;
      searches.push(...narrow(search, block, targets));
      // The topmost search is the lowest in the file: all targets before it are answered.
      onProgress?.(searches.at(-1)?.first ?? targets.length, targets.length);
      await this.#pace.breathe();
    }
    return counts;
  }

  /** The block that is likely to hold the middle one of the targets; all of the window where it is no larger. */
  async #probe(search: Search, targets: readonly IndexedHash[]): Promise<Block> {
    const { window, first, last, misses } = search;
    const middle = targets[(first + last) >> 1];
    const share = middle && misses < MOST_GUESSES ? placeOf(middle.hash, window) : 0.5;
    const length = window.to - window.from;
    const ahead = Math.floor(share * length - BLOCK_BYTES / 2);
    const offset = window.from + Math.max(0, Math.min(length - BLOCK_BYTES, ahead));
    const isLineStart = offset === window.from;
    const block = await readBlock(this.#file, { offset, isLineStart, end: window.to });
    const isWithin =
      compareHex(window.low, 0, block.low) <= 0 && compareHex(block.high, 0, window.high) <= 0;
    if (!isWithin || !isAscending(block)) throw damaged('out-of-order', block.from);
    return block;
  }
}

/** Where the first line begins. Throws where it is not a line of this kind of list. */
async function recognise(file: RandomAccessFile): Promise<number> {
  if (file.size === 0) throw notRecognised('empty');
  const head = await readBytes(file, 0, Math.min(BLOCK_BYTES, file.size));
  const from = byteOrderMarkLength(head);
  const isEnd = head.length === file.size;
  const { lines } = parseHashLines(head, { from, digits: HASH_DIGITS, isEnd });
  return lines.length > 0 ? from : refuseList(head);
}

function samplePlaces(from: number, size: number): readonly number[] {
  const last = Math.max(from, size - BLOCK_BYTES);
  const places = Array.from({ length: SAMPLES + 1 }, (_, index) =>
    Math.floor(from + ((last - from) * index) / SAMPLES),
  );
  return [...new Set(places)];
}

function areAscending(blocks: readonly Block[]): boolean {
  return blocks.every((block, index) => {
    const before = blocks[index - 1];
    const follows =
      !before ||
      (compareHex(before.low, 0, block.low) <= 0 && compareHex(before.high, 0, block.high) <= 0);
    return follows && isAscending(block);
  });
}

function factsOf(
  file: RandomAccessFile,
  window: Window,
  blocks: readonly Block[],
): BreachFileFacts {
  const bytes = blocks.reduce((sum, block) => sum + block.to - block.from, 0);
  const lines = blocks.reduce((sum, block) => sum + block.lines.length, 0);
  return {
    sizeBytes: file.size,
    estimatedHashes: Math.round(((file.size - window.from) * lines) / bytes),
    isWhole:
      fractionAt(window.low, 0) < RANGE_FRACTION &&
      fractionAt(window.high, 0) >= 1 - RANGE_FRACTION,
  };
}

/** How far into the window the hash should lie, 0 to 1. */
function placeOf(hash: Sha1Hex, { low, high }: Window): number {
  const begin = fractionAt(low, 0);
  const width = fractionAt(high, 0) - begin;
  if (width <= 0) return 0.5;
  return Math.max(0, Math.min(1, (fractionAt(hash, 0) - begin) / width));
}

/** What is left to search once the block is known: the part behind it, then the part before it. */
function narrow(search: Search, block: Block, targets: readonly IndexedHash[]): readonly Search[] {
  const { window, first, last, misses } = search;
  const before = firstNotBelow(targets, block.low, first, last);
  const behind = firstAbove(targets, block.high, before, last);
  const missesOf = (count: number): number => (count === last - first ? misses + 1 : 0);
  const left = { ...window, to: block.from, high: block.low };
  const right = { ...window, from: block.to, low: block.high };
  return [
    { window: right, first: behind, last, misses: missesOf(last - behind) },
    { window: left, first, last: before, misses: missesOf(before - first) },
  ].filter((part) => part.first < part.last && part.window.from < part.window.to);
}

/** The targets that are in the block, as place and count. */
function* answers(
  { first, last }: Search,
  { bytes, lines, low, high }: Block,
  targets: readonly IndexedHash[],
): Generator<readonly [number, number]> {
  let at = 0;
  const from = firstNotBelow(targets, low, first, last);
  for (const { hash, index } of targets.slice(from, firstAbove(targets, high, from, last))) {
    let line = lines[at];
    while (line && compareHex(bytes, line.start, hash) < 0) line = lines[++at];
    if (line && compareHex(bytes, line.start, hash) === 0) yield [index, line.count];
  }
}

/** The first target from `first` up to `last` that is not below `hash`; `last` where there is none. */
function firstNotBelow(
  targets: readonly IndexedHash[],
  hash: Uint8Array,
  first: number,
  last: number,
): number {
  return partition(first, last, (at) => compareHex(targets[at]?.hash ?? hash, 0, hash) < 0);
}

function firstAbove(
  targets: readonly IndexedHash[],
  hash: Uint8Array,
  first: number,
  last: number,
): number {
  return partition(first, last, (at) => compareHex(targets[at]?.hash ?? hash, 0, hash) <= 0);
}

/** The first place from `first` up to `last` that is no longer before. */
function partition(first: number, last: number, isBefore: (at: number) => boolean): number {
  let [low, high] = [first, last];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
