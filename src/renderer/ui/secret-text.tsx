// A secret spelled out: monospace, digits and marks in their own colours, so that 0 and O, l and 1 are told apart.
// SPDX-License-Identifier: MIT

import styles from './secret-text.module.css';

export type CharacterClass = 'letter' | 'digit' | 'symbol' | 'space';

export function classOf(character: string): CharacterClass {
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

/** `text` in pieces of `size` characters from its beginning; the last may be shorter. */
export function toGroups(text: string, size: number): readonly string[] {
  const characters = Array.from(text);
  const count = Math.ceil(characters.length / size);
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(''),
  );
}

export interface SecretTextProps {
  readonly text: string;
  /** Characters between two gaps. The gaps are drawn: what is selected and copied has none. */
  readonly groupSize?: number | undefined;
}

export function SecretText({ text, groupSize }: SecretTextProps) {
  const groups = groupSize === undefined ? [text] : toGroups(text, groupSize);
  return (
    <span className={styles.secret} data-selectable="">
      {groups.map((group, index) => (
        <span key={index} className={styles.group}>
          {toClassRuns(group).map((run, at) => (
            <span key={at} className={styles[run.kind]}>
              {run.text}
            </span>
          ))}
        </span>
      ))}
    </span>
  );
}
