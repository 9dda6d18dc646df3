// IdSet: ids of items as the bytes they are, told apart without making a text of each. Unlocking looks at every id of a
// vault once, to see that none stands twice; only what is asked for afterwards needs it as text.
// SPDX-License-Identifier: MIT

const WORDS = 4;
const FIRST_CAPACITY = 1024;

/** Open addressing over the first word of an id: ids are random, so it is as good as a hash. */
export class IdSet {
  #ids = new Uint32Array(FIRST_CAPACITY * WORDS);
  #used = new Uint8Array(FIRST_CAPACITY);
  #size = 0;

  /** Whether the 16 bytes of `content` from `start` are in. */
  has(content: Uint8Array, start: number): boolean {
    return this.#used[this.#placeOf(readId(content, start))] === 1;
  }

  /** Puts them in; false where they are in already. */
  add(content: Uint8Array, start: number): boolean {
    if (this.#size * 2 >= this.#used.length) this.#grow();
    const id = readId(content, start);
    const place = this.#placeOf(id);
    if (this.#used[place] === 1) return false;
    this.#used[place] = 1;
    this.#ids.set(id, place * WORDS);
    this.#size += 1;
    return true;
  }

  clear(): void {
    this.#used.fill(0);
    this.#size = 0;
  }

  /** Where an id is, or the free place that it would take. */
  #placeOf(id: Uint32Array): number {
    const ids = this.#ids;
    const a = id[0] ?? 0;
    const [b, c, d] = [id[1], id[2], id[3]];
    const mask = this.#used.length - 1;
    for (let place = a & mask; ; place = (place + 1) & mask) {
      const at = place * WORDS;
      if (this.#used[place] === 0) return place;
      if (ids[at] === a && ids[at + 1] === b && ids[at + 2] === c && ids[at + 3] === d)
        return place;
    }
  }

  #grow(): void {
    const ids = this.#ids;
    const used = this.#used;
    this.#ids = new Uint32Array(ids.length * 2);
    this.#used = new Uint8Array(used.length * 2);
    for (const [place, isUsed] of used.entries()) {
      const at = place * WORDS;
      if (isUsed === 0) continue;
      const id = ids.subarray(at, at + WORDS);
      const found = this.#placeOf(id);
      this.#used[found] = 1;
      this.#ids.set(id, found * WORDS);
    }
  }
}

/** The id that was read last: lent until the next one is. */
const lastRead = new Uint32Array(WORDS);

function readId(content: Uint8Array, start: number): Uint32Array {
  for (let word = 0; word < WORDS; word += 1) lastRead[word] = wordAt(content, start + 4 * word);
  return lastRead;
}

function wordAt(bytes: Uint8Array, at: number): number {
  const high = ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16);
  return (high | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;
}
