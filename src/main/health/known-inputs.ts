// What a guesser knows beside the password: the words of title, user name and hosts, as far as the password uses them.
// Leaving out the others changes no score, and lets items that share a password share its judgement.
// SPDX-License-Identifier: MIT

import { JUDGED_LENGTH } from './strength.ts';
import { toWebAddress } from './web-address.ts';

const SHORTEST_WORD = 3;
const LONGEST_WORD = 64;
const MOST_WORDS = 48;
const MOST_URLS = 8;

/** Letters and the signs that stand for them, one for one: each row is one sign here, so that no spelling is missed. */
const ALIKE = [
  'a4@',
  'b8',
  'ck([{<>v/',
  'dg69&q',
  'e3',
  'fh#',
  'il1!|7t+',
  'o0',
  's$5',
  'z2',
  'x%',
];
const SIGN_OF = new Map(
  ALIKE.flatMap((row) => Array.from(row, (sign) => [sign, row.charAt(0)] as const)),
);

export interface KnownAbout {
  readonly title: string;
  readonly username: string;
  readonly urls: readonly string[];
}

/** The words about the item that occur in `password`: in any case, backwards, or with signs for letters. Sorted. */
export function knownInputs(password: string, about: KnownAbout): readonly string[] {
  const forwards = fold(password.slice(0, JUDGED_LENGTH));
  const backwards = Array.from(forwards).reverse().join('');
  return [...wordsOf(about)]
    .filter((word) => {
      const folded = fold(word);
      return forwards.includes(folded) || backwards.includes(folded);
    })
    .sort();
}

function wordsOf({ title, username, urls }: KnownAbout): ReadonlySet<string> {
  const hosts = urls.slice(0, MOST_URLS).map((url) => toWebAddress(url)?.host ?? '');
  const texts = [title, username, ...hosts].map((text) => text.toLowerCase());
  const words = texts.flatMap((text) => [
    text,
    ...text.split('@', 1),
    ...text.split(/[^\p{L}\p{N}]+/u, MOST_WORDS),
  ]);
  const usable = words.filter(
    (word) => word.length >= SHORTEST_WORD && word.length <= LONGEST_WORD,
  );
  return new Set(usable.slice(0, MOST_WORDS));
}

function fold(text: string): string {
  return Array.from(text.toLowerCase(), (sign) => SIGN_OF.get(sign) ?? sign).join('');
}
