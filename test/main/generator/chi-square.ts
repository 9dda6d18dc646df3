// How far counted outcomes are from all being equally likely, for tests of the generator.
// SPDX-License-Identifier: MIT

/**
 * Chi-square of `outcomes` over `categories`, as standard deviations from its mean: a fair source stays within 4
 * for all but one seed in some ten thousand, and the seeds here are fixed. Outcomes of no category throw.
 */
export function deviationFromEven(
  outcomes: Iterable<string>,
  categories: readonly string[],
): number {
  const counts = new Map(categories.map((category) => [category, 0]));
  let total = 0;
  for (const outcome of outcomes) {
    const count = counts.get(outcome);
    if (count === undefined) throw new Error('an outcome that should not be possible');
    counts.set(outcome, count + 1);
    total += 1;
  }
  const expected = total / categories.length;
  if (expected < 5) throw new Error('too few outcomes for chi-square');
  let sum = 0;
  for (const count of counts.values()) sum += (count - expected) ** 2 / expected;
  const freedom = categories.length - 1;
  return (sum - freedom) / Math.sqrt(2 * freedom);
}

/** Every text of `length` over `alphabet`, in order. */
export function allTexts(alphabet: readonly string[], length: number): readonly string[] {
  if (length === 0) return [''];
  return allTexts(alphabet, length - 1).flatMap((text) => alphabet.map((c) => text + c));
}
