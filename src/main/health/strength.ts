// How hard a password is to guess, by zxcvbn with its English dictionaries: the only door to the @zxcvbn-ts packages on
// this side. They take some 70 MB and a third of a second to load, so they are loaded when first asked for.
// SPDX-License-Identifier: MIT

import type { Options } from '@zxcvbn-ts/core';
import type { StrengthScore } from '../../shared/model/health.ts';

/** The score of `password` where whoever guesses knows `inputs`: user name, title, host. */
export type StrengthCheck = (password: string, inputs: readonly string[]) => StrengthScore;

/** Longer passwords are judged by their beginning: the time goes with the square of the length. */
export const JUDGED_LENGTH = 100;

/** zxcvbn's own bound on the readings of a password that is written with 4 for a and the like. */
const ALL_READINGS = 100;
/**
 * Trying them all takes ten times as long, and tells nothing new of the very weak or of the very strong. With one reading,
 * 10^14 guesses are ten thousand times what the best score takes.
 */
const FIRST_READING = 1;
const CERTAINLY_STRONG_LOG10 = 14;

export async function loadStrengthCheck(): Promise<StrengthCheck> {
  const [{ MatcherBaseClass, ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  let live: Options | null = null;
  /** Finds nothing: zxcvbn hands its options to matchers alone, and the bound has to change between two checks. */
  class OptionsHolder extends MatcherBaseClass {
    constructor(options: Options) {
      super(options);
      live = options;
    }

    match(): [] {
      return [];
    }
  }
  const zxcvbn = new ZxcvbnFactory(
    {
      dictionary: { ...common.dictionary, ...english.dictionary },
      graphs: common.adjacencyGraphs,
      maxLength: JUDGED_LENGTH,
    },
    { options: { Matching: OptionsHolder, feedback: () => null, scoring: () => 1 } },
  );
  const options = liveOptions(live);
  return (password, inputs) => {
    options.l33tMaxSubstitutions = FIRST_READING;
    const quick = zxcvbn.check(password, [...inputs]);
    if (quick.score === 0 || quick.guessesLog10 >= CERTAINLY_STRONG_LOG10) return quick.score;
    options.l33tMaxSubstitutions = ALL_READINGS;
    return zxcvbn.check(password, [...inputs]).score;
  };
}

function liveOptions(options: Options | null): Options {
  if (options === null) throw new Error('strength: zxcvbn made no matcher of ours');
  return options;
}
