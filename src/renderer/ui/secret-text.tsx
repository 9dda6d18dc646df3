// A secret spelled out: monospace, digits and marks in their own colours, so that 0 and O, l and 1 are told apart.
// SPDX-License-Identifier: MIT

import styles from './secret-text.module.css';

type CharacterClass = 'letter' | 'digit' | 'symbol' | 'space';

function classOf(character: string): CharacterClass {
  if (/^\p{Nd}$/u.test(character)) return 'digit';
  if (/^[\p{L}\p{M}]$/u.test(character)) return 'letter';
  return /^\s$/u.test(character) ? 'space' : 'symbol';
}

/** Neighbouring characters of one class together. */
export function toClassRuns(text: string): readonly { kind: CharacterClass; text: string }[] {
  const runs: { kind: CharacterClass; text: string }[] = [];
  for (const character of text) {
    const kind = classOf(character);
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += character;
    else runs.push({ kind, text: character });
  }
  return runs;
}

export function SecretText({ text }: { readonly text: string }) {
  return (
    <span className={styles.secret} data-selectable="">
      {toClassRuns(text).map((run, index) => (
        <span key={index} className={styles[run.kind]}>
          {run.text}
        </span>
      ))}
    </span>
  );
}
