// How hard a password is to guess, by zxcvbn with its English dictionaries. The dictionaries are large and are
// loaded when the first password is typed, from the app itself.
// SPDX-License-Identifier: MIT

/** NIST SP 800-63B-4, section 3.1.1.2: passwords that stand alone should have at least 15 characters. */
export const SUGGESTED_LENGTH = 15;
/** The main side refuses master and export passwords of fewer bytes. */
export const SHORTEST_LENGTH = 8;

export interface Strength {
  readonly score: 0 | 1 | 2 | 3 | 4;
  readonly words: string;
  readonly hint: string;
}

export type StrengthCheck = (password: string) => Strength;

const WORDS = ['Very easy to guess', 'Easy to guess', 'Fair', 'Strong', 'Very strong'] as const;

let loading: Promise<StrengthCheck> | null = null;

/** The check, loaded once per window. */
export function loadStrengthCheck(): Promise<StrengthCheck> {
  loading ??= makeStrengthCheck();
  return loading;
}

async function makeStrengthCheck(): Promise<StrengthCheck> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
  });
  return (password) => {
    const { score, feedback } = zxcvbn.check(password, ['latchkey']);
    const advice = feedback.warning ?? feedback.suggestions[0] ?? '';
    return { score, words: WORDS[score], hint: toHint(password, score, advice) };
  };
}

function toHint(password: string, score: number, advice: string): string {
  if (score < 3 && advice !== '') return advice;
  const length = Array.from(password).length;
  if (length < SUGGESTED_LENGTH) {
    return `${SUGGESTED_LENGTH} characters or more are better; a few unrelated words do well.`;
  }
  return 'Long enough to stand alone.';
}
