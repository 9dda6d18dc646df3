// All texts of one length that hold a character of each required set and repeat none too often in a row: how many
// there are, and the one of a given number. Counting instead of trying: rules that leave two texts cost no more
// than rules that leave nearly all, and a number drawn evenly gives each text the same chance.
// SPDX-License-Identifier: MIT

export interface TextRules {
  readonly length: number;
  /** Each character once. */
  readonly alphabet: readonly string[];
  /** Subsets of the alphabet; the work doubles with each. */
  readonly required: readonly (readonly string[])[];
  /** How often one character may stand in a row; at least 1, `Infinity` for any number. */
  readonly maxRun: number;
}

/** The characters that lie in the same required sets; which sets those are, as bits. */
interface Group {
  readonly met: number;
  readonly characters: readonly string[];
}

/**
 * Rests of texts by their length and by the sets that were met before them, as bits. A text is taken as a chain of
 * runs, each of one character and another one than the run before.
 */
interface Counts {
  /** Any rest. */
  readonly all: readonly (readonly bigint[])[];
  /** Rests that begin with one given character whose sets are all met. The same for each such character. */
  readonly starting: readonly (readonly bigint[])[];
  /** Rests that do not begin with that character: what may follow a run of it. */
  readonly following: readonly (readonly bigint[])[];
}

export class RuleTexts {
  readonly #rules: TextRules;
  readonly #groups: readonly Group[];
  readonly #counts: Counts;

  constructor(rules: TextRules) {
    this.#rules = rules;
    this.#groups = groupsOf(rules);
    this.#counts = countRests(rules, this.#groups);
  }

  /** How many texts there are. */
  get count(): bigint {
    return entry(this.#counts.all, this.#rules.length, 0);
  }

  /** The text of number `index`, from 0 to `count` - 1: each text has one number. */
  textAt(index: bigint): string {
    if (index < 0n || index >= this.count) throw new RangeError('rule texts: no such number');
    let rest = { index, left: this.#rules.length, met: 0 };
    let text = '';
    while (rest.left > 0) {
      const previous = text.slice(-1);
      const start = this.#runStart(rest, previous);
      const run = this.#runLength(start);
      text += start.character.repeat(run.length);
      rest = { index: run.index, left: rest.left - run.length, met: start.met };
    }
    return text;
  }

  /** The character of the next run, and the number among the rests that begin with it. */
  #runStart(rest: Rest, previous: string): Rest & { readonly character: string } {
    let { index } = rest;
    for (const group of this.#groups) {
      const characters = group.characters.filter((character) => character !== previous);
      const met = rest.met | group.met;
      const each = entry(this.#counts.starting, rest.left, met);
      const all = each * BigInt(characters.length);
      if (index < all) {
        const character = characters[Number(index / each)];
        if (character === undefined) throw new RangeError('rule texts: outside of the group');
        return { index: index % each, left: rest.left, met, character };
      }
      index -= all;
    }
    throw new RangeError('rule texts: number beyond the rests');
  }

  /** How long that run is, and the number among what may follow it. */
  #runLength(start: Rest): { readonly index: bigint; readonly length: number } {
    let { index } = start;
    for (let length = 1; length <= start.left; length++) {
      const following = entry(this.#counts.following, start.left - length, start.met);
      if (index < following) return { index, length };
      index -= following;
    }
    throw new RangeError('rule texts: number beyond the runs');
  }
}

interface Rest {
  readonly index: bigint;
  readonly left: number;
  readonly met: number;
}

function groupsOf({ alphabet, required }: TextRules): readonly Group[] {
  const groups = new Map<number, string[]>();
  for (const character of alphabet) {
    const met = required.reduce(
      (bits, set, index) => bits | (set.includes(character) ? 1 << index : 0),
      0,
    );
    groups.set(met, [...(groups.get(met) ?? []), character]);
  }
  return Array.from(groups, ([met, characters]) => ({ met, characters }));
}

function countRests(rules: TextRules, groups: readonly Group[]): Counts {
  const masks = Array.from({ length: 1 << rules.required.length }, (_, mask) => mask);
  const allMet = masks.length - 1;
  const none = masks.map((mask): bigint => (mask === allMet ? 1n : 0n));
  const all = [none];
  const starting = [masks.map((): bigint => 0n)];
  const following = [none];
  for (let n = 1; n <= rules.length; n++) {
    // The run's first character, then the rest of its run; a run of one more than allowed drops out.
    const begun = masks.map((mask) => {
      const tooLong = n - 1 - rules.maxRun;
      const grown = entry(starting, n - 1, mask) + entry(following, n - 1, mask);
      return tooLong < 0 ? grown : grown - entry(following, tooLong, mask);
    });
    const any = masks.map((mask) =>
      groups.reduce(
        (sum, group) => sum + BigInt(group.characters.length) * (begun[mask | group.met] ?? 0n),
        0n,
      ),
    );
    starting.push(begun);
    all.push(any);
    following.push(masks.map((mask) => (any[mask] ?? 0n) - (begun[mask] ?? 0n)));
  }
  return { all, starting, following };
}

function entry(table: readonly (readonly bigint[])[], length: number, mask: number): bigint {
  const value = table[length]?.[mask];
  if (value === undefined) throw new RangeError('rule texts: outside of the table');
  return value;
}
