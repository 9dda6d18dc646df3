// A parser under fuzz, as data: sound inputs, the call, and the errors that it says it throws. A new parser is one more
// row in a file under targets/.
// SPDX-License-Identifier: MIT

import { fromUtf8, toUtf8 } from '../../../src/shared/bytes.ts';
import { isAppError } from '../../../src/shared/errors.ts';
import type { Dice } from '../dice.ts';
import { mutate, mutateJson } from './mutate.ts';

export interface FuzzTarget {
  readonly name: string;
  /** The same each time: an input is made again from the seed and its number. */
  makeInput(dice: Dice): Uint8Array;
  /** May be asynchronous; the time it takes counts. */
  parse(input: Uint8Array): unknown;
  /** Whether an error is one that the parser states. */
  isStated(error: unknown): boolean;
}

interface BytesTarget {
  readonly name: string;
  readonly seeds: readonly Uint8Array[];
  readonly tokens?: readonly (string | Uint8Array)[];
  readonly parse: (input: Uint8Array) => unknown;
  /** What the only door to it lets through, where that is less than a mutation may grow to. */
  readonly mostBytes?: number;
  /** Its documentation says TypeError: a caller turns it into an error of the room. */
  readonly throwsTypeError?: boolean;
}

export function bytesTarget(target: BytesTarget): FuzzTarget {
  const { name, seeds, parse, mostBytes, throwsTypeError = false } = target;
  const tokens = (target.tokens ?? []).map((token) =>
    typeof token === 'string' ? toUtf8(token) : token,
  );
  const source = { seeds, tokens };
  return {
    name,
    makeInput: (dice) => mutate(source, dice).subarray(0, mostBytes),
    parse,
    isStated: (error) => isAppError(error) || (throwsTypeError && error instanceof TypeError),
  };
}

/** Of text as a person pastes it or a program hands it over; broken UTF-8 has become replacement marks by then. */
export function textTarget(
  target: Omit<BytesTarget, 'seeds' | 'parse'> & {
    readonly seeds: readonly string[];
    readonly parse: (text: string) => unknown;
  },
): FuzzTarget {
  const { seeds, parse, ...rest } = target;
  const decoder = new TextDecoder();
  return bytesTarget({
    ...rest,
    seeds: seeds.map(toUtf8),
    parse: (input) => parse(decoder.decode(input)),
  });
}

/** Of JSON that has been read already: half of the inputs are strange values, half are broken text. */
export function jsonTarget(target: {
  readonly name: string;
  readonly seeds: readonly unknown[];
  readonly parse: (value: unknown) => unknown;
}): FuzzTarget {
  const texts = target.seeds.map((seed) => toUtf8(JSON.stringify(seed)));
  const source = {
    seeds: texts,
    tokens: ['null', '[]', '{}', '"', '\\u0000', '1e999'].map(toUtf8),
  };
  return {
    name: target.name,
    makeInput: (dice) =>
      dice.oneIn(2) ? mutateJson(dice.pick(target.seeds), dice) : mutate(source, dice),
    parse: (input) => {
      const read = readJson(input);
      return read.isJson ? target.parse(read.value) : 'not JSON';
    },
    isStated: isAppError,
  };
}

function readJson(input: Uint8Array): { isJson: true; value: unknown } | { isJson: false } {
  try {
    return { isJson: true, value: JSON.parse(fromUtf8(input)) };
  } catch {
    // The platform's own parser refused it: nothing of ours would see this input.
    return { isJson: false };
  }
}
